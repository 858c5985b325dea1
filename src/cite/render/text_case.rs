//! Text case (CSL 1.0.2, "Text-case"): capitals by word, leaving alone what markup protects, words
//! that have capitals already, and letters behind an apostrophe.

use crate::cite::output::markup;
use crate::cite::style::tree::TextCase;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that stay small in a title unless they begin or end it.
const SMALL_WORDS: &str = include_str!("../../../data/builtin/csl/small-words.txt");

/// The text in another case, by the rules of a language.
pub(in crate::cite) fn apply(text: &str, case: TextCase, language: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let (strings, tags) = split(text);
    let mut engine = Engine {
        original: strings.clone(),
        strings,
        tags,
        case,
        turkish: language.starts_with("tr") || language.starts_with("az"),
        first: true,
        after_mark: false,
        quotes: Vec::new(),
        last_word: None,
    };
    engine.run();
    let mut out = String::with_capacity(text.len());
    for (at, string) in engine.strings.iter().enumerate() {
        out.push_str(string);
        out.extend(engine.tags.get(at).map(String::as_str));
    }
    out
}

/// Cuts text at punctuation, quotation marks and tags: one more string than tags.
fn split(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut strings, mut tags) = (vec![String::new()], Vec::new());
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let length = tag_length(rest);
        if length == 0 {
            let c = rest.chars().next().unwrap_or_default();
            if let Some(string) = strings.last_mut() {
                string.push(c);
            }
            at += c.len_utf8().max(1);
            continue;
        }
        let tag = &rest[..length];
        let joins = tag == "'" && {
            let next = &rest[1..];
            tag_length(next) == 0 && next.chars().next().is_some_and(|c| c != ' ')
        };
        if joins {
            // An apostrophe begins what follows: "d'infirmier" has "d" and "'infirmier".
            tags.push(String::new());
            strings.push("'".to_owned());
        } else {
            tags.push(tag.to_owned());
            strings.push(String::new());
        }
        at += length;
    }
    (strings, tags)
}

fn tag_length(text: &str) -> usize {
    let Some(c) = text.chars().next() else { return 0 };
    match c {
        '‘' | '’' | '“' | '”' | '"' | '\'' | '-' | '–' | '—' | '/' | '.' | ',' | ';' | '?'
        | '!' | ':' | '[' | ']' | '(' | ')' => c.len_utf8(),
        ' ' if text[1..].starts_with(['"', '\'']) => 2,
        '<' => {
            if let Some((length, _)) = markup::span(text) {
                return length;
            }
            const TAGS: [&str; 11] = [
                "</span>", "<i>", "</i>", "<b>", "</b>", "<sc>", "</sc>", "<sup>", "</sup>",
                "<sub>", "</sub>",
            ];
            TAGS.iter().find(|tag| text.starts_with(**tag)).map_or(0, |tag| tag.len())
        }
        _ => 0,
    }
}

/// What closes a tag in which letters keep their case.
fn protects(tag: &str) -> Option<&'static str> {
    match tag {
        "<sc>" => Some("</sc>"),
        "<sub>" => Some("</sub>"),
        "<sup>" => Some("</sup>"),
        _ if tag.starts_with("<span") => Some("</span>"),
        _ => None,
    }
}

struct Engine {
    original: Vec<String>,
    strings: Vec<String>,
    tags: Vec<String>,
    case: TextCase,
    turkish: bool,
    first: bool,
    after_mark: bool,
    /// Open quotation marks: what may open within, what closes, and the tag.
    quotes: Vec<(&'static str, &'static str, usize)>,
    last_word: Option<(usize, usize)>,
}

impl Engine {
    fn run(&mut self) {
        let minds_quotes = !matches!(
            self.case,
            TextCase::Lowercase | TextCase::Uppercase | TextCase::CapitalizeAll
        );
        let mut protected: Vec<&str> = Vec::new();
        if !self.strings[0].trim().is_empty() {
            let before_hyphen = self.tags.first().is_some_and(|tag| tag == "-");
            self.words(0, before_hyphen);
        }
        for at in 0..self.tags.len() {
            let tag = self.tags[at].clone();
            if let Some(closer) = protects(&tag) {
                protected.push(closer);
            } else if protected.last() == Some(&tag.as_str()) {
                protected.pop();
            }
            if tag.ends_with(['!', '?', ':']) {
                self.after_mark = true;
            }
            let blank = self.strings[at + 1].trim().is_empty();
            if protected.is_empty() {
                self.words(at + 1, false);
            } else if !blank {
                self.last_word = None;
            }
            if minds_quotes && let Some(wrong) = self.quote(&tag, at) {
                self.restore(wrong);
                self.last_word = None;
            }
            if !blank {
                self.first = false;
                self.after_mark = false;
            }
        }
        for (_, _, at) in std::mem::take(&mut self.quotes) {
            if at != usize::MAX {
                self.restore(at);
            }
        }
        if self.case == TextCase::Title {
            self.end_word();
        }
    }

    /// Opens or closes a quotation mark. Gives the tag whose mark turns out not to be one.
    fn quote(&mut self, tag: &str, at: usize) -> Option<usize> {
        let opens = match tag {
            " \"" => Some((" '", "\"")),
            " '" => Some((" \"", "'")),
            "‘" => Some(("‘", "’")),
            "“" => Some(("“", "”")),
            "’" | "”" | "\"" | "'" => None,
            _ => return None,
        };
        match opens {
            Some((within, closer)) => match self.quotes.last() {
                Some((known, _, before)) if *known != tag => {
                    let before = *before;
                    self.quotes.pop();
                    self.quotes.push((within, closer, usize::MAX));
                    (before != usize::MAX).then_some(before)
                }
                _ => {
                    self.quotes.push((within, closer, at));
                    None
                }
            },
            None => {
                if self.quotes.last().is_some_and(|(_, closer, _)| *closer == tag) {
                    self.quotes.pop();
                    None
                } else {
                    Some(at)
                }
            }
        }
    }

    /// Gives the letter behind a tag its old case back.
    fn restore(&mut self, tag: usize) {
        let old = self.original[tag + 1].chars().next();
        let new = self.strings[tag + 1].chars().next();
        if let (Some(old), Some(new)) = (old, new) {
            self.strings[tag + 1].replace_range(..new.len_utf8(), &old.to_string());
        }
    }

    fn words(&mut self, at: usize, before_hyphen: bool) {
        let text = std::mem::take(&mut self.strings[at]);
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        let mut number = 0;
        let is_space = |c: char| {
            matches!(c, ' ' | '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{205f}' | '\u{3000}')
        };
        let count = text.split(is_space).filter(|word| !word.is_empty()).count();
        let mut seen = 0;
        while !rest.is_empty() {
            let gap = rest.find(|c| !is_space(c)).unwrap_or(rest.len());
            out.push_str(&rest[..gap]);
            rest = &rest[gap..];
            let end = rest.find(is_space).unwrap_or(rest.len());
            if end > 0 {
                seen += 1;
                let word = self.word(&rest[..end], seen == count && before_hyphen);
                if self.case == TextCase::Title {
                    self.last_word = Some((at, number));
                }
                out.push_str(&word);
            }
            number += 1;
            rest = &rest[end..];
        }
        self.strings[at] = out;
    }

    fn word(&mut self, word: &str, before_hyphen: bool) -> String {
        match self.case {
            TextCase::Lowercase => self.lower(word),
            TextCase::Uppercase => self.upper(word),
            TextCase::CapitalizeAll => self.capital_unless_mixed(word),
            TextCase::CapitalizeFirst => {
                if std::mem::take(&mut self.first) {
                    self.capital_unless_mixed(word)
                } else {
                    word.to_owned()
                }
            }
            TextCase::Sentence => {
                if std::mem::take(&mut self.first) {
                    self.capital(word)
                } else {
                    self.lower(word)
                }
            }
            TextCase::Title => {
                let long = word.encode_utf16().count() > 1;
                let rises = long && !is_small(&self.lower(word))
                    || before_hyphen
                    || self.first
                    || self.after_mark;
                self.first = false;
                self.after_mark = false;
                if rises { self.capital_unless_mixed(word) } else { word.to_owned() }
            }
        }
    }

    /// The last word of a title rises even where it is a small one.
    fn end_word(&mut self) {
        let Some((at, number)) = self.last_word else { return };
        let text = &self.strings[at];
        let Some((start, word)) =
            words(text).nth(number.min(words(text).count().saturating_sub(1)))
        else {
            return;
        };
        if word.encode_utf16().count() > 1 && is_small(&self.lower(word)) {
            let (end, capital) = (start + word.len(), self.capital(word));
            self.strings[at].replace_range(start..end, &capital);
        }
    }

    fn capital_unless_mixed(&self, word: &str) -> String {
        if word == self.lower(word) { self.capital(word) } else { word.to_owned() }
    }

    /// The first letter as a capital, but for a Greek letter alone.
    fn capital(&self, word: &str) -> String {
        let mut chars = word.chars();
        let Some(first) = chars.next() else { return String::new() };
        let rest = chars.as_str();
        if rest.is_empty() && ('\u{370}'..='\u{3ff}').contains(&first) {
            return word.to_owned();
        }
        let mut buffer = [0; 4];
        format!("{}{rest}", self.upper(first.encode_utf8(&mut buffer)))
    }

    fn upper(&self, text: &str) -> String {
        if self.turkish { text.replace('i', "İ").to_uppercase() } else { text.to_uppercase() }
    }

    fn lower(&self, text: &str) -> String {
        if self.turkish {
            text.replace('I', "ı").replace('İ', "i").to_lowercase()
        } else {
            text.to_lowercase()
        }
    }
}

/// The words of a text with where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|c: char| {
        matches!(c, ' ' | '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{205f}' | '\u{3000}')
    })
    .filter_map(move |word| {
        let start = text[at..].find(word).map(|found| at + found)?;
        if word.is_empty() {
            return None;
        }
        at = start + word.len();
        Some((start, word))
    })
}

static SMALL: LazyLock<HashSet<&str>> = LazyLock::new(|| SMALL_WORDS.lines().collect());

fn is_small(word: &str) -> bool {
    // Two of the reference implementation's words hold a full stop that matches any letter.
    let count = word.chars().count();
    SMALL.contains(word)
        || count == 2 && word.starts_with('v')
        || count == 3 && word.starts_with("vs")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(text: &str) -> String {
        apply(text, TextCase::Title, "en")
    }

    #[test]
    fn a_title_keeps_small_words_small_but_for_the_ends() {
        assert_eq!(title("the art of the book to"), "The Art of the Book To");
        assert_eq!(title("one: a tale"), "One: A Tale");
        assert_eq!(title("iPhone and the TeXbook"), "iPhone and the TeXbook");
    }

    #[test]
    fn what_is_protected_keeps_its_case() {
        assert_eq!(
            title("on <span class=\"nocase\">small</span> words"),
            "On <span class=\"nocase\">small</span> Words"
        );
    }

    #[test]
    fn an_apostrophe_does_not_raise_what_follows() {
        assert_eq!(title("the dog’s life"), "The Dog’s Life");
        assert_eq!(title("the dog's life"), "The Dog's Life");
    }

    #[test]
    fn sentences_fall() {
        assert_eq!(apply("The Art Of It", TextCase::Sentence, "en"), "The art of it");
        assert_eq!(apply("ibid", TextCase::CapitalizeFirst, "en"), "Ibid");
        assert_eq!(apply("i", TextCase::Uppercase, "tr"), "İ");
    }
}
