//! From BibLaTeX to references, beside what the reference implementation (citeproc-js, fed by
//! pandoc) makes of the same works (`../shared/csl-oracle`; without it the comparison is skipped,
//! and says so).
//!
//! Two things are set aside before references are compared, since they are not the same on
//! purpose: capital letters (pandoc puts every English title into small letters, names of
//! countries too, and so the reference says "in norway"), and the language of BibLaTeX's words for
//! theses (the reference says "PhD thesis" in Norwegian lists).

use crate::support::desk::shared;
use kilde::cite::convert;
use kilde::cite::item::Item;
use kilde::cite::processor::Processor;
use kilde::cite::style::Style;
use kilde::model::Library;
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

/// What a comparison found, by reference.
#[derive(Default)]
struct Outcome {
    total: usize,
    same: usize,
    same_but_capitals: usize,
    different: Vec<String>,
}

fn compare(oracle: &Path, library: &Library, words: Option<&str>) -> Outcome {
    let mut outcome = Outcome::default();
    for name in STYLES {
        let xml = fs::read_to_string(oracle.join(format!("styles/{name}.csl"))).unwrap();
        let style = Style::read(&xml, &|_| None).unwrap();
        for lang in LOCALES {
            let locales = |tag: &str| {
                fs::read_to_string(oracle.join(format!("locales/locales-{tag}.xml"))).ok()
            };
            let processor = Processor::new(&style, &locales, lang).unwrap();
            let items: Vec<Item> = library
                .entries
                .iter()
                .map(|entry| convert::item(entry, library, words.unwrap_or(lang)))
                .collect();
            let list = processor.bibliography(&items);
            let ours: BTreeMap<&str, String> = list
                .entries
                .iter()
                .map(|entry| {
                    let text = entry.text.to_plain();
                    let text = text.strip_prefix(entry.label.as_str()).unwrap_or(&text);
                    (entry.id.as_str(), tidy(text))
                })
                .collect();
            let path = oracle.join(format!("expected/{name}.{lang}.jsonl"));
            for line in fs::read_to_string(path).unwrap().lines() {
                let value: Value = serde_json::from_str(line).unwrap();
                let id = value["id"].as_str().unwrap();
                let expected = tidy(value["text"].as_str().unwrap());
                let mine = ours.get(id).cloned().unwrap_or_default();
                outcome.total += 1;
                outcome.same += usize::from(mine == expected);
                if mine.to_lowercase() == expected.to_lowercase() {
                    outcome.same_but_capitals += 1;
                } else {
                    outcome
                        .different
                        .push(format!("{name}.{lang} {id}\n  - {expected}\n  + {mine}"));
                }
            }
        }
    }
    outcome
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole as f64
}

/// Where the differences are written when `KILDE_DIFFERENCES` names a file.
fn tell(what: &str, outcome: &Outcome) {
    println!(
        "{what}: {} references, {:.1} % the same, {:.1} % but for capitals",
        outcome.total,
        percent(outcome.same, outcome.total),
        percent(outcome.same_but_capitals, outcome.total)
    );
    if let Some(path) = std::env::var_os("KILDE_DIFFERENCES") {
        let path = PathBuf::from(path).with_extension(what);
        fs::write(path, outcome.different.join("\n")).unwrap();
    }
}

#[test]
fn references_from_the_same_facts_are_those_of_the_reference_implementation() {
    let (Some(oracle), Some(path)) = (shared("csl-oracle"), shared("domain/entries.jsonl")) else {
        return;
    };
    let outcome = compare(&oracle, &library(&facts(&path)), Some("en-US"));
    tell("facts", &outcome);
    assert!(outcome.total > 7000);
    assert!(percent(outcome.same_but_capitals, outcome.total) >= 95.0);
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
    let outcome = compare(&oracle, &library, None);
    tell("library", &outcome);
    assert!(outcome.total > 7000);
}
