//! What the search in the page needs: two files that its script loads when somebody searches, and
//! the settings in the page itself.
//!
//! The analysis is done ahead, by the same chain that kilde's own index uses: every word of the
//! overview and of the thesaurus comes with all forms by which it is found, every entry with its
//! words in order. The script folds a query, looks its words up and adds them up (BM25, as the index
//! does). Both files are scripts that call a function with a value, so that they can be loaded from a
//! file share too, where a page may not read other files.

use super::machine::json_ld::script;
use super::manifest;
use super::outline::Facet;
use super::site::Site;
use super::words::word;
use crate::text::said::Language;
use serde_json::{Value, json};

/// The words of an overview, analysed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchData {
    /// All words, the most frequent first, with their forms.
    pub words: Vec<Word>,
    /// All forms.
    pub forms: Vec<String>,
    /// For each work, in the order of [`Site::works`], its words.
    pub entries: Vec<Vec<Token>>,
    /// For each work how many of its tokens come first that stand in title, names, keywords and the
    /// like: what is searched by letters in common.
    pub net: Vec<usize>,
    /// For each work its identifiers in their one spelling.
    pub identifiers: Vec<Vec<String>>,
    /// The thesaurus: the library's own concepts, then the general ones.
    pub concepts: Vec<Concept>,
    /// Words that say nothing on their own.
    pub stopwords: Vec<String>,
    /// The names of fields; the first, empty, is for what stands in none.
    pub names: Vec<String>,
    /// What entries are and have, each combination once.
    pub traits: Vec<Traits>,
    /// For each work which of the combinations is its.
    pub trait_of: Vec<usize>,
    /// What fields are called in a query.
    pub fields: Vec<Asked>,
    /// What types, languages and statuses are called in a query.
    pub values: Vec<AskedValue>,
}

/// What an entry is and has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Traits {
    /// The fields it has, by number.
    pub has: Vec<usize>,
    /// Its types, languages and statuses: `type:article`.
    pub is: Vec<String>,
}

/// A field of a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// All its names, in lower case.
    pub names: Vec<String>,
    /// How its value is read: `text`, `any`, `year`, `type` and so on.
    pub kind: String,
    /// The fields in which it looks.
    pub covers: Vec<String>,
}

/// A value of a query that stands for a type, a language or a status.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AskedValue {
    /// As [`Traits::is`] has it.
    pub is: String,
    /// All its names, in lower case.
    pub names: Vec<String>,
}

/// A word and the forms by which it is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// In lower case.
    pub text: String,
    /// Its forms by number: itself and its stems and foldings.
    pub forms: Vec<usize>,
    /// Forms of the parts of a compound, by number.
    pub parts: Vec<usize>,
    /// The parts themselves, by number.
    pub part_words: Vec<usize>,
}

/// What stands at a place of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// A word, by number.
    Word(usize),
    /// The word before and the one before that as one word (`self-help`).
    Joined(usize),
    /// The end of a field, by its number in [`SearchData::names`].
    End(usize),
}

/// A concept of the thesaurus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concept {
    /// What it means.
    pub gloss: String,
    /// Whether the library itself keeps it.
    pub is_own: bool,
    /// What its labels count, in hundredths of a synonym: 100, 50 or 0.
    pub strength: u32,
    /// What it is called.
    pub labels: Vec<Label>,
    /// Concepts near it, by number.
    pub near: Vec<usize>,
}

/// What a concept is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Label {
    /// As written.
    pub text: String,
    /// Its words, by number.
    pub words: Vec<usize>,
    /// What is looked for where it is added to a search: stems of several words, or the abbreviation.
    /// Empty where any form of its one word will do.
    pub terms: Vec<String>,
    /// Whether it is the first of its language.
    pub is_first: bool,
    /// Whether it must be written in capitals.
    pub is_abbreviation: bool,
}

impl SearchData {
    /// Changes when anything does.
    pub fn hash(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(words(self).as_bytes()).update(tokens(self).as_bytes());
        hasher.update(json!([self.net, self.identifiers, self.trait_of]).to_string().as_bytes());
        hasher.update(traits(self).to_string().as_bytes());
        hasher.finalize().to_hex()[..24].to_owned()
    }
}

/// `search/words.js`.
pub fn words(data: &SearchData) -> String {
    format!("kildeSearch.words({});\n", script(&table(data)))
}

/// `search/entries.js`.
pub fn entries(site: &Site<'_>) -> String {
    let data = site.make.search();
    let mut rank = vec![0; site.works.len()];
    for (place, &at) in site.outline.alphabet.iter().enumerate() {
        rank[at] = place;
    }
    let mut out = "kildeSearch.entries({\"rows\":[".to_owned();
    for (at, work) in site.works().iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        let belongs: Vec<Vec<usize>> = (0..site.outline.facets.len())
            .map(|facet| {
                let of = site.outline.belongs[at].iter();
                of.filter(|(it, _)| *it == facet).map(|(_, group)| *group).collect()
            })
            .collect();
        let row = json!([
            work.slug,
            work.title,
            work.creators,
            work.year,
            work.tongue,
            u8::from(work.has_full_text()),
            belongs,
        ]);
        out.push_str(&script(&row));
    }
    out.push_str("],\"order\":");
    out.push_str(&json!(rank).to_string());
    out.push_str(",\"tokens\":\"");
    out.push_str(&tokens(data));
    out.push_str("\",\"net\":");
    out.push_str(&json!(data.net).to_string());
    out.push_str(",\"ids\":");
    out.push_str(&script(&json!(data.identifiers)));
    out.push_str(",\"names\":");
    out.push_str(&script(&json!(data.names)));
    out.push_str(",\"traits\":");
    out.push_str(&script(&traits(data)));
    out.push_str(",\"traitOf\":");
    out.push_str(&json!(data.trait_of).to_string());
    out.push_str("});\n");
    out
}

fn table(data: &SearchData) -> Value {
    let words: Vec<Value> = data
        .words
        .iter()
        .map(|it| match it.parts.as_slice() {
            [] => json!([it.text, it.forms]),
            parts => json!([it.text, it.forms, parts, it.part_words]),
        })
        .collect();
    let concepts: Vec<Value> = data
        .concepts
        .iter()
        .map(|it| {
            let labels: Vec<Value> = it
                .labels
                .iter()
                .map(|label| {
                    let flags = u8::from(label.is_first) + 2 * u8::from(label.is_abbreviation);
                    json!([label.text, label.words, label.terms, flags])
                })
                .collect();
            json!([it.gloss, u8::from(it.is_own), it.strength, labels, it.near])
        })
        .collect();
    let fields: Vec<Value> =
        data.fields.iter().map(|it| json!([it.names, it.kind, it.covers])).collect();
    let values: Vec<Value> = data.values.iter().map(|it| json!([it.is, it.names])).collect();
    json!({
        "words": words,
        "forms": data.forms,
        "concepts": concepts,
        "stop": data.stopwords,
        "fields": fields,
        "values": values,
    })
}

fn traits(data: &SearchData) -> Value {
    data.traits.iter().map(|it| json!([it.has, it.is])).collect()
}

/// The words of all entries as numbers: 0 ends an entry; 1 ends a field, whose number follows; 2 says
/// that the word after it is two joined; all above are words, from 3.
fn tokens(data: &SearchData) -> String {
    let mut out = String::with_capacity(data.entries.iter().map(|it| it.len() * 2 + 1).sum());
    for entry in &data.entries {
        for token in entry {
            match token {
                Token::Word(word) => number(word + 3, &mut out),
                Token::Joined(word) => {
                    number(2, &mut out);
                    number(word + 3, &mut out);
                }
                Token::End(field) => {
                    number(1, &mut out);
                    number(*field, &mut out);
                }
            }
        }
        number(0, &mut out);
    }
    out
}

/// How many values a sign can have that ends a number, and as many that do not.
const HALF: usize = 42;

/// A number in signs that need no escaping anywhere: small ones, which are the most frequent, in one.
fn number(mut value: usize, out: &mut String) {
    let mut sign = |value: usize| {
        // From `(` on, without `<` and the backslash.
        let code = 40 + value as u8;
        let code = if code < 60 { code } else { code + 1 };
        out.push(char::from(if code < 92 { code } else { code + 1 }));
    };
    while value >= HALF {
        value -= HALF;
        sign(HALF + value % HALF);
        value /= HALF;
    }
    sign(value);
}

/// What the script finds in the page: names of groups and words of its own.
pub fn page_settings(site: &Site<'_>, language: Language) -> String {
    let facets: Vec<Value> = site.outline.facets.iter().map(|(facet, groups)| {
        let names: Vec<&str> =
            groups.iter().map(|group| group.names[language as usize].as_str()).collect();
        let slugs: Vec<&str> = groups.iter().map(|group| group.slug.as_str()).collect();
        let kept = matches!(facet, Facet::Type | Facet::Language | Facet::Project);
        // The names of topics and years are only needed where they are shown.
        json!({ "id": facet.id(), "slugs": slugs, "names": if kept { names } else { Vec::new() } })
    }).collect();
    let said = [
        "hits-none",
        "hits-one",
        "hits-many",
        "widened-to",
        "spelt-as",
        "any-word",
        "more-hits",
        "full-text",
        "loading",
        "load-failed",
        "et-al",
        "untitled",
    ];
    let words: serde_json::Map<String, Value> =
        said.iter().map(|id| ((*id).to_owned(), json!(word(id, language)))).collect();
    script(&json!({
        "facets": facets,
        "words": words,
        "version": manifest::hash((site.version.clone() + &site.search_hash).as_bytes()),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_back_from_signs_that_need_no_escaping() {
        let read = |text: &str| -> usize {
            let sign = |c: char| {
                let code = c as usize;
                code - 40 - usize::from(code > 60) - usize::from(code > 92)
            };
            let signs: Vec<usize> = text.chars().map(sign).collect();
            let (last, before) = signs.split_last().unwrap();
            before.iter().rev().fold(*last, |all, it| all * HALF + it)
        };
        for value in (0..5000).chain([74_088, 1_000_000, usize::MAX >> 8]) {
            let mut out = String::new();
            number(value, &mut out);
            assert!(out.bytes().all(|it| (40..127).contains(&it) && !b"<\\\"".contains(&it)));
            assert_eq!(read(&out), value, "{out}");
        }
    }
}
