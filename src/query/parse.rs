//! Text → query, by recursive descent with a floor. Never fails.

use super::field::Field;
use super::{Expr, How, MAX_BYTES, MAX_CLAUSES, MAX_DEPTH, Note, Query};
use crate::text::said::Said;
use std::ops::Range;

/// Reads a query.
pub fn parse(text: &str) -> Query {
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let read = &text[..end];
    let mut parser = Parser {
        text: read,
        at: 0,
        depth: 0,
        clauses: 0,
        scope: None,
        notes: Vec::new(),
        fielded: false,
    };
    if end < text.len() {
        parser.note("search.too-long", end..text.len(), |said| said.with("count", MAX_BYTES));
    }
    let expr = parser.or().unwrap_or(Expr::All);
    let unfinished = read.chars().last().is_some_and(char::is_alphanumeric);
    parser.notes.truncate(8);
    Query { text: text.to_owned(), expr, notes: parser.notes, unfinished }
}

/// The text and how far it is read.
pub(super) struct Parser<'a> {
    pub text: &'a str,
    pub at: usize,
    pub depth: usize,
    pub clauses: usize,
    /// The field in whose value we stand.
    pub scope: Option<Field>,
    pub notes: Vec<Note>,
    /// Whether the last clause named a field: then `and` will do in small letters (JabRef).
    pub fielded: bool,
}

/// A word between two clauses.
#[derive(PartialEq)]
enum Between {
    Nothing,
    And,
    Or,
    /// Beside each other, with so many words between them.
    Near(u32),
}

impl<'a> Parser<'a> {
    pub fn note(&mut self, id: &'static str, at: Range<usize>, fill: impl FnOnce(Said) -> Said) {
        self.notes.push(Note { said: fill(Said::new(id)), at });
    }

    pub fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    pub fn take(&mut self, sign: &str) -> bool {
        let found = self.rest().starts_with(sign);
        if found {
            self.at += sign.len();
        }
        found
    }

    /// Takes one of `words` if it stands here as a whole word.
    fn take_word(&mut self, words: &[&str]) -> bool {
        let end = self.rest().find(|c: char| !c.is_alphanumeric()).unwrap_or(self.rest().len());
        let is_one = words.contains(&&self.rest()[..end])
            && !self.rest()[end..].starts_with([':', '=', '*', '?', '~']);
        if is_one {
            self.at += end;
        }
        is_one
    }

    /// The clauses from here to the end or to a closing parenthesis; `None` when there are none.
    pub fn or(&mut self) -> Option<Expr> {
        let mut any = Vec::new();
        loop {
            any.extend(self.and());
            let from = self.at;
            if !self.take_or() {
                break;
            }
            self.blanks();
            if self.rest().is_empty() {
                self.note("search.waiting-word", from..self.at, |said| said);
            }
        }
        one_or(any, Expr::Or)
    }

    fn take_or(&mut self) -> bool {
        self.blanks();
        self.take("||")
            || self.take("|")
            || self.take_word(&["OR", "ELLER"])
            || (self.fielded && self.take_word(&["or", "eller"]))
    }

    fn between(&mut self) -> Between {
        self.blanks();
        if self.take("&&") || self.take("&") || self.take_word(&["AND", "OG"]) {
            return Between::And;
        }
        if self.fielded && self.take_word(&["and", "og"]) {
            return Between::And;
        }
        let from = self.at;
        if let Some(words) = self.near() {
            self.note("search.ovid", from..self.at, |said| said);
            return Between::Near(words);
        }
        if self.take_or() {
            self.at = from;
            return Between::Or;
        }
        Between::Nothing
    }

    /// `adj3`, `NEAR/3`, `near3`: how many words may stand between.
    fn near(&mut self) -> Option<u32> {
        let rest = self.rest();
        let end = rest.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(rest.len());
        let word = &rest[..end];
        let lower = word.to_ascii_lowercase();
        let digits = lower
            .strip_prefix("adj")
            .or_else(|| lower.strip_prefix("near").map(|n| n.trim_start_matches('/')))?;
        let words = if digits.is_empty() && word.starts_with("NEAR") {
            5
        } else {
            digits.parse::<u32>().ok()?
        };
        let goes_on = !rest[end..].trim().is_empty() && self.at > 0;
        if !goes_on || words > 99 {
            return None;
        }
        self.at += end;
        Some(words.saturating_sub(1))
    }

    fn and(&mut self) -> Option<Expr> {
        let mut all: Vec<Expr> = Vec::new();
        loop {
            let from = self.at;
            let between = self.between();
            let named = self.at..self.at;
            if between == Between::Or {
                break;
            }
            self.blanks();
            match self.peek() {
                None => {
                    if between != Between::Nothing {
                        self.note("search.waiting-word", from..named.end, |said| said);
                    }
                    break;
                }
                Some(')') if self.depth > 0 => break,
                Some(')') => {
                    self.at += 1;
                    continue;
                }
                Some(_) => {}
            }
            if self.clauses >= MAX_CLAUSES {
                let end = self.text.len();
                self.note("search.too-many", self.at..end, |said| said.with("count", MAX_CLAUSES));
                self.at = end;
                break;
            }
            let Some(clause) = self.not() else { continue };
            match (between, all.pop()) {
                (Between::Near(slop), Some(last)) => all.push(near(last, clause, slop)),
                (_, last) => all.extend(last.into_iter().chain([clause])),
            }
        }
        one_or(all, Expr::And)
    }

    fn not(&mut self) -> Option<Expr> {
        let mut negated = false;
        loop {
            let loose = self.fielded && self.take_word(&["not", "ikke", "ikkje"]);
            if loose || self.take_word(&["NOT", "IKKE", "IKKJE"]) {
                self.blanks();
            } else if self.rest().starts_with(['-', '!', '\u{2212}', '\u{2013}']) {
                self.at += self.peek().map_or(1, char::len_utf8);
            } else {
                break;
            }
            negated = !negated;
            if self.peek().is_none_or(char::is_whitespace) && !loose {
                self.blanks();
                if self.rest().is_empty() {
                    let end = self.at;
                    self.note("search.waiting-word", end..end, |said| said);
                    return None;
                }
            }
        }
        let leaf = self.leaf()?;
        Some(if negated { Expr::Not(Box::new(leaf)) } else { leaf })
    }

    /// `( … )` in the present scope, the parenthesis being taken already.
    pub fn group(&mut self, open: usize) -> Option<Expr> {
        if self.depth >= MAX_DEPTH {
            if !self.notes.iter().any(|note| note.said.id == "search.too-deep") {
                self.note("search.too-deep", open..self.at, |said| said.with("count", MAX_DEPTH));
            }
            return None;
        }
        self.depth += 1;
        let inner = self.or();
        self.depth -= 1;
        self.blanks();
        let _closed = self.take(")");
        inner
    }
}

/// Two clauses that must stand near each other; where they are not words, both.
fn near(left: Expr, right: Expr, slop: u32) -> Expr {
    match (left, right) {
        (
            Expr::Word { scope, text, .. } | Expr::Phrase { scope, text, .. },
            Expr::Word { text: next, how, .. },
        ) => {
            Expr::Phrase { scope, text: format!("{text} {next}"), slop, prefix: how == How::Prefix }
        }
        (left, right) => Expr::And(vec![left, right]),
    }
}

/// What `parts` come to: nothing, the one, or all joined by `join`.
pub(super) fn one_or(mut parts: Vec<Expr>, join: fn(Vec<Expr>) -> Expr) -> Option<Expr> {
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(join(parts)),
    }
}

#[cfg(test)]
mod tests;
