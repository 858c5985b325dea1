//! From BibLaTeX to references, beside what the reference implementation (citeproc-js, fed by
//! pandoc) makes of the same works (`../shared/csl-oracle`; without it the comparison is skipped,
//! and says so).
//!
//! Each reference that differs is counted under the first cause that explains it. Two causes are on
//! purpose everywhere: capital letters (pandoc puts every English title into small letters, names
//! of countries too, and so the reference says "in norway"), and the language of BibLaTeX's words
//! for theses (the reference says "PhD thesis" in Norwegian lists). The others are found from the
//! entry itself: facts that pandoc leaves out or reads otherwise.

use crate::support::desk::shared;
use kilde::cite::convert;
use kilde::cite::item::Item;
use kilde::cite::processor::Processor;
use kilde::cite::style::Style;
use kilde::model::{Entry, Library};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const STYLES: [&str; 8] = [
    "apa",
    "chicago-author-date",
    "chicago-notes-bibliography",
    "harvard-cite-them-right",
    "ieee",
    "modern-language-association",
    "nlm-citation-sequence",
    "norsk-apa-manual",
];
const LOCALES: [&str; 3] = ["en-US", "nb-NO", "nn-NO"];

fn library(text: &str) -> Library {
    Library::new(vec![("a.bib".into(), text.as_bytes().into())])
}

/// The facts that the reference was made from, as a `.bib` file: the fields as they are.
fn facts(path: &Path) -> String {
    let mut bib = String::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        let facts: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| facts[name].as_str().unwrap_or_default().to_owned();
        bib.push_str(&format!("@{}{{{},\n", text("entrytype"), text("key")));
        for (name, value) in facts.as_object().unwrap() {
            let joined = |with: &str| {
                let parts = value.as_array().into_iter().flatten().filter_map(Value::as_str);
                parts.collect::<Vec<_>>().join(with)
            };
            let value = match name.as_str() {
                "author" | "editor" => joined(" and "),
                "keywords" => joined(", "),
                "url" | "fulltext" | "summary" | "doi" => value.as_str().unwrap_or_default().into(),
                _ => value.as_str().unwrap_or_default().replace('&', "\\&"),
            };
            if !value.is_empty() && !matches!(name.as_str(), "key" | "entrytype") {
                bib.push_str(&format!("  {name} = {{{value}}},\n"));
            }
        }
        bib.push_str("}\n");
    }
    bib
}

/// What a comparison found: how many references there were, and those that differ, by cause.
#[derive(Default)]
struct Outcome {
    total: usize,
    different: BTreeMap<&'static str, Vec<String>>,
}

impl Outcome {
    /// The share of references that are the same, those aside that differ by one of these causes.
    fn same_but_for(&self, causes: &[&str]) -> f64 {
        let counts = self.different.iter().filter(|(cause, _)| !causes.contains(*cause));
        let different: usize = counts.map(|(_, list)| list.len()).sum();
        100.0 * (self.total - different) as f64 / self.total as f64
    }
}

const CAPITALS: &str = "capitals of English titles";
const WORDS: &str = "words for theses and states, in the list's language";
const OTHER: &str = "facts that the library has otherwise";

/// Why the reference made of an entry is not that of the reference implementation.
fn cause(entry: &Entry, expected: &str, ours: &str, in_english: &str) -> &'static str {
    let lower = expected.to_lowercase();
    let particle = |field: &&str| entry.names(field).names.iter().any(|it| !it.particle.is_empty());
    match entry.entry_type.as_str() {
        _ if ours.to_lowercase() == lower => CAPITALS,
        _ if in_english.to_lowercase() == lower => WORDS,
        "periodical" => "a periodical as a whole",
        "suppbook" => "the book that a preface stands in",
        _ if entry.has("eid") => "article numbers",
        _ if entry.has("pmid") => "PubMed numbers",
        _ if entry.names("author").others => "and others",
        _ if ["author", "editor"].iter().any(particle) => "particles of names",
        _ => OTHER,
    }
}

fn compare(oracle: &Path, library: &Library) -> Outcome {
    let mut outcome = Outcome::default();
    for name in STYLES {
        let xml = fs::read_to_string(oracle.join(format!("styles/{name}.csl"))).unwrap();
        let style = Style::read(&xml, &|_| None).unwrap();
        for lang in LOCALES {
            let locales = |tag: &str| {
                fs::read_to_string(oracle.join(format!("locales/locales-{tag}.xml"))).ok()
            };
            let processor = Processor::new(&style, &locales, lang).unwrap();
            let list = |words: &str| -> BTreeMap<String, String> {
                let entries = library.entries.iter();
                let items: Vec<Item> =
                    entries.map(|entry| convert::item(entry, library, words)).collect();
                let plain =
                    |text: &str, label: &str| tidy(text.strip_prefix(label).unwrap_or(text));
                let list = processor.bibliography(&items).entries;
                list.iter()
                    .map(|it| (it.id.clone(), plain(&it.text.to_plain(), &it.label)))
                    .collect()
            };
            let (ours, in_english) = (list(lang), list("en-US"));
            let path = oracle.join(format!("expected/{name}.{lang}.jsonl"));
            for line in fs::read_to_string(path).unwrap().lines() {
                let value: Value = serde_json::from_str(line).unwrap();
                let id = value["id"].as_str().unwrap();
                let expected = tidy(value["text"].as_str().unwrap());
                let mine = ours.get(id).map_or("", String::as_str);
                outcome.total += 1;
                if mine != expected {
                    let english = in_english.get(id).map_or("", String::as_str);
                    let cause = library
                        .by_key(id)
                        .map_or(OTHER, |entry| cause(entry, &expected, mine, english));
                    let line = format!("{name}.{lang} {id}\n  - {expected}\n  + {mine}");
                    outcome.different.entry(cause).or_default().push(line);
                }
            }
        }
    }
    outcome
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The figures of `docs/citing.md`. The differences themselves are written to the file that
/// `KILDE_DIFFERENCES` names.
fn tell(what: &str, outcome: &Outcome) {
    println!("{what}: {} references, {:.1} % the same", outcome.total, outcome.same_but_for(&[]));
    for (cause, list) in &outcome.different {
        println!(
            "  {cause}: {} ({:.1} %)",
            list.len(),
            100.0 * list.len() as f64 / outcome.total as f64
        );
    }
    let ours = outcome.same_but_for(&[CAPITALS, WORDS]);
    println!("  the same but for capitals and the language of such words: {ours:.1} %");
    if let Some(path) = std::env::var_os("KILDE_DIFFERENCES") {
        let lines = outcome
            .different
            .iter()
            .flat_map(|(cause, list)| list.iter().map(move |line| format!("{cause}: {line}")));
        let path = PathBuf::from(path).with_extension(what);
        fs::write(path, lines.collect::<Vec<_>>().join("\n")).unwrap();
    }
}

#[test]
fn references_from_the_same_facts_are_those_of_the_reference_implementation() {
    let (Some(oracle), Some(path)) = (shared("csl-oracle"), shared("domain/entries.jsonl")) else {
        return;
    };
    let outcome = compare(&oracle, &library(&facts(&path)));
    tell("facts", &outcome);
    assert!(outcome.total > 7000);
    assert!(outcome.same_but_for(&[CAPITALS, WORDS]) >= 95.0);
}

#[test]
fn every_item_of_the_shipped_library_is_as_the_reference_converter_has_it_in_type_and_names() {
    let Some(oracle) = shared("csl-oracle") else { return };
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/selvhjelp.bib");
    let library = library(&fs::read_to_string(path).unwrap());
    let text = fs::read_to_string(oracle.join("items.json")).unwrap();
    let expected: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut wrong = Vec::new();
    for theirs in expected.iter().map(Item::from_csl_json) {
        let Some(entry) = library.by_key(&theirs.id) else { continue };
        let ours = convert::item(entry, &library, "en-US");
        let dates = |item: &Item| {
            item.date(kilde::cite::item::Variable::ISSUED).map(|it| (it.start, it.end))
        };
        let same_type = ours.kind == theirs.kind
            // CSL 1.0.2 has a type for these; pandoc does not use it.
            || (ours.kind == "periodical" && theirs.kind == "article-journal");
        if !same_type
            || dates(&ours) != dates(&theirs)
            || ours.language.is_empty() != theirs.language.is_empty()
        {
            wrong.push(theirs.id);
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_shipped_library_in_every_style_and_locale() {
    let Some(oracle) = shared("csl-oracle") else { return };
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/selvhjelp.bib");
    let library = library(&fs::read_to_string(path).unwrap());
    let outcome = compare(&oracle, &library);
    tell("library", &outcome);
    assert!(outcome.total > 7000);
    assert!(outcome.same_but_for(&[]) >= 79.0);
    assert!(outcome.same_but_for(&[CAPITALS, WORDS]) >= 93.0);
}
