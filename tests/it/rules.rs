//! The rules: each finds what its example shows, mends it, and is written down.

use crate::support::desk::{Desk, root, shared};
use kilde::check::links::Answer;
use kilde::check::{self, Facts, Finding, RULES, Settings, Severity};
use kilde::model::Library;
use kilde::text::edit::apply;
use kilde::text::said::{self, Language, Said};
use std::fmt::Write as _;

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
    let library = library(text);
    check::check(&library, &all(), &facts(&library))
}

/// A day, hosts that answer as their names say, and the keys of the pattern.
fn facts(library: &Library) -> Facts {
    let (_, pattern) = kilde::session::keys::pattern(None, &toml::Table::new()).unwrap();
    let answers = [
        ("dead", Answer::Dead("404".into())),
        ("failing", Answer::Failing("500".into())),
        ("front", Answer::Front("https://front.example/".into())),
        ("locked", Answer::Locked("https://locked.example/login".into())),
        ("moved", Answer::Moved("https://new.example/b".into())),
    ];
    let links = answers.map(|(host, answer)| (format!("https://{host}.example/a"), answer));
    Facts {
        today: Some(TODAY),
        links: links.into(),
        keys: kilde::session::keys::expected(library, &pattern),
    }
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
    let findings = check::check(&library, &Settings::default(), &Facts::from(Some(TODAY)));
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
    let findings = check::check(&library, &Settings::default(), &Facts::from(Some(TODAY)));
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

/// Files of other projects, the small ones: nothing panics, no fix loses an entry, and fixing what
/// was fixed changes nothing. (The large ones take too long without optimisation; they were tried
/// with it.)
#[test]
fn fixing_twice_is_fixing_once_on_the_files_of_others() {
    let Some(zoo) = shared("zoo") else { return };
    const LARGEST: u64 = 12_000;
    let mut folders = vec![zoo];
    let mut wrong = Vec::new();
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let is_bib = path.extension().is_some_and(|it| it == "bib");
            if !is_bib || std::fs::metadata(&path).unwrap().len() > LARGEST {
                continue;
            }
            count += 1;
            let bytes: std::sync::Arc<[u8]> = std::fs::read(&path).unwrap().into();
            let library = Library::new(vec![(path.clone(), bytes)]);
            let fix = |library: &Library| {
                check::fixed(library, &all(), &facts(library), check::Safety::Unsafe, &[])
            };
            let Some((_, fixed)) = fix(&library).changed.into_iter().next() else { continue };
            let again = Library::new(vec![(path.clone(), fixed)]);
            if again.entries.len() != library.entries.len() {
                wrong.push(format!("{}: lost an entry", path.display()));
            }
            if !fix(&again).changed.is_empty() {
                wrong.push(format!("{}: changes again", path.display()));
            }
        }
    }
    assert!(count > 100, "{count} files");
    assert_eq!(wrong.join("\n"), "");
}

/// `docs/rules.md` is made from the rules. To write it anew:
/// `KILDE_WRITE_DOCS=1 cargo test --test it rules`.
#[test]
fn the_page_of_rules_is_the_rules() {
    let path = root().join("docs/rules.md");
    let page = page();
    if std::env::var_os("KILDE_WRITE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/rules.md is not what the rules say; see the test on how");
}

const INTRODUCTION: &str = "# Rules

`kilde check` holds a library against these rules and says what is so, where, and what to do. It
ends with 1 when there is something to say. This page is made from the rules themselves
(`src/check/rules/`, a file each).

- `--fix` mends what is marked **safe**: the meaning stays the same. `--fix --unsafe` mends the rest
  that can be mended: look at the result. `--diff` shows what either would do and writes nothing.
  Fixes are edits of a few bytes; everything else in the file stays as it is, and `kilde undo` takes
  them back.
- `--format text|json|github|sarif`, `--level info|warning|error`, `--rules` lists the rules as they
  stand in this library.
- A library sets its rules in `data/kilde.toml`:

  ```toml
  [check]
  off = [\"braces-doubled\"]
  info = [\"language-missing\"]
  error = [\"doi-form\"]
  ```

- A file allows what it means to do, where LaTeX does not see it: in the text before an entry,
  `% kilde: allow title-shouted`; in an entry, the field `allow = {title-shouted}`; for a whole file,
  `% kilde: allow-file title-shouted`. Several rules stand with commas between them; `all` is every
  rule.

What the parser did not understand is told in the same way; these findings begin with `bib-` and
cannot be turned off.

";

fn page() -> String {
    let mut out = INTRODUCTION.to_owned();
    let words = |id: &'static str| said::words(&Said::new(id), Language::En);
    out.push_str("| Rule | | Fix | Says |\n|---|---|---|---|\n");
    let fix = |rule: &check::Rule| match rule.fix {
        Some(check::Safety::Safe) => "safe",
        Some(check::Safety::Unsafe) => "unsafe",
        None => "",
    };
    for rule in RULES {
        let severity = rule.severity.map_or("off", Severity::name);
        let said = words(rule.said).replace('|', "\\|");
        writeln!(out, "| [{0}](#{0}) | {severity} | {1} | {said} |", rule.id, fix(rule)).unwrap();
    }
    for rule in RULES {
        writeln!(out, "\n## {}\n\n{}; {}.\n", rule.id, words(rule.said), words(rule.help)).unwrap();
        writeln!(out, "```bibtex\n{}\n```", rule.example.replace('\u{200b}', "\\u{200b}")).unwrap();
        if let Some(mended) = rule.mended {
            writeln!(out, "\nFixed ({}):\n\n```bibtex\n{mended}\n```", fix(rule)).unwrap();
        }
    }
    out
}

#[test]
fn what_check_tells_after_mending_is_what_it_tells_the_next_time() {
    let desk =
        Desk::with_bib("@article{a, title={T}, pages={1-2}, doi={https://doi.org/10.1000/x}}\n");
    let mended = desk.line("check --fix");
    let next = desk.line("check");
    assert!(mended.err.contains("fixed"), "{mended:?}");
    assert_eq!((mended.out, mended.code), (next.out, next.code));
}
