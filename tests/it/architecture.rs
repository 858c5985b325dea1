//! Holds the code to the layers that `ARCHITECTURE.md` draws.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// From the bottom up: a module may use itself and the rows above its own, never its neighbours.
const LAYERS: &[&[&str]] = &[
    &["text"],
    &["bibtex"],
    &["model"],
    &["check", "cite", "compare", "exchange", "key_pattern", "overview", "query", "settings"],
    &["session"],
    // Above this line the world begins: disk, clock, threads.
    &["index", "store"],
    &["world"],
    &["cli", "tui"],
];

/// How many layers are pure.
const PURE: usize = 5;

/// What a pure layer has no business naming.
const IMPURE: &[&str] = &[
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread::spawn",
    "Instant::now",
    "SystemTime::now",
    "println!",
];

/// Each large dependency has one home (or, where it says so, more).
const HOMES: &[(&str, &[&str])] = &[
    ("biblatex", &["check"]),
    ("clap", &["cli"]),
    ("compact_str", &["cite"]),
    ("crossterm", &["tui"]),
    ("csv", &["exchange"]),
    ("encoding_rs", &["bibtex", "exchange"]),
    ("frostem", &["index"]),
    ("icu_collator", &["text", "cite"]),
    ("mimalloc", &["main"]),
    ("minijinja", &["overview"]),
    ("notify", &["world"]),
    ("oxjsonld", &["exchange"]),
    ("oxrdf", &["exchange"]),
    ("oxttl", &["exchange"]),
    ("quick_xml", &["cite", "exchange"]),
    ("ratatui", &["tui"]),
    ("serde_saphyr", &["exchange"]),
    ("sha2", &["overview"]),
    ("regex", &["index", "key_pattern"]),
    ("rustix", &["index", "store", "world", "cli", "tui"]),
    ("signal_hook", &["tui", "world"]),
    ("strsim", &["compare"]),
    ("tantivy", &["index"]),
    ("toml_edit", &["session"]),
    ("ureq", &["world"]),
    ("zip", &["exchange", "cite"]),
];

/// The longest a source file may be, tests included.
const MAX_LINES: usize = 400;

/// Files that hold one idea and are longer all the same, each with its reason.
const LONGER: &[(&str, &str)] = &[];

#[test]
fn modules_use_only_the_layers_below() {
    let wrong = lines(|module, line| {
        roots(line)
            .any(|used| used != module && layer(used).is_none_or(|it| layer(module) <= Some(it)))
    });
    assert_eq!(wrong, "");
}

#[test]
fn the_layer_rule_refuses_wrong_code() {
    for wrong in [
        "use crate::tui::State;",
        "use crate::{bibtex, tui};",
        "use super::super::tui::State;",
        "use crate::text::x; use crate::bibtex::File;",
    ] {
        assert!(
            roots(wrong).any(
                |used| used != "text" && layer(used).is_none_or(|it| layer("text") <= Some(it))
            ),
            "{wrong}"
        );
    }
    assert!(roots("use crate::text::edit;").all(|used| used == "text"));
    assert!(names_crate("use ratatui::Frame;", "ratatui"));
}

#[test]
fn pure_layers_do_not_touch_the_world() {
    let wrong = lines(|module, line| {
        layer(module).is_some_and(|layer| layer < PURE)
            && IMPURE.iter().any(|name| line.contains(name))
    });
    assert_eq!(wrong, "");
}

#[test]
fn dependencies_stay_at_home() {
    let wrong = lines(|module, line| {
        HOMES.iter().any(|(name, homes)| !homes.contains(&module) && names_crate(line, name))
    });
    assert_eq!(wrong, "");
}

#[test]
fn every_module_has_a_layer() {
    let lost: Vec<String> =
        sources().iter().map(|file| module_of(file)).filter(|m| layer(m).is_none()).collect();
    assert_eq!(lost, ["lib", "main"]);
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|file| !LONGER.iter().any(|(name, _)| file.ends_with(name)))
        .map(|file| (fs::read_to_string(&file).unwrap().lines().count(), file))
        .filter(|(lines, _)| *lines > MAX_LINES)
        .map(|(lines, file)| format!("{lines} {}", file.display()))
        .collect();
    assert_eq!(long.join("\n"), "");
}

#[test]
fn every_test_file_is_a_module_of_the_test_program() {
    let main = fs::read_to_string(root().join("tests/it/main.rs")).unwrap();
    let lost: Vec<String> = fs::read_dir(root().join("tests/it"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "rs"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "main" && !main.contains(&format!("mod {name};")))
        .collect();
    assert!(lost.is_empty(), "{lost:?}");
}

/// The lines of code that `is_wrong`, as `file:line: code`.
fn lines(is_wrong: impl Fn(&str, &str) -> bool) -> String {
    let mut wrong = String::new();
    for file in sources() {
        let (module, text) = (module_of(&file), fs::read_to_string(&file).unwrap());
        for (number, line) in (1..).zip(text.lines()) {
            if !line.trim_start().starts_with("//")
                && layer(&module).is_some()
                && is_wrong(&module, line)
            {
                writeln!(wrong, "{}:{number}: {}", file.display(), line.trim()).unwrap();
            }
        }
    }
    wrong
}

/// The top-level modules that `line` names; `crate::{` names none, and so is refused.
fn roots(line: &str) -> impl Iterator<Item = &str> {
    let inside = line.split("crate::").skip(1).map(first_word);
    let above = line.split("super::").skip(1).map(first_word).filter(|word| layer(word).is_some());
    // A module of ours may be called like a top-level one (`exchange::model`): only paths of two
    // steps up or more can leave the module.
    let above = above.filter(move |_| line.contains("super::super::"));
    inside.chain(above)
}

/// Whether `line` names the crate `name`, and not a module of ours that is called the same.
fn names_crate(line: &str, name: &str) -> bool {
    let mut before: Vec<&str> = line.split(&format!("{name}::")).collect();
    before.pop();
    before.iter().any(|it| !it.ends_with(|c: char| c == ':' || c == '_' || c.is_alphanumeric()))
}

fn first_word(path: &str) -> &str {
    path.split(|c: char| c != '_' && !c.is_alphanumeric()).next().unwrap_or_default()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// `src/tui/view.rs` → `tui`, `src/lib.rs` → `lib`.
fn module_of(file: &Path) -> String {
    let inside = file.strip_prefix(root().join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_code = path.extension().is_some_and(|it| it == "rs");
            if path.is_dir() {
                folders.push(path);
            } else if is_code {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
