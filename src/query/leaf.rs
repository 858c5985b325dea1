//! The leaves of a query: words, phrases, fields and their values.

use super::field::{Field, FieldKind, alternatives};
use super::parse::Parser;
use super::value;
use super::{Expr, How};

/// The signs that begin or end a quotation.
const QUOTES: &[char] = &['"', '“', '”', '„', '«', '»', '‟'];

/// How a field and its value are put together; the longest first.
const OPERATORS: &[&str] = &["==", "=~", "!==", "!=", ">=", "<=", "=", ":", ">", "<"];

impl Parser<'_> {
    /// One clause; `None` where nothing can be made of what stands here, which is then passed over.
    pub fn leaf(&mut self) -> Option<Expr> {
        let from = self.at;
        let first = self.peek()?;
        self.clauses += 1;
        if first != '(' {
            self.fielded = false;
        }
        match first {
            '(' => {
                self.at += 1;
                let inner = self.group(from);
                self.suffix(from, inner)
            }
            c if QUOTES.contains(&c) => {
                let phrase = self.phrase();
                self.suffix(from, phrase)
            }
            '/' => self.regex().or_else(|| self.word()),
            _ => self.field().unwrap_or_else(|| self.word()),
        }
    }

    /// A quotation, with `~n` and `*` after it.
    fn phrase(&mut self) -> Option<Expr> {
        self.at += self.peek().map_or(0, char::len_utf8);
        let end = self.rest().find(QUOTES);
        let text = self.rest()[..end.unwrap_or(self.rest().len())].trim().to_owned();
        let open = end.is_none();
        self.at += end.unwrap_or(self.rest().len());
        self.at += self.peek().map_or(0, char::len_utf8);
        let mut slop = 0;
        if !open && self.rest().starts_with('~') {
            self.at += 1;
            slop = self.number().unwrap_or(2).min(99);
        }
        let prefix = (!open && self.take("*")) || (open && text.ends_with(char::is_alphanumeric));
        if !text.contains(char::is_alphanumeric) {
            return None;
        }
        if let Some(number) = super::identifier::certain(&text) {
            return Some(Expr::Identifier(number));
        }
        Some(Expr::Phrase { scope: self.scope.clone(), text, slop, prefix })
    }

    fn number(&mut self) -> Option<u32> {
        let end = self.rest().find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest().len());
        let number = self.rest()[..end].parse().ok();
        self.at += end;
        number
    }

    /// `/…/`: a regular expression.
    fn regex(&mut self) -> Option<Expr> {
        let inner = &self.rest()[1..];
        let end = inner.find('/')?;
        let is_last = inner[end + 1..].chars().next().is_none_or(|c| c.is_whitespace() || c == ')');
        if end == 0 || !is_last || inner[..end].contains(char::is_whitespace) {
            return None;
        }
        let pattern = inner[..end].to_owned();
        self.at += end + 2;
        Some(Expr::Matches(self.scope.clone(), pattern))
    }

    /// `name op value`; the outer `None` where no field is named here.
    fn field(&mut self) -> Option<Option<Expr>> {
        let from = self.at;
        let name_end =
            self.rest().find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')))?;
        let name = &self.rest()[..name_end];
        let after = self.rest()[name_end..].trim_start();
        let operator = OPERATORS.iter().find(|sign| after.starts_with(**sign))?;
        let tight = self.rest()[name_end..].starts_with(operator);
        if name.is_empty() || (!tight && *operator == ":") {
            return None;
        }
        let rest = &after[operator.len()..];
        let Some(field) = Field::named(name) else {
            let looks_meant = tight
                && !rest.starts_with(['/', char::from(b' ')])
                && !rest.is_empty()
                && name.contains(char::is_alphabetic);
            if looks_meant && *operator == ":" {
                let at = from..from + name_end;
                match alternatives(name).as_slice() {
                    [like] => self.note("search.field-like", at, |said| {
                        said.with("name", name).with("like", like)
                    }),
                    _ => self.note("search.field-unknown", at, |said| said.with("name", name)),
                }
            }
            return None;
        };
        self.at = self.text.len() - rest.len();
        self.fielded = true;
        Some(self.value(&field, operator, from))
    }

    fn value(&mut self, field: &Field, operator: &str, from: usize) -> Option<Expr> {
        let operator = match operator {
            ":" | "=" => OPERATORS
                .iter()
                .find(|sign| **sign != ":" && **sign != "=" && self.rest().starts_with(**sign))
                .inspect(|sign| self.at += sign.len())
                .map_or(operator, |sign| sign),
            other => other,
        };
        // `=word` is the word and no other.
        let operator = if operator == ":" && self.take("=") { "==" } else { operator };
        self.blanks();
        let negated = operator.starts_with('!');
        let before = self.scope.clone();
        let made = match self.peek() {
            None | Some(')') => {
                self.note("search.waiting-value", from..self.at, |said| {
                    said.with("name", self_name(field))
                });
                return None;
            }
            Some(c) if field.kind() == FieldKind::Text || field.kind() == FieldKind::Any => {
                self.scope = (field.kind() == FieldKind::Text).then(|| field.clone());
                self.text_value(field, operator, c)
            }
            Some('(') => {
                self.at += 1;
                let mut any = Vec::new();
                while self.peek().is_some_and(|c| c != ')') {
                    let raw = self.raw();
                    let is_operator = matches!(raw.as_str(), "OR" | "ELLER" | "or" | "eller" | "|");
                    if !raw.is_empty() && !is_operator {
                        any.extend(value::read(self, field, ":", &raw, from));
                    }
                    self.blanks();
                    if raw.is_empty() {
                        self.at += self.peek().filter(|c| *c != ')').map_or(0, char::len_utf8);
                    }
                }
                let _closed = self.take(")");
                super::parse::one_or(any, Expr::Or)
            }
            Some(_) => {
                let raw = self.raw();
                value::read(self, field, operator, &raw, from)
            }
        };
        self.scope = before;
        self.fielded = true;
        Some(if negated { Expr::Not(Box::new(made?)) } else { made? })
    }

    fn text_value(&mut self, field: &Field, operator: &str, first: char) -> Option<Expr> {
        if first == '*' && self.rest()[1..].chars().next().is_none_or(char::is_whitespace) {
            self.at += 1;
            return Some(Expr::Has(field.clone()));
        }
        if operator == "=~" {
            let pattern = self.rest_of_value();
            return Some(Expr::Matches(self.scope.clone(), pattern));
        }
        if first == '(' {
            self.at += 1;
            let open = self.at - 1;
            return self.group(open);
        }
        let made = match first {
            c if QUOTES.contains(&c) => self.phrase(),
            '/' => self.regex().or_else(|| self.word()),
            _ => self.word(),
        };
        match made {
            Some(Expr::Word { scope, text, how: How::Freely }) if operator == "==" => {
                Some(Expr::Word { scope, text, how: How::Exactly })
            }
            other => other,
        }
    }

    /// All up to a blank, a closing parenthesis or, in brackets or quotes, to the end of these.
    fn raw(&mut self) -> String {
        let Some(first) = self.peek() else { return String::new() };
        let stop: fn(char) -> bool = match first {
            '[' | '{' => |c| matches!(c, ']' | '}'),
            c if QUOTES.contains(&c) => |c| QUOTES.contains(&c),
            _ => |c| c.is_whitespace() || c == ')',
        };
        let skip = if stop('x') || matches!(first, '[' | '{') || QUOTES.contains(&first) {
            first.len_utf8()
        } else {
            0
        };
        let end = self.rest()[skip..].find(stop).map_or(self.rest().len(), |end| skip + end);
        let raw = self.rest()[skip..end].trim().to_owned();
        self.at += end;
        if skip > 0 {
            self.at += self.peek().map_or(0, char::len_utf8);
        }
        raw
    }

    /// All up to ` and `, ` or ` or the end: where blanks belong to the value.
    fn rest_of_value(&mut self) -> String {
        let rest = self.rest();
        let end = [" and ", " or ", " AND ", " OR ", " OG ", " ELLER "]
            .iter()
            .filter_map(|word| rest.find(word))
            .min()
            .unwrap_or(rest.len());
        let pattern = rest[..end].trim().trim_matches(QUOTES).trim_matches('/').to_owned();
        self.at += end;
        pattern
    }

    /// A word with its signs.
    fn word(&mut self) -> Option<Expr> {
        let from = self.at;
        let exact = self.rest().starts_with('=');
        if exact {
            self.at += 1;
            if self.peek().is_some_and(|c| QUOTES.contains(&c)) {
                return self.phrase();
            }
        }
        let end = self
            .rest()
            .find(|c: char| {
                c.is_whitespace() || matches!(c, '(' | ')' | '|' | '[') || QUOTES.contains(&c)
            })
            .unwrap_or(self.rest().len());
        if end == 0 {
            // A sign on its own says nothing.
            self.at += self.peek().map_or(0, char::len_utf8);
            return None;
        }
        let mut word = &self.text[self.at..self.at + end];
        let start = self.at;
        if let Some(cut) = value::ovid_suffix(word) {
            word = &word[..cut];
        }
        self.at = start + word.len();
        let made = value::word(self, word, exact, from);
        self.suffix(from, made)
    }

    /// PubMed's `[ti]` and Ovid's `.ti,ab.` after a clause, which give it a scope.
    fn suffix(&mut self, from: usize, made: Option<Expr>) -> Option<Expr> {
        let rest = self.rest();
        if rest.starts_with('[') {
            let end = rest.find(']').unwrap_or(rest.len());
            let tag = rest[1..end].trim().to_owned();
            self.at += (end + 1).min(rest.len());
            let closed = end < rest.len();
            return self.tagged(&tag, from, made, "search.pubmed", closed);
        }
        if let Some(length) = value::ovid_tag(rest) {
            let tag = rest[..length].trim_matches('.').to_owned();
            self.at += length;
            return self.tagged(&tag, from, made, "search.ovid", true);
        }
        made
    }

    fn tagged(
        &mut self,
        tag: &str,
        from: usize,
        made: Option<Expr>,
        note: &'static str,
        closed: bool,
    ) -> Option<Expr> {
        // PubMed: `[tiab:~2]`, `[Title/Abstract]`, `[MeSH Terms]`.
        let name = tag.split([':', '/']).next().unwrap_or_default().trim().to_lowercase();
        let name = match name.as_str() {
            "mesh terms" | "mesh" | "majr" => "mh",
            "publication type" => "pt",
            _ => name.split(' ').next().unwrap_or_default(),
        };
        let name = if tag.eq_ignore_ascii_case("title/abstract") { "tiab" } else { name };
        let Some(field) =
            Field::named(if tag == "ti,ab" || tag == "ab,ti" { "tiab" } else { name })
        else {
            if closed && !tag.is_empty() {
                self.note("search.field-unknown", from..self.at, |said| said.with("name", tag));
            }
            return made;
        };
        self.note(note, from..self.at, |said| said);
        let kind = field.kind();
        if kind == FieldKind::Any {
            return made;
        }
        if kind == FieldKind::Text {
            return made.map(|expr| scoped(expr, &field));
        }
        let raw = self.text[from..self.at].split('[').next().unwrap_or_default().trim();
        let raw = raw.trim_matches(QUOTES).to_owned();
        value::read(self, &field, ":", &raw, from)
    }
}

fn self_name(field: &Field) -> &str {
    &field.name
}

/// The same, looked for in `field` only; what has a scope already keeps it.
fn scoped(expr: Expr, field: &Field) -> Expr {
    match expr {
        Expr::Word { scope: None, text, how } => {
            Expr::Word { scope: Some(field.clone()), text, how }
        }
        Expr::Phrase { scope: None, text, slop, prefix } => {
            Expr::Phrase { scope: Some(field.clone()), text, slop, prefix }
        }
        Expr::And(parts) => Expr::And(parts.into_iter().map(|it| scoped(it, field)).collect()),
        Expr::Or(parts) => Expr::Or(parts.into_iter().map(|it| scoped(it, field)).collect()),
        Expr::Not(inner) => Expr::Not(Box::new(scoped(*inner, field))),
        other => other,
    }
}
