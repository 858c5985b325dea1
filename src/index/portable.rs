//! The analysis of entries in a form that can be taken elsewhere: what the search in the published
//! overview needs to answer as the index does, where there is no index.

use super::chain::{Chain, Origin, Steps};
use super::place::Sources;
use super::schema::Fields;
use super::tokenizer::NAME_END;
use super::widen::is_abbreviation;
use super::{document, schema, words_of};
use crate::model::Entry;
use crate::overview::search::{Asked, AskedValue, Concept, Label, SearchData, Token, Traits, Word};
use crate::query::compound::stopwords;
use crate::query::field;
use crate::query::kind::Kind;
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
    let mut names = Numbers::default();
    let mut traits = HashMap::new();
    names.number("");
    for read in read_all(&fields, entries) {
        let mut tokens = Vec::new();
        for (name, text) in &read.net {
            all.read(text, names.number(name), &mut tokens);
        }
        out.net.push(tokens.len());
        for (name, text) in &read.rest {
            all.read(text, names.number(name), &mut tokens);
        }
        out.entries.push(tokens);
        out.identifiers.push(read.identifiers);
        let its = Traits { has: read.has.iter().map(|it| names.number(it)).collect(), is: read.is };
        let known = traits.len();
        let at = *traits.entry(its.clone()).or_insert(known);
        if at == known {
            out.traits.push(its);
        }
        out.trait_of.push(at);
    }
    out.names = names.all;
    out.fields = field::all().map(|(names, kind, covers)| Asked { names, kind, covers }).collect();
    for kind in [Kind::Type, Kind::Language, Kind::Status] {
        out.values.extend(kind.all().map(|(row, names)| AskedValue { is: is(kind, row), names }));
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

/// What is searched of an entry.
struct Read {
    net: Vec<(String, String)>,
    rest: Vec<(String, String)>,
    identifiers: Vec<String>,
    has: Vec<String>,
    is: Vec<String>,
}

/// What is searched of all entries, in their order; the cores share the work.
fn read_all(fields: &Fields, entries: &[&Entry]) -> Vec<Read> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    let part = entries.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = entries
            .chunks(part)
            .map(|part| {
                scope.spawn(move || part.iter().map(|it| read(fields, it)).collect::<Vec<_>>())
            })
            .collect();
        let done = parts.into_iter().map(|it| match it.join() {
            Ok(read) => read,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.flatten().collect()
    })
}

fn read(fields: &Fields, entry: &Entry) -> Read {
    let document = document::document(fields, entry, 0, 0);
    let named: Vec<(String, String)> = texts(&document, fields.by_field)
        .iter()
        .filter_map(|it| it.split_once(NAME_END))
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect();
    let named = |text: String| {
        let name = named.iter().find(|(_, it)| *it == text);
        (name.map_or_else(String::new, |(name, _)| name.clone()), text)
    };
    let net = texts(&document, fields.trigram);
    let mut rest = texts(&document, fields.all);
    for text in &net {
        if let Some(at) = rest.iter().position(|it| it == text) {
            rest.remove(at);
        }
    }
    let kinds = [
        (Kind::Type, fields.entry_type),
        (Kind::Language, fields.language),
        (Kind::Status, fields.status),
    ];
    Read {
        net: net.into_iter().map(named).collect(),
        rest: rest.into_iter().map(named).collect(),
        identifiers: texts(&document, fields.identifier),
        has: texts(&document, fields.has),
        is: kinds
            .into_iter()
            .flat_map(|(kind, field)| {
                texts(&document, field).into_iter().map(move |row| is(kind, &row))
            })
            .collect(),
    }
}

/// A trait as the page has it.
fn is(kind: Kind, row: &str) -> String {
    let kind = match kind {
        Kind::Type => "type",
        Kind::Language => "language",
        Kind::Status => "status",
    };
    format!("{kind}:{row}")
}

fn texts(document: &TantivyDocument, field: Field) -> Vec<String> {
    document.get_all(field).filter_map(|it| it.as_str().map(str::to_owned)).collect()
}

/// Texts, numbered as they come.
#[derive(Default)]
struct Numbers {
    all: Vec<String>,
    at: HashMap<String, usize>,
}

impl Numbers {
    fn number(&mut self, text: &str) -> usize {
        if let Some(at) = self.at.get(text) {
            return *at;
        }
        self.all.push(text.to_owned());
        self.at.insert(text.to_owned(), self.all.len() - 1);
        self.all.len() - 1
    }
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
    fn read(&mut self, text: &str, name: usize, out: &mut Vec<Token>) {
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
        out.push(Token::End(name));
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
                Token::End(_) => {}
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
