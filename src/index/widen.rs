//! Widening by the thesaurus: which concepts the words of a query name, and what else these are
//! called.

use super::chain::{Chain, Origin};
use super::understood::{Group, Reason};
use crate::query::thesaurus::{Concept, Expand, Thesaurus};
use crate::text::fold;
use crate::text::words::words;
use std::collections::HashMap;

/// What another label of the same concept counts beside the word itself.
const SYNONYM: f32 = 0.5;
/// What a label of a concept near it counts.
const RELATED: f32 = 0.25;
/// What the label of a concept that a part of a compound names counts.
const OF_PART: f32 = 0.3;
/// The longest label, in words, that is looked for in a query.
const LONGEST: usize = 5;

/// The library's thesaurus and the general one.
#[derive(Debug, Default)]
pub struct Widener {
    own: Listed,
    general: Listed,
}

/// A thesaurus, its labels listed by how they begin.
#[derive(Debug, Default)]
struct Listed {
    thesaurus: Thesaurus,
    by_head: HashMap<[char; 2], Vec<(usize, usize)>>,
    by_id: HashMap<String, usize>,
}

impl Listed {
    fn new(thesaurus: Thesaurus) -> Self {
        let mut by_head: HashMap<[char; 2], Vec<(usize, usize)>> = HashMap::new();
        let mut by_id = HashMap::new();
        for (at, concept) in thesaurus.concepts.iter().enumerate() {
            by_id.entry(concept.id.clone()).or_insert(at);
            for (nth, label) in concept.labels.iter().enumerate() {
                by_head.entry(head(&label.text)).or_default().push((at, nth));
            }
        }
        Self { thesaurus, by_head, by_id }
    }

    fn get(&self, id: &str) -> Option<&Concept> {
        self.by_id.get(id).map(|at| &self.thesaurus.concepts[*at])
    }
}

/// A word of a query: as typed, and as compared.
#[derive(Debug, Clone)]
pub struct Typed {
    /// As it stands in the query.
    pub written: String,
    /// NFC and lower case.
    pub word: String,
}

impl Widener {
    /// With the library's own thesaurus.
    pub fn new(own: Thesaurus) -> Self {
        Self { own: Listed::new(own), general: Listed::new(Thesaurus::general()) }
    }

    /// Adds to `groups`, one a word of `typed`, what else the concepts are called that these words
    /// name: longest labels first, each word in one label at most. A label of several words is added
    /// to the first of them; all of them are then answered by it.
    pub fn widen(&self, chain: &mut Chain, typed: &[Typed]) -> Vec<(usize, usize, Group)> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < typed.len() {
            let longest = (1..=LONGEST.min(typed.len() - at)).rev().find_map(|length| {
                let named = self.named(chain, &typed[at..at + length]);
                (!named.is_empty()).then_some((length, named))
            });
            let Some((length, named)) = longest else {
                let group = self.by_parts(chain, &typed[at]);
                if !group.ways.is_empty() {
                    out.push((at, 1, group));
                }
                at += 1;
                continue;
            };
            let mut group = Group::default();
            for (concept, thesaurus) in named {
                expand(chain, concept, thesaurus, SYNONYM, &mut group);
            }
            if !group.ways.is_empty() {
                out.push((at, length, group));
            }
            at += length;
        }
        out
    }

    /// The concepts that these words as a whole name.
    fn named(&self, chain: &mut Chain, typed: &[Typed]) -> Vec<(&Concept, &Listed)> {
        let Some(first) = typed.first() else { return Vec::new() };
        let start = head(&first.word);
        let mut out: Vec<(&Concept, &Listed)> = Vec::new();
        for listed in [&self.own, &self.general] {
            let mut last = usize::MAX;
            for (at, nth) in listed.by_head.get(&start).into_iter().flatten() {
                let concept = &listed.thesaurus.concepts[*at];
                if *at != last && is_label(chain, &concept.labels[*nth].text, typed) {
                    out.push((concept, listed));
                    last = *at;
                }
            }
            // What the library itself says of a word goes before what is said in general.
            if !out.is_empty() {
                break;
            }
        }
        out
    }

    /// A compound that nobody named is translated part by part.
    fn by_parts(&self, chain: &mut Chain, typed: &Typed) -> Group {
        let mut group = Group::default();
        let parts: Vec<String> = chain.parts(&typed.word).into_iter().map(str::to_owned).collect();
        for part in &parts {
            let as_typed = Typed { written: part.clone(), word: part.clone() };
            for (concept, _) in self.named(chain, &[as_typed]) {
                let weight = OF_PART / (parts.len() as f32).sqrt();
                labels(chain, concept, weight, false, &mut group);
            }
        }
        group
    }
}

/// The first two letters in plain form: no label is compared whose words do not begin so.
fn head(text: &str) -> [char; 2] {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let mut next = || {
        let c = letters.next().unwrap_or(' ');
        if c.is_ascii() {
            c
        } else {
            fold::base(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(c)
        }
    };
    [next(), next()]
}

/// Whether these words are that label, inflected or not. An abbreviation must be written as one.
fn is_label(chain: &mut Chain, label: &str, typed: &[Typed]) -> bool {
    if is_abbreviation(label) {
        return typed.len() == 1 && typed[0].written == label;
    }
    let wanted = words(label);
    wanted.len() == typed.len()
        && wanted.iter().zip(typed).all(|(wanted, typed)| same(chain, &wanted.text, &typed.word))
}

/// Capitals only, and few: `AA`, `KASAM`.
pub(super) fn is_abbreviation(label: &str) -> bool {
    label.chars().count() <= 5 && label.chars().all(char::is_uppercase)
}

/// Whether two words have a form in common, parts of compounds left out.
fn same(chain: &mut Chain, a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b) = (chain.variants(a), chain.variants(b));
    a.iter()
        .filter(|it| it.origin < Origin::Part)
        .any(|it| b.iter().any(|other| other.origin < Origin::Part && it.text == other.text))
}

/// The labels of a concept and, with less weight, the first ones of those near it.
fn expand(chain: &mut Chain, concept: &Concept, all: &Listed, weight: f32, group: &mut Group) {
    let weight = match concept.expand {
        Expand::Full => weight,
        Expand::Weak => weight / 2.0,
        Expand::None | Expand::Exclude => return,
    };
    labels(chain, concept, weight, false, group);
    let near = concept.narrower.iter().chain(&concept.related).chain(&concept.broader);
    for other in near.filter_map(|id| all.get(id)) {
        let weight = match other.expand {
            Expand::Full => weight * RELATED / SYNONYM,
            Expand::Weak => weight * RELATED / SYNONYM / 2.0,
            Expand::None | Expand::Exclude => continue,
        };
        labels(chain, other, weight, true, group);
    }
}

/// Adds the labels of `concept`; of one that is only `near`, the first of each language.
fn labels(chain: &mut Chain, concept: &Concept, weight: f32, near: bool, group: &mut Group) {
    let mut seen: Vec<&str> = Vec::new();
    for label in &concept.labels {
        if near && seen.contains(&label.language.as_str()) {
            continue;
        }
        seen.push(&label.language);
        let reason = || {
            let (gloss, text) = (concept.gloss.clone(), label.text.clone());
            if near { Reason::Related(gloss, text) } else { Reason::Synonym(gloss, text) }
        };
        let words = words(&label.text);
        if words.len() == 1 && !is_abbreviation(&label.text) {
            for variant in chain.variants(&words[0].text).iter() {
                if variant.origin < Origin::Part {
                    group.add(vec![variant.text.clone()], weight, reason());
                }
            }
        } else {
            let stem = |word: &str| {
                if is_abbreviation(&label.text) {
                    word.to_owned()
                } else {
                    chain.stem(word, &label.language)
                }
            };
            let terms: Vec<String> = words.iter().map(|word| stem(&word.text)).collect();
            group.add(terms, weight, reason());
        }
    }
}
