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
    /// The end of a field.
    End,
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
        let tokens = json!([tokens(self), self.net, self.identifiers]);
        manifest::hash((table(self).to_string() + &tokens.to_string()).as_bytes())
    }
}

/// `search/words.js`.
pub fn words(data: &SearchData) -> String {
    format!("kildeSearch.words({});\n", script(&table(data)))
}

/// `search/entries.js`.
pub fn entries(site: &Site<'_>) -> String {
    let data = site.make.search();
    let rows: Vec<Value> = site
        .works()
        .iter()
        .enumerate()
        .map(|(at, work)| {
            let belongs: Vec<Vec<usize>> = (0..site.outline.facets.len())
                .map(|facet| {
                    let of = site.outline.belongs[at].iter();
                    of.filter(|(it, _)| *it == facet).map(|(_, group)| *group).collect()
                })
                .collect();
            json!([
                work.slug,
                work.title,
                work.creators,
                work.year,
                work.tongue,
                u8::from(work.has_full_text()),
                belongs,
            ])
        })
        .collect();
    let order: Vec<usize> = {
        let mut rank = vec![0; site.works.len()];
        for (place, &at) in site.outline.alphabet.iter().enumerate() {
            rank[at] = place;
        }
        rank
    };
    let value = json!({
        "rows": rows,
        "order": order,
        "tokens": tokens(data),
        "net": data.net,
        "ids": data.identifiers,
    });
    format!("kildeSearch.entries({});\n", script(&value))
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
    json!({ "words": words, "forms": data.forms, "concepts": concepts, "stop": data.stopwords })
}

/// Words as numbers from 1, joined ones below 0, ends of fields as 0.
fn tokens(data: &SearchData) -> Value {
    let number = |token: &Token| match token {
        Token::Word(word) => *word as i64 + 1,
        Token::Joined(word) => -(*word as i64) - 1,
        Token::End => 0,
    };
    json!(data.entries.iter().map(|it| it.iter().map(number).collect()).collect::<Vec<Vec<i64>>>())
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
        "version": manifest::hash((site.version.clone() + &site.make.search().hash()).as_bytes()),
    }))
}
