//! The library and the thesaurus that come with the program: whole, tidy and true to the facts they were made from.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use biblatex::{Bibliography, ChunksExt};
use serde_json::Value;

/// How many works the overview held when it was first made; it only grows.
const FIRST_EDITION: usize = 293;

/// The order of an entry's fields.
const ORDER: &str = "author editor title subtitle titleaddon shorttitle booktitle booksubtitle \
    journaltitle edition series volume number chapter type entrysubtype howpublished institution \
    organization publisher location date origdate eventdate pubstate pages eid pagetotal isbn issn \
    eissn pmid doi url urldate langid language crossref xref related relatedtype relatedstring \
    note keywords fulltext summary project status unverified provenance";

/// Fields that TeX never sets as text: taken as they stand.
const VERBATIM: &[&str] = &[
    "crossref",
    "doi",
    "fulltext",
    "provenance",
    "related",
    "relatedtype",
    "summary",
    "url",
    "xref",
];

/// One entry as its lines say it: type, key and fields in the order of the file.
struct Written<'a> {
    kind: &'a str,
    key: &'a str,
    fields: Vec<(&'a str, &'a str)>,
}

impl<'a> Written<'a> {
    fn field(&self, name: &str) -> Option<&'a str> {
        self.fields.iter().find(|(it, _)| *it == name).map(|(_, value)| *value)
    }
}

#[test]
fn the_shipped_library_is_read_by_a_second_reader() {
    let text = library();
    let read = Bibliography::parse(&text).expect("the biblatex crate reads it");
    assert!(read.len() >= FIRST_EDITION, "{} entries", read.len());
    let written = written(&text);
    assert_eq!(read.len(), written.len());
    for entry in &written {
        let second = read.get(entry.key).expect(entry.key);
        let read: BTreeSet<&str> = second.fields.keys().map(String::as_str).collect();
        let here: BTreeSet<&str> = entry.fields.iter().map(|(name, _)| *name).collect();
        // The second reader also gives what an entry takes from the one it is part of.
        let inherits = entry.field("crossref").is_some();
        assert!(read == here || inherits && read.is_superset(&here), "{}: {read:?}", entry.key);
        for (name, chunks) in &second.fields {
            assert!(!chunks.format_verbatim().trim().is_empty(), "{}: {name} is empty", entry.key);
        }
        assert!(entry.field("title").is_some(), "{} has no title", entry.key);
        assert!(entry.field("date").is_none() || second.date().is_ok(), "{}: date", entry.key);
    }
}

#[test]
fn entries_stand_in_the_order_of_their_keys() {
    let text = library();
    let keys: Vec<&str> = written(&text).iter().map(|it| it.key).collect();
    let wrong: Vec<_> = keys.windows(2).filter(|pair| pair[0] >= pair[1]).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let folded: BTreeSet<String> = keys.iter().map(|key| key.to_lowercase()).collect();
    assert_eq!(folded.len(), keys.len(), "two keys differ in case alone");
}

#[test]
fn the_library_keeps_one_tidy_style() {
    let text = library();
    let order: Vec<&str> = ORDER.split_whitespace().collect();
    let mut again = String::new();
    let width = order.iter().map(|name| name.len()).max().unwrap();
    for (number, entry) in written(&text).iter().enumerate() {
        let places: Vec<Option<usize>> = entry
            .fields
            .iter()
            .map(|(name, _)| order.iter().position(|known| known == name))
            .collect();
        assert!(
            places.iter().all(Option::is_some) && places.windows(2).all(|pair| pair[0] < pair[1]),
            "{}: unknown, doubled or misplaced field",
            entry.key
        );
        if number > 0 {
            again.push('\n');
        }
        writeln!(again, "@{}{{{},", entry.kind, entry.key).unwrap();
        for (name, value) in &entry.fields {
            writeln!(again, "  {name:width$} = {{{value}}},").unwrap();
        }
        again.push_str("}\n");
    }
    let first = again.lines().zip(text.lines()).enumerate().find(|(_, (tidy, line))| tidy != line);
    assert_eq!(first, None, "first line that is not tidy (counted from 0)");
    assert_eq!(again.len(), text.len());
}

#[test]
fn values_are_safe_for_tex_and_their_braces_match() {
    let text = library();
    let mut wrong = Vec::new();
    for entry in written(&text) {
        for (name, value) in &entry.fields {
            let mut depth = 0_i32;
            let mut before = ' ';
            let mut bare = false;
            for c in value.chars() {
                depth += i32::from(c == '{') - i32::from(c == '}');
                bare |= depth < 0 || ("&%#_$".contains(c) && before != '\\');
                before = c;
            }
            let untidy = value.trim() != *value || value.contains("  ");
            if depth != 0 || untidy || (bare && !VERBATIM.contains(name)) {
                wrong.push(format!("{}: {name} = {value}", entry.key));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn relations_lead_to_entries_that_are_there() {
    let text = library();
    let entries = written(&text);
    let keys: BTreeSet<&str> = entries.iter().map(|it| it.key).collect();
    let mut found = 0;
    for entry in &entries {
        for name in ["crossref", "xref", "related"] {
            for key in entry.field(name).into_iter().flat_map(|it| it.split(',')).map(str::trim) {
                assert!(keys.contains(key), "{}: {name} leads to {key}", entry.key);
                assert_ne!(key, entry.key, "{name} leads back to itself");
                found += 1;
            }
        }
    }
    assert!(found > 20, "{found} relations");
}

#[test]
fn fields_of_the_overview_say_what_they_may() {
    let text = library();
    let order: BTreeSet<&str> = ORDER.split_whitespace().collect();
    for entry in written(&text) {
        let key = entry.key;
        for name in entry.field("unverified").into_iter().flat_map(|it| it.split(", ")) {
            assert!(order.contains(name), "{key}: unverified names {name}");
        }
        if let Some(status) = entry.field("status") {
            let word = status.split(':').next().unwrap();
            assert!(["included", "borderline", "excluded"].contains(&word), "{key}: {status}");
        }
        for name in ["fulltext", "summary"] {
            let link = entry.field(name).unwrap_or("https://");
            assert!(link.starts_with("http") && !link.contains(' '), "{key}: {name} {link}");
        }
        let seen = entry.field("provenance").unwrap_or_default();
        assert!(seen.split(" ; ").all(|it| !it.trim().is_empty()), "{key}: provenance");
    }
}

/// The library is the source from now on: what a fact says may have been corrected since, but no
/// work may have gone.
#[test]
fn every_work_the_library_was_made_from_is_in_it() {
    let Some(facts) = facts() else { return };
    let text = library();
    let keys: Vec<&str> = written(&text).iter().map(|it| it.key).collect();
    let lost: Vec<&str> = facts
        .iter()
        .filter_map(|fact| fact["key"].as_str())
        .filter(|key| !keys.contains(key))
        .collect();
    assert!(!facts.is_empty() && lost.is_empty(), "{lost:?}");
}

#[test]
fn the_thesaurus_is_read_and_its_concepts_point_to_each_other() {
    let text = fs::read_to_string(root().join("data/thesaurus.toml")).unwrap();
    let concepts: toml::Table = toml::from_str(&text).expect("thesaurus.toml is TOML");
    assert!(concepts.len() >= 33, "{} concepts", concepts.len());
    for (id, concept) in &concepts {
        let concept = concept.as_table().unwrap();
        assert!(concept["gloss"].as_str().is_some_and(|it| !it.is_empty()), "{id}: gloss");
        let expand = concept["expand"].as_str().unwrap();
        assert!(["full", "weak", "none", "exclude"].contains(&expand), "{id}: {expand}");
        for relation in ["broader", "narrower", "related"] {
            for other in listed(concept, relation) {
                let there = concepts.get(other).and_then(toml::Value::as_table);
                let there = there.unwrap_or_else(|| panic!("{id}: {relation} leads to {other}"));
                assert_ne!(other, id, "{relation} leads back to itself");
                let back = match relation {
                    "broader" => "narrower",
                    "narrower" => "broader",
                    _ => continue,
                };
                assert!(listed(there, back).contains(&id.as_str()), "{other}: {back} lacks {id}");
            }
        }
        assert!(!listed(concept, "nb").is_empty(), "{id}: no label in bokmål");
        let unseen = concept.get("unseen").and_then(toml::Value::as_table);
        for (language, labels) in unseen.into_iter().flatten() {
            let known = listed(concept, language);
            for label in labels.as_array().unwrap() {
                assert!(known.contains(&label.as_str().unwrap()), "{id}: unseen {label}");
            }
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn library() -> String {
    fs::read_to_string(root().join("data/selvhjelp.bib")).expect("data/selvhjelp.bib")
}

/// The facts the library was made from, one a line, where they are.
fn facts() -> Option<Vec<Value>> {
    let text = fs::read_to_string(crate::support::desk::shared("domain/entries.jsonl")?).unwrap();
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// Type and key of an entry's first line.
fn head(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix('@')?.strip_suffix(',')?.split_once('{')
}

/// The entries as the lines of the file say them; a line of another shape is an error.
fn written(text: &str) -> Vec<Written<'_>> {
    let mut entries: Vec<Written> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if let Some((kind, key)) = head(line) {
            entries.push(Written { kind, key, fields: Vec::new() });
        } else if let Some((name, rest)) = line.split_once(" = {") {
            let value = rest.strip_suffix("},");
            let value = value.unwrap_or_else(|| panic!("line {}: {line}", number + 1));
            entries.last_mut().expect("an entry").fields.push((name.trim(), value));
        } else {
            assert!(line.is_empty() || line == "}", "line {}: {line}", number + 1);
        }
    }
    entries
}

fn listed<'a>(concept: &'a toml::Table, name: &str) -> Vec<&'a str> {
    let list = concept.get(name).and_then(toml::Value::as_array);
    list.into_iter().flatten().filter_map(toml::Value::as_str).collect()
}
