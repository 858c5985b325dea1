//! What a search looked for: kept beside the hits, to say why each was found.

use std::collections::BTreeMap;

/// A query as the index understood it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Understood {
    /// The words and phrases, in the order of the query.
    pub groups: Vec<Group>,
}

/// A word or phrase of the query and all the ways in which an entry can answer it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Group {
    /// As typed.
    pub text: String,
    /// The field it was asked of; `None` is everywhere.
    pub field: Option<String>,
    /// The ways, in no particular order.
    pub ways: Vec<Way>,
    /// Whether the library has the word at all (or its stem).
    pub is_known: bool,
}

/// A way in which an entry can answer a word of the query.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// The terms that must all stand in the entry, beside each other where there are more.
    pub terms: Vec<String>,
    /// What it counts, at most 1.
    pub weight: f32,
    /// Why this is looked for.
    pub reason: Reason,
}

/// Why an entry answers a word of the query.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The word itself.
    Word,
    /// The word in plainer letters.
    Fold,
    /// The same word, inflected otherwise.
    Stem,
    /// The word goes on.
    Completion,
    /// A part of the compound, or a compound with that part.
    Part,
    /// Another label of the same concept: its gloss, the label.
    Synonym(String, String),
    /// A label of a concept near it: its gloss, the label.
    Related(String, String),
    /// A word spelt nearly so.
    Spelling(String),
    /// Letters in common.
    Letters,
    /// The word is a citation key or an identifier.
    Identifier,
}

impl Group {
    /// The best way of each single term, for marking them in a text.
    pub(super) fn by_term(&self) -> BTreeMap<&str, &Way> {
        let mut out: BTreeMap<&str, &Way> = BTreeMap::new();
        for way in self.ways.iter().filter(|way| way.terms.len() == 1) {
            let term = way.terms[0].as_str();
            if out.get(term).is_none_or(|it| it.weight < way.weight) {
                out.insert(term, way);
            }
        }
        out
    }

    /// Adds a way unless the same terms are looked for already with as much weight.
    pub(super) fn add(&mut self, terms: Vec<String>, weight: f32, reason: Reason) {
        if terms.is_empty() || terms.iter().any(String::is_empty) {
            return;
        }
        match self.ways.iter_mut().find(|way| way.terms == terms) {
            Some(way) if way.weight >= weight => {}
            Some(way) => *way = Way { terms, weight, reason },
            None => self.ways.push(Way { terms, weight, reason }),
        }
    }
}
