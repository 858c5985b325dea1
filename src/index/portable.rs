//! The analysis of entries in a form that can be taken elsewhere: what the search in the published
//! overview needs to answer as the index does, where there is no index.

use super::chain::{Chain, Origin, Steps};
use super::place::Sources;
use super::widen::is_abbreviation;
use super::{document, schema, words_of};
use crate::model::Entry;
use crate::overview::search::{Concept, Label, SearchData, Token, Word};
use crate::query::compound::stopwords;
use crate::query::thesaurus::{self, Expand, Thesaurus};
use crate::text::words;
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::TantivyDocument;
use tantivy::schema::{Field, Value};

/// The words of `entries` with all forms by which the index finds them, and the thesauri; `table` is
/// the text of the library's own.
pub fn portable(entries: &[&Entry], sources: &Sources, table: &str) -> SearchData {
    let lexicon = Arc::new(words_of::lexicon(&words_of::extra(sources)));
    let mut all = Vocabulary::new(Chain::new(lexicon, Steps::default()));
    let (_, fields) = schema::schema();
    let mut out = SearchData::default();
    for (order, entry) in entries.iter().enumerate() {
        let document = document::document(&fields, entry, 0, order);
        let net = texts(&document, fields.trigram);
        let mut rest = texts(&document, fields.all);
        for text in &net {
            if let Some(at) = rest.iter().position(|it| it == text) {
                rest.remove(at);
            }
        }
        let mut tokens = Vec::new();
        net.iter().for_each(|text| all.read(text, &mut tokens));
        out.net.push(tokens.len());
        rest.iter().for_each(|text| all.read(text, &mut tokens));
        out.entries.push(tokens);
        out.identifiers.push(texts(&document, fields.identifier));
    }
    for (own, thesaurus) in [(true, Thesaurus::read(table).0), (false, Thesaurus::general())] {
        let base = out.concepts.len();
        let at: HashMap<&str, usize> =
            (base..).zip(&thesaurus.concepts).map(|(at, it)| (it.id.as_str(), at)).collect();
        for it in &thesaurus.concepts {
            out.concepts.push(all.concept(it, own, &at));
        }
    }
    out.stopwords = stopwords().map(str::to_owned).collect();
    out.stopwords.sort();
    all.finish(out)
}

fn texts(document: &TantivyDocument, field: Field) -> Vec<String> {
    document.get_all(field).filter_map(|it| it.as_str().map(str::to_owned)).collect()
}

/// Words and forms, numbered as they come.
struct Vocabulary {
    chain: Chain,
    words: Vec<Word>,
    count: Vec<usize>,
    at: HashMap<String, usize>,
    forms: Vec<String>,
    form_at: HashMap<String, usize>,
}

impl Vocabulary {
    fn new(chain: Chain) -> Self {
        Self {
            chain,
            words: Vec::new(),
            count: Vec::new(),
            at: HashMap::new(),
            forms: Vec::new(),
            form_at: HashMap::new(),
        }
    }

    /// The words of a field, as the index's own tokenizer takes them.
    fn read(&mut self, text: &str, out: &mut Vec<Token>) {
        let mut before: Option<String> = None;
        words::each(text, |word, _, joined| {
            let number = self.word(word);
            self.count[number] += 1;
            out.push(Token::Word(number));
            if joined && let Some(first) = &before {
                let number = self.word(&format!("{first}{word}"));
                self.count[number] += 1;
                out.push(Token::Joined(number));
            }
            before = Some(word.to_owned());
        });
        out.push(Token::End);
    }

    /// The number of a word.
    fn word(&mut self, text: &str) -> usize {
        if let Some(number) = self.at.get(text) {
            return *number;
        }
        let number = self.words.len();
        self.at.insert(text.to_owned(), number);
        self.words.push(Word { text: text.to_owned(), ..Word::default() });
        self.count.push(0);
        let variants = self.chain.variants(text);
        let (mut forms, mut parts) = (Vec::new(), Vec::new());
        for variant in variants.iter() {
            let list = if variant.origin == Origin::Part { &mut parts } else { &mut forms };
            list.push(self.form(&variant.text));
        }
        let of: Vec<String> = self.chain.parts(text).into_iter().map(str::to_owned).collect();
        let of = of.iter().map(|part| self.word(part)).collect();
        let it = &mut self.words[number];
        (it.forms, it.parts, it.part_words) = (forms, parts, of);
        number
    }

    fn form(&mut self, text: &str) -> usize {
        if let Some(number) = self.form_at.get(text) {
            return *number;
        }
        self.forms.push(text.to_owned());
        self.form_at.insert(text.to_owned(), self.forms.len() - 1);
        self.forms.len() - 1
    }

    fn concept(
        &mut self,
        it: &thesaurus::Concept,
        is_own: bool,
        at: &HashMap<&str, usize>,
    ) -> Concept {
        let strength = match it.expand {
            Expand::Full => 100,
            Expand::Weak => 50,
            Expand::None | Expand::Exclude => 0,
        };
        let mut seen: Vec<&str> = Vec::new();
        let mut labels = Vec::new();
        for label in &it.labels {
            let is_first = !seen.contains(&label.language.as_str());
            seen.push(&label.language);
            let is_abbreviation = is_abbreviation(&label.text);
            let words = words::words(&label.text);
            let stem = |word: &words::Word| match is_abbreviation {
                true => word.text.clone(),
                false => self.chain.stem(&word.text, &label.language),
            };
            let single = words.len() == 1 && !is_abbreviation;
            let terms = if single { Vec::new() } else { words.iter().map(stem).collect() };
            let words: Vec<usize> = words.iter().map(|word| self.word(&word.text)).collect();
            if !words.is_empty() {
                let text = label.text.clone();
                labels.push(Label { text, words, terms, is_first, is_abbreviation });
            }
        }
        let near = it.narrower.iter().chain(&it.related).chain(&it.broader);
        let near = near.filter_map(|id| at.get(id.as_str()).copied()).collect();
        Concept { gloss: it.gloss.clone(), is_own, strength, labels, near }
    }

    /// The words with the most frequent first, so that their numbers are short.
    fn finish(self, mut out: SearchData) -> SearchData {
        let mut order: Vec<usize> = (0..self.words.len()).collect();
        order.sort_by(|&a, &b| {
            (self.count[b].cmp(&self.count[a])).then(self.words[a].text.cmp(&self.words[b].text))
        });
        let mut now = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            now[old] = new;
        }
        out.words = order.iter().map(|&old| self.words[old].clone()).collect();
        for word in &mut out.words {
            word.part_words.iter_mut().for_each(|it| *it = now[*it]);
        }
        for label in out.concepts.iter_mut().flat_map(|it| &mut it.labels) {
            label.words.iter_mut().for_each(|it| *it = now[*it]);
        }
        for token in out.entries.iter_mut().flatten() {
            match token {
                Token::Word(it) | Token::Joined(it) => *it = now[*it],
                Token::End => {}
            }
        }
        out.forms = self.forms;
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Library;

    #[test]
    fn a_word_comes_with_every_form_by_which_the_index_finds_it() {
        let library = Library::new(vec![(
            "a.bib".into(),
            b"@misc{k, title={Self-help og selvhjelpsgrupper}}".as_slice().into(),
        )]);
        let entries: Vec<&Entry> = library.entries.iter().collect();
        let table = "[a]\nnb=[\"selvhjelpsgruppe\"]\nen=[\"self-help group\"]\n";
        let it = portable(&entries, &Sources::default(), table);
        let word = it.words.iter().find(|word| word.text == "selvhjelpsgrupper").unwrap();
        let forms = |list: &[usize]| -> Vec<&str> {
            list.iter().map(|at| it.forms[*at].as_str()).collect()
        };
        assert!(forms(&word.forms).contains(&"selvhjelpsgrupp"), "{:?}", forms(&word.forms));
        assert!(forms(&word.parts).contains(&"grupp"), "{:?}", forms(&word.parts));
        let joined = it.entries[0].iter().find_map(|token| match token {
            Token::Joined(at) => Some(it.words[*at].text.as_str()),
            _ => None,
        });
        assert_eq!(joined, Some("selfhelp"));
        let own: Vec<&Vec<String>> = it.concepts[0].labels.iter().map(|it| &it.terms).collect();
        assert!(it.concepts[0].is_own, "{own:?}");
        assert!(own.iter().any(|terms| **terms == ["self", "help", "group"]), "{own:?}");
    }
}
