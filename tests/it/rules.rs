//! The rules: each finds what its example shows, mends it, and is written down.

use crate::support::desk::{root, shared};
use kilde::check::{self, Finding, RULES, Settings, Severity};
use kilde::model::Library;
use kilde::text::edit::apply;

const TODAY: check::Day = (2026, 1, 15);

fn library(text: &str) -> Library {
    Library::new(vec![("a.bib".into(), text.as_bytes().into())])
}

/// Every rule on, those that are off by themselves too.
fn all() -> Settings {
    let off: Vec<&str> =
        RULES.iter().filter(|rule| rule.severity.is_none()).map(|rule| rule.id).collect();
    let table = toml::Table::from_iter([("info".to_owned(), toml::Value::from(off))]);
    Settings::read(&table).0
}

fn found(text: &str) -> Vec<Finding> {
    check::check(&library(text), &all(), Some(TODAY))
}

#[test]
fn every_rule_finds_its_example() {
    let lost: Vec<&str> = RULES
        .iter()
        .filter(|rule| !found(rule.example).iter().any(|finding| finding.id == rule.id))
        .map(|rule| rule.id)
        .collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn every_fix_mends_its_example_and_then_finds_nothing() {
    for rule in RULES {
        let Some(mended) = rule.mended else {
            let fixes =
                found(rule.example).iter().any(|it| it.id == rule.id && it.safety.is_some());
            assert!(!fixes, "{} fixes but shows no outcome", rule.id);
            continue;
        };
        let finding = found(rule.example).into_iter().find(|it| it.id == rule.id).unwrap();
        assert_eq!(finding.safety, rule.fix, "{}", rule.id);
        let after = apply(rule.example.as_bytes(), &finding.edits).unwrap();
        assert_eq!(String::from_utf8(after).unwrap(), mended, "{}", rule.id);
        assert!(!found(mended).iter().any(|it| it.id == rule.id), "{} finds its outcome", rule.id);
    }
}

#[test]
fn a_comment_before_an_entry_allows_a_rule_and_only_there() {
    let text = "% kilde: allow title-stop\n@misc{a, title = {One two three four.}, date=2001}\n@misc{b, title = {One two three four.}, date=2001}";
    let keys: Vec<String> =
        found(text).into_iter().filter(|it| it.id == "title-stop").map(|it| it.key).collect();
    assert_eq!(keys, ["b"]);
}

#[test]
fn a_field_and_a_whole_file_can_allow_a_rule() {
    let count = |text: &str| found(text).iter().filter(|it| it.id == "title-stop").count();
    let entry = "@misc{a, title = {One two three four.}, date=2001";
    assert_eq!(count(&format!("{entry}}}")), 1);
    assert_eq!(count(&format!("{entry}, allow = {{title-stop}}}}")), 0);
    assert_eq!(count(&format!("% kilde: allow-file title-stop\n\n@misc{{x}}\n{entry}}}")), 0);
}

#[test]
fn what_the_parser_did_not_understand_is_among_the_findings() {
    let findings = found("@misc{a, title = {T}\n\n@misc{b, title = {U}}");
    assert_eq!(findings[0].id, "bib-unclosed-entry");
    assert_eq!(findings[0].severity, Severity::Error);
}

/// What the makers of the overview noted as incomplete is found, and nothing is called wrong that
/// they had seen to be right.
#[test]
fn the_overview_is_found_as_incomplete_as_it_is() {
    let path = root().join("data/selvhjelp.bib");
    let library = library(&std::fs::read_to_string(path).unwrap());
    let findings = check::check(&library, &Settings::default(), Some(TODAY));
    let told: std::collections::BTreeSet<&str> = findings
        .iter()
        .filter(|it| it.severity > Severity::Info || it.id == "unverified")
        .map(|it| it.key.as_str())
        .collect();
    for entry in &library.entries {
        if entry.has("unverified") {
            assert!(told.contains(entry.key.as_str()), "{} is not told", entry.key);
        }
    }
    // The rest that is graver than a remark, one by one: a paper "submitted" in 2011, and the address
    // with a blank that the Storting once had.
    let rest: Vec<String> = findings
        .iter()
        .filter(|it| {
            it.severity > Severity::Info && !matches!(it.id, "required-missing" | "placeholder")
        })
        .map(|it| format!("{} {}", it.key, it.id))
        .collect();
    assert_eq!(rest, ["hedlund2011empowerment pubstate-overdue", "interpellasjon2007 url-form"]);
    // A report with the number 2013:107 that is dated 2014 is right, and told.
    assert!(findings.iter().any(|it| it.id == "date-against-number"));
}

/// The facts that the overview was made from say which works are incomplete: each of them is told,
/// and of the others nothing is said to be missing.
#[test]
fn the_overview_is_incomplete_where_its_makers_say_so() {
    let Some(facts) = shared("domain/entries.jsonl") else { return };
    let library = library(&std::fs::read_to_string(root().join("data/selvhjelp.bib")).unwrap());
    let findings = check::check(&library, &Settings::default(), Some(TODAY));
    let mut wrong = Vec::new();
    for line in std::fs::read_to_string(facts).unwrap().lines() {
        let fact: serde_json::Value = serde_json::from_str(line).unwrap();
        let key = fact["key"].as_str().unwrap();
        let of = |ids: &[&str]| findings.iter().any(|it| it.key == key && ids.contains(&it.id));
        let lacks = of(&["required-missing", "placeholder"]);
        let told = lacks || of(&["unverified"]);
        match fact["complete"].as_bool().unwrap() {
            false if !told => wrong.push(format!("{key}: incomplete, and not told")),
            true if lacks => wrong.push(format!("{key}: complete, and told to lack something")),
            _ => {}
        }
        let unverified = fact.get("unverified_fields").is_some();
        if unverified && !of(&["unverified"]) {
            wrong.push(format!("{key}: unverified, and not told"));
        }
    }
    assert_eq!(wrong.join("\n"), "");
}
