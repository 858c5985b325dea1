//! How text becomes terms: what tantivy calls tokenizers.

use super::chain::{Chain, Variant};
use super::schema::LONG;
use crate::text::fold;
use crate::text::words;
use std::sync::Arc;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Between the name of a field and a word as it stands there, in a term of the field `by_field`.
pub const SURFACE: char = '\u{1}';
/// Between the name of a field and a form of a word.
pub const FORM: char = '\u{2}';
/// Between the name of a field and its text, as handed to [`ByField`].
pub const NAME_END: char = '\u{3}';

/// A term and where it stands.
#[derive(Clone)]
struct Item {
    forms: Forms,
    from: usize,
    to: usize,
    position: usize,
}

#[derive(Clone)]
enum Forms {
    All(Arc<[Variant]>),
    One(String),
}

/// Gives the terms of one text.
pub struct Stream<'a> {
    items: &'a [Item],
    at: usize,
    form: usize,
    prefix: &'a str,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(item) = self.items.get(self.at) {
            self.token.text.clear();
            self.token.text.push_str(self.prefix);
            match &item.forms {
                Forms::One(text) if self.form == 0 => self.token.text.push_str(text),
                Forms::All(forms) if self.form < forms.len() => {
                    if !self.prefix.is_empty() {
                        self.token.text.push(FORM);
                    }
                    self.token.text.push_str(&forms[self.form].text);
                }
                _ => {
                    self.at += 1;
                    self.form = 0;
                    continue;
                }
            }
            self.form += 1;
            self.token.offset_from = item.from;
            self.token.offset_to = item.to;
            self.token.position = item.position;
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

fn stream<'a>(items: &'a [Item], prefix: &'a str) -> Stream<'a> {
    Stream { items, at: 0, form: 0, prefix, token: Token::default() }
}

/// Every form of every word; the forms of a word all at its position. Two words with a hyphen
/// between them are found as one, too.
#[derive(Clone)]
pub struct Everything {
    chain: Chain,
    items: Vec<Item>,
}

impl Everything {
    /// With this chain.
    pub fn new(chain: Chain) -> Self {
        Self { chain, items: Vec::new() }
    }
}

impl Tokenizer for Everything {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.items.clear();
        analyse(&mut self.chain, text, &mut self.items, None);
        stream(&self.items, "")
    }
}

fn analyse(chain: &mut Chain, text: &str, items: &mut Vec<Item>, surface: Option<&str>) {
    let mut position = 0;
    let mut before: Option<(String, usize)> = None;
    words::each(text, |word, span, joined| {
        let (from, to) = (span.start, span.end);
        if let Some(name) = surface {
            let forms = Forms::One(format!("{name}{SURFACE}{word}"));
            items.push(Item { forms, from, to, position });
        }
        items.push(Item { forms: Forms::All(chain.variants(word)), from, to, position });
        if joined && let Some((first, start)) = &before {
            let forms = Forms::All(chain.variants(&format!("{first}{word}")));
            // At the second word: the positions of a term must not go back.
            items.push(Item { forms, from: *start, to, position });
        }
        before = Some((word.to_owned(), from));
        position += 1;
    });
}

/// The words alone, as they stand in a field.
fn surfaces(text: &str, items: &mut Vec<Item>) {
    let mut position = 0;
    words::each(text, |word, span, _| {
        let forms = Forms::One(format!("{SURFACE}{word}"));
        items.push(Item { forms, from: span.start, to: span.end, position });
        position += 1;
    });
}

/// The words as they stand, in lower case.
#[derive(Clone, Default)]
pub struct Exact {
    items: Vec<Item>,
}

impl Tokenizer for Exact {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.items.clear();
        let mut position = 0;
        words::each(text, |word, span, _| {
            let forms = Forms::One(word.to_owned());
            self.items.push(Item { forms, from: span.start, to: span.end, position });
            position += 1;
        });
        stream(&self.items, "")
    }
}

/// Every form of every word with the name of its field before it: `title␂grupp`, and the word
/// itself as `title␁grupper`. The text begins with the field's name and [`NAME_END`].
#[derive(Clone)]
pub struct ByField {
    chain: Chain,
    items: Vec<Item>,
    name: String,
}

impl ByField {
    /// With this chain.
    pub fn new(chain: Chain) -> Self {
        Self { chain, items: Vec::new(), name: String::new() }
    }
}

impl Tokenizer for ByField {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.items.clear();
        self.name.clear();
        let (name, text) = text.split_once(NAME_END).unwrap_or_default();
        self.name.push_str(name);
        // The surface carries the name already, so it is told apart by its own prefix below.
        if LONG.contains(&name) {
            surfaces(text, &mut self.items);
        } else {
            analyse(&mut self.chain, text, &mut self.items, Some(""));
        }
        stream(&self.items, &self.name)
    }
}

/// Runs of three letters of each word in plain letters: the net for misspellings
/// and for compounds nobody knows.
#[derive(Clone, Default)]
pub struct Trigrams {
    items: Vec<Item>,
}

impl Tokenizer for Trigrams {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.items.clear();
        words::each(text, |word, span, _| {
            for gram in trigrams(word) {
                let forms = Forms::One(gram);
                self.items.push(Item { forms, from: span.start, to: span.end, position: 0 });
            }
        });
        stream(&self.items, "")
    }
}

/// The runs of three letters of `word` in plain letters.
pub fn trigrams(word: &str) -> Vec<String> {
    let letters: Vec<char> = fold::base(word).chars().collect();
    letters.windows(3).map(|gram| gram.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::chain::Steps;
    use super::*;
    use crate::query::compound::Lexicon;

    fn terms(mut tokenizer: impl Tokenizer, text: &str) -> Vec<(String, usize)> {
        let mut out = Vec::new();
        let mut stream = tokenizer.token_stream(text);
        while let Some(token) = stream.next() {
            out.push((token.text.clone(), token.position));
        }
        out
    }

    fn chain() -> Chain {
        Chain::new(Arc::new(Lexicon::builtin()), Steps::default())
    }

    #[test]
    fn forms_stand_at_the_position_of_their_word() {
        let found = terms(Everything::new(chain()), "Self-help groups");
        for (term, position) in [("self", 0), ("selfhelp", 1), ("help", 1), ("group", 2)] {
            assert!(found.contains(&(term.to_owned(), position)), "{term} in {found:?}");
        }
    }

    #[test]
    fn terms_of_a_field_carry_its_name() {
        let found = terms(ByField::new(chain()), "title\u{3}Gruppene");
        assert!(found.contains(&("title\u{1}gruppene".to_owned(), 0)), "{found:?}");
        assert!(found.contains(&("title\u{2}grupp".to_owned(), 0)), "{found:?}");
    }

    #[test]
    fn trigrams_are_in_plain_letters() {
        assert_eq!(trigrams("sjøl"), ["sjo", "jol"]);
        assert_eq!(terms(Trigrams::default(), "ål"), []);
    }
}
