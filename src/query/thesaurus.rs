//! A thesaurus: concepts, what they are called in each language, and how they hang together.
//!
//! The library's own stands in `data/thesaurus.toml`:
//!
//! ```toml
//! [selvhjelpsgruppe]
//! gloss = "Selvhjelpsgruppe"
//! nb = ["selvhjelpsgruppe", "selvhjelpsgrupper"]
//! en = ["self-help group", "mutual aid group"]
//! broader = ["selvhjelp"]
//! related = ["stottegruppe"]
//! unseen = { nn = ["sjølvhjelpsgruppe"] }   # labels not seen in a text yet
//! expand = "full"            # full, weak, none or exclude
//! ```

use crate::text::words::words;
use std::collections::{BTreeMap, HashMap};

/// How far a search for one label of a concept looks for the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Expand {
    /// All its labels, and those of concepts near it with less weight.
    #[default]
    Full,
    /// All its labels, with half the weight.
    Weak,
    /// Not at all: the concept is there to be told apart from others.
    None,
    /// What its labels name is not meant by this library; never widened to.
    Exclude,
}

/// What a concept is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// `nb`, `nn`, `sv`, `da`, `en`, …; what stands in the table.
    pub language: String,
    /// The label.
    pub text: String,
}

/// A concept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concept {
    /// Its name in the table.
    pub id: String,
    /// What it means, in a few words; its first label where nothing is said.
    pub gloss: String,
    /// The labels in the order of the table.
    pub labels: Vec<Label>,
    /// Ids of wider concepts.
    pub broader: Vec<String>,
    /// Ids of narrower concepts.
    pub narrower: Vec<String>,
    /// Ids of neighbours.
    pub related: Vec<String>,
    /// What another thesaurus calls it; empty where it came from none.
    pub uri: String,
    /// How far a search is widened.
    pub expand: Expand,
}

/// A thesaurus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Thesaurus {
    /// In the order of the table.
    pub concepts: Vec<Concept>,
}

/// What is wrong with a thesaurus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// The table cannot be read; where (line, column) and why.
    Unreadable(Option<(usize, usize)>, String),
    /// A value is of the wrong kind: concept, name.
    WrongValue(String, String),
    /// A concept without labels.
    NoLabels(String),
    /// A concept points to one that is not there: concept, relation, id.
    Dangling(String, &'static str, String),
    /// Broader concepts that go round in a circle.
    Circle(Vec<String>),
    /// A label of two concepts of which a search could mean either: label, concepts.
    Collision(String, Vec<String>),
}

impl Flaw {
    /// Whether the thesaurus cannot be used as it is; the others are only worth a look.
    pub fn is_error(&self) -> bool {
        !matches!(self, Self::Collision(..) | Self::NoLabels(_))
    }
}

const GENERAL: &str = include_str!("../../data/builtin/search/general-terms.txt");

impl Thesaurus {
    /// Reads a table in TOML. What can be read is; the rest is told as flaws.
    pub fn read(source: &str) -> (Self, Vec<Flaw>) {
        let mut thesaurus = Self::default();
        let table: toml::Table = match toml::from_str(source) {
            Ok(table) => table,
            Err(error) => {
                let place = error.span().map(|span| place(source, span.start));
                return (thesaurus, vec![Flaw::Unreadable(place, error.message().to_owned())]);
            }
        };
        let mut flaws = Vec::new();
        for (id, value) in &table {
            let Some(rows) = value.as_table() else {
                flaws.push(Flaw::WrongValue(id.clone(), String::new()));
                continue;
            };
            let mut concept = Concept { id: id.clone(), ..Concept::default() };
            for (name, value) in rows {
                if !concept.take(name, value) {
                    flaws.push(Flaw::WrongValue(id.clone(), name.clone()));
                }
            }
            if concept.gloss.is_empty() {
                concept.gloss = concept.labels.first().map_or(id.clone(), |it| it.text.clone());
            }
            thesaurus.concepts.push(concept);
        }
        (thesaurus, flaws)
    }

    /// The words of research in general that are shipped with the program: one concept a line,
    /// `nb: a, b | nn: c | sv: d | da: e | en: f`.
    pub fn general() -> Self {
        let concept = |line: &str| {
            let mut concept = Concept::default();
            for part in line.split('|') {
                let (language, labels) = part.split_once(':')?;
                concept.labels.extend(
                    labels.split(',').map(str::trim).filter(|it| !it.is_empty()).map(|text| {
                        Label { language: language.trim().to_owned(), text: text.to_owned() }
                    }),
                );
            }
            let first = concept.labels.first()?.text.clone();
            concept.id = format!("general/{first}");
            concept.gloss = first;
            Some(concept)
        };
        let lines = GENERAL.lines().filter(|line| !line.starts_with('#'));
        Self { concepts: lines.filter_map(concept).collect() }
    }

    /// The concept with this id.
    pub fn get(&self, id: &str) -> Option<&Concept> {
        self.concepts.iter().find(|concept| concept.id == id)
    }

    /// What is wrong with the relations and labels.
    pub fn check(&self) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        for concept in &self.concepts {
            if concept.labels.is_empty() {
                flaws.push(Flaw::NoLabels(concept.id.clone()));
            }
            for (relation, ids) in concept.relations() {
                let lost = ids.iter().filter(|id| self.get(id).is_none());
                flaws.extend(
                    lost.map(|id| Flaw::Dangling(concept.id.clone(), relation, id.clone())),
                );
            }
        }
        flaws.extend(self.circles());
        flaws.extend(self.collisions());
        flaws
    }

    fn circles(&self) -> Vec<Flaw> {
        let at: HashMap<&str, usize> =
            self.concepts.iter().enumerate().map(|(i, it)| (it.id.as_str(), i)).collect();
        // 0 not seen, 1 on the way, 2 done.
        let mut state = vec![0_u8; self.concepts.len()];
        let mut flaws = Vec::new();
        for start in 0..self.concepts.len() {
            let mut path: Vec<(usize, usize)> = Vec::new();
            if state[start] == 0 {
                state[start] = 1;
                path.push((start, 0));
            }
            while let Some((here, next)) = path.last_mut() {
                let broader = self.concepts[*here].broader.get(*next);
                *next += 1;
                let Some(wider) = broader else {
                    state[*here] = 2;
                    path.pop();
                    continue;
                };
                match at.get(wider.as_str()) {
                    Some(wider) if state[*wider] == 0 => {
                        state[*wider] = 1;
                        path.push((*wider, 0));
                    }
                    Some(wider) if state[*wider] == 1 => {
                        let from = path.iter().position(|(it, _)| it == wider).unwrap_or(0);
                        let ids = path[from..].iter().map(|(it, _)| self.concepts[*it].id.clone());
                        flaws.push(Flaw::Circle(ids.collect()));
                    }
                    _ => {}
                }
            }
        }
        flaws
    }

    fn collisions(&self) -> Vec<Flaw> {
        let mut by_label: BTreeMap<String, Vec<&Concept>> = BTreeMap::new();
        for concept in &self.concepts {
            for label in &concept.labels {
                let text: Vec<String> = words(&label.text).into_iter().map(|it| it.text).collect();
                let concepts = by_label.entry(text.join(" ")).or_default();
                if !concepts.iter().any(|it| it.id == concept.id) {
                    concepts.push(concept);
                }
            }
        }
        let near = |a: &Concept, b: &Concept| {
            a.relations().iter().any(|(_, ids)| ids.contains(&b.id))
                || b.relations().iter().any(|(_, ids)| ids.contains(&a.id))
        };
        by_label
            .into_iter()
            .filter(|(_, concepts)| {
                concepts.iter().enumerate().any(|(i, a)| concepts[..i].iter().any(|b| !near(a, b)))
            })
            .map(|(label, concepts)| {
                Flaw::Collision(label, concepts.iter().map(|it| it.id.clone()).collect())
            })
            .collect()
    }
}

impl Concept {
    fn relations(&self) -> [(&'static str, &Vec<String>); 3] {
        [("broader", &self.broader), ("narrower", &self.narrower), ("related", &self.related)]
    }

    /// Takes one line of the table; whether it was of the right kind.
    fn take(&mut self, name: &str, value: &toml::Value) -> bool {
        match (name, value.as_str()) {
            ("gloss", Some(text)) => self.gloss = text.to_owned(),
            ("uri", Some(text)) => self.uri = text.to_owned(),
            ("expand", Some(text)) => {
                self.expand = match text {
                    "full" => Expand::Full,
                    "weak" => Expand::Weak,
                    "none" => Expand::None,
                    "exclude" => Expand::Exclude,
                    _ => return false,
                }
            }
            ("note" | "example" | "source", Some(_)) => {}
            ("gloss" | "uri" | "expand" | "note" | "example" | "source", None) => return false,
            // Labels that were not seen in a text yet: as good as any for searching.
            ("unseen", None) => {
                let Some(rows) = value.as_table() else { return false };
                let mut read = true;
                for (language, labels) in rows {
                    read &= labels.is_array() && self.take(language, labels);
                }
                return read;
            }
            (_, Some(_)) => return false,
            (_, None) => {
                let Some(list) = value.as_array() else { return false };
                let texts: Vec<String> =
                    list.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect();
                if texts.len() < list.len() {
                    return false;
                }
                match name {
                    "broader" => self.broader = texts,
                    "narrower" => self.narrower = texts,
                    "related" => self.related = texts,
                    language => self.labels.extend(
                        texts.into_iter().map(|text| Label { language: language.to_owned(), text }),
                    ),
                }
            }
        }
        true
    }
}

/// The line and column, from 1, of a byte.
fn place(source: &str, at: usize) -> (usize, usize) {
    let before = source.get(..at).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flaws(source: &str) -> Vec<Flaw> {
        let (thesaurus, mut flaws) = Thesaurus::read(source);
        flaws.extend(thesaurus.check());
        flaws
    }

    #[test]
    fn what_is_written_is_read_again() {
        let source = "[a]\ngloss = \"A\"\nnb = [\"en\", \"to\"]\nen = [\"x\"]\nrelated = [\"b\"]\nexpand = \"weak\"\n[b]\nnn = [\"y\"]\n";
        let (thesaurus, flaws) = Thesaurus::read(source);
        assert_eq!(flaws, []);
        assert_eq!(thesaurus.concepts[0].labels.len(), 3);
        assert_eq!((thesaurus.concepts[0].expand, thesaurus.concepts.len()), (Expand::Weak, 2));
    }

    #[test]
    fn circles_and_lost_concepts_are_told() {
        let circle = flaws("[a]\nnb=[\"x\"]\nbroader=[\"b\"]\n[b]\nnb=[\"y\"]\nbroader=[\"a\"]\n");
        assert_eq!(circle, [Flaw::Circle(vec!["a".to_owned(), "b".to_owned()])]);
        let lost = flaws("[a]\nnb=[\"x\"]\nrelated=[\"c\"]\n");
        assert_eq!(lost, [Flaw::Dangling("a".to_owned(), "related", "c".to_owned())]);
    }

    #[test]
    fn one_label_of_two_strange_concepts_is_told() {
        let table = "[a]\nnb=[\"Peer-støtte\"]\n[b]\nda=[\"peer støtte\"]\n";
        assert!(
            matches!(flaws(table).as_slice(), [Flaw::Collision(label, _)] if label == "peer støtte")
        );
        assert_eq!(flaws(&format!("{table}related=[\"a\"]\n")), []);
    }

    #[test]
    fn a_table_that_cannot_be_read_says_where() {
        assert!(matches!(flaws("[a]\nnb = [\n").as_slice(), [Flaw::Unreadable(Some(_), _)]));
        assert!(matches!(
            flaws("[a]\nexpand=\"much\"\nnb=[\"x\"]").as_slice(),
            [Flaw::WrongValue(..)]
        ));
    }

    #[test]
    fn the_general_terms_have_labels_in_several_languages() {
        for concept in Thesaurus::general().concepts {
            assert!(concept.labels.len() > 1, "{}", concept.id);
        }
    }
}
