//! Random histories in real git repositories with the merge driver installed: nothing is lost.

use crate::faults::Dice;
use crate::support::desk::Desk;
use kilde::bibtex;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

struct Repository {
    desk: Desk,
}

impl Repository {
    fn new(bib: &str) -> Self {
        let it = Self { desk: Desk::with_bib(bib) };
        it.git(&["init", "-q", "-b", "main"]);
        assert_eq!(it.desk.run(&["git", "install"]).code, 0);
        it.git(&["add", "-A", "."]);
        it.git(&["commit", "-qm", "start"]);
        it
    }

    fn try_git(&self, arguments: &[&str]) -> (bool, String) {
        let output = Command::new("git")
            .args([
                "-c",
                "user.name=T",
                "-c",
                "user.email=t@example.com",
                "-c",
                "commit.gpgsign=false",
            ])
            .args(arguments)
            .current_dir(self.desk.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.desk.path().join("home"))
            .env("GIT_EDITOR", "true")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&text).into_owned())
    }

    fn git(&self, arguments: &[&str]) -> String {
        let (fine, text) = self.try_git(arguments);
        assert!(fine, "git {arguments:?}: {text}");
        text
    }

    fn commit(&self, bib: &str) {
        self.desk.file("refs.bib", bib.as_bytes());
        self.git(&["commit", "-qam", "change", "--allow-empty"]);
    }
}

fn has_git() -> bool {
    let found = Command::new("git").arg("--version").output().is_ok_and(|it| it.status.success());
    if !found {
        println!("skipped: git is not installed");
    }
    found
}

/// A small library as keys with fields.
type Bib = BTreeMap<String, BTreeMap<&'static str, String>>;

fn written(bib: &Bib) -> String {
    let mut out = String::from("% ours\n");
    for (key, fields) in bib {
        out.push_str(&format!("@book{{{key},\n"));
        for (name, value) in fields {
            out.push_str(&format!("  {name} = {{{value}}},\n"));
        }
        out.push_str("}\n\n");
    }
    out
}

/// Changes, adds or takes away something; every value ever written is one of a kind.
fn change(bib: &mut Bib, dice: &mut Dice, n: &mut usize) {
    *n += 1;
    let keys: Vec<String> = bib.keys().cloned().collect();
    let fields = ["title", "year", "note", "publisher"];
    match dice.below(6) {
        0 => {
            let title = BTreeMap::from([("title", format!("new {n}"))]);
            bib.insert(format!("k{n}"), title);
        }
        1 if keys.len() > 2 => {
            bib.remove(&keys[dice.below(keys.len())]);
        }
        _ => {
            let entry = bib.get_mut(&keys[dice.below(keys.len())]).unwrap();
            entry.insert(fields[dice.below(4)], format!("v{n}"));
        }
    }
}

fn values(text: &str) -> BTreeSet<String> {
    let file = bibtex::parse(text.as_bytes());
    file.entries()
        .flat_map(|(_, entry)| &entry.fields)
        .map(|field| text[field.value.start + 1..field.value.end - 1].to_owned())
        .collect()
}

#[test]
fn histories_of_two_branches_lose_nothing() {
    if !has_git() {
        return;
    }
    let histories = if std::env::var_os("KILDE_LONG").is_some() { 200 } else { 12 };
    let mut dice = Dice(0xD1B5_4A32_D192_ED03);
    let mut n = 0;
    for history in 0..histories {
        let mut base = Bib::new();
        for key in ["a", "b", "c", "d"] {
            let fields = [("title", format!("T{key}")), ("year", format!("19{key}"))];
            base.insert(key.to_owned(), fields.into());
        }
        let repository = Repository::new(&written(&base));
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        repository.git(&["checkout", "-qb", "other"]);
        for _ in 0..=dice.below(3) {
            change(&mut theirs, &mut dice, &mut n);
            repository.commit(&written(&theirs));
        }
        repository.git(&["checkout", "-q", "main"]);
        for _ in 0..=dice.below(3) {
            change(&mut ours, &mut dice, &mut n);
            repository.commit(&written(&ours));
        }
        let how: &[&str] = match history % 3 {
            0 => &["merge", "-q", "--no-edit", "other"],
            1 => &["rebase", "-q", "other"],
            _ => &["cherry-pick", "main..other"],
        };
        let (mut fine, mut told) = repository.try_git(how);
        let mut rounds = 0;
        while !fine {
            // A conflict: what stands is taken as it is, as a person would who agrees with it.
            rounds += 1;
            assert!(rounds < 20, "{told}");
            repository.git(&["add", "-A", "."]);
            let go_on: &[&str] = match history % 3 {
                0 => &["commit", "-qm", "merged"],
                1 => &["rebase", "--continue"],
                _ => &["cherry-pick", "--continue"],
            };
            (fine, told) = repository.try_git(go_on);
            if !fine && told.contains("empty") {
                let skip = if history % 3 == 1 { "rebase" } else { "cherry-pick" };
                (fine, told) = repository.try_git(&[skip, "--skip"]);
            }
        }
        let merged = repository.desk.read("refs.bib");
        let file = bibtex::parse(merged.as_bytes());
        assert!(file.problems.is_empty(), "{merged}");
        assert!(!merged.contains("<<<<<<<"), "{merged}");
        // Each value that a side ended with and began without is there or in a conflict's record.
        let (b, found) = (values(&written(&base)), values(&merged));
        for value in values(&written(&ours)).union(&values(&written(&theirs))) {
            let kept = found.contains(value) || merged.contains(&format!("{{{value}}}"));
            assert!(b.contains(value) || kept, "{how:?}: {value} is lost in\n{merged}");
        }
        // Entries that nobody took away are there.
        for key in base.keys().filter(|key| ours.contains_key(*key) && theirs.contains_key(*key)) {
            assert!(
                merged.contains(&format!("@book{{{key},")),
                "{how:?}: {key} is lost in\n{merged}"
            );
        }
    }
}

#[test]
fn a_file_that_cannot_be_read_is_merged_by_lines() {
    if !has_git() {
        return;
    }
    let desk = Desk::new();
    desk.file("base", b"@misc{a, x = {1}}\n");
    desk.file("ours", b"@misc{a, x = {2}}\n");
    desk.file("theirs", b"@misc{a, x = {3\n");
    let done = desk.run(&["git", "merge", "base", "ours", "theirs"]);
    assert_eq!(done.code, 1, "{}", done.err);
    assert!(desk.read("ours").contains("<<<<<<<"));
}

#[test]
fn what_both_wrote_and_cannot_be_read_together_is_merged_by_lines() {
    if !has_git() {
        return;
    }
    let desk = Desk::new();
    let base = desk.file("base", b"@misc{a}\n\n@misc{b}\n");
    let ours = desk.file("ours", b"@misc{a}\n\n@misc{b}\n@\n");
    let theirs = desk.file("theirs", b"@misc{a}\n\n@misc{b}\nstring{s = \"{\n");
    let done = kilde::world::git::merge_files(&base, &ours, &theirs).unwrap();
    let text = desk.read("ours");
    let read = kilde::bibtex::parse(text.as_bytes());
    let by_lines = done == kilde::world::git::Merged::ByLines;
    assert!(by_lines || !read.problems.iter().any(|it| it.what.breaks()), "{done:?} {text}");
    assert!(text.contains("@\n") && text.contains("string{s"), "{text}");
}

#[test]
fn installing_twice_changes_nothing_more() {
    if !has_git() {
        return;
    }
    let repository = Repository::new("@misc{a}\n");
    let before = repository.desk.read(".gitattributes");
    assert_eq!(repository.desk.run(&["git", "install"]).code, 0);
    assert_eq!(repository.desk.read(".gitattributes"), before);
    assert_eq!(before, "*.bib merge=kilde diff=kilde\n");
}
