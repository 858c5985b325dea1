//! Others write too: a second of us, an editor, git, a program that syncs folders.

use crate::desk::Desk;
use crate::report::Row;
use kilde::bibtex::{self, change, encoding::Encoding, habits::Habits};
use kilde::store::journal::{Kind, Note};
use kilde::store::save::{self, Job};
use kilde::store::state::State;
use kilde::world::watch;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// F9: two processes change one file 200 times each, at the same time.
pub fn two_writers() -> Row {
    let each = 200;
    let mut row = Row::new("changes of one file by two processes", 2 * each);
    let desk = Desk::with(b"@misc{k,\n  a = {0},\n  b = {0},\n}\n\n@misc{l}\n");
    let failed = std::sync::Mutex::new(Vec::new());
    let start = Instant::now();
    std::thread::scope(|scope| {
        for name in ["a", "b"] {
            let (desk, failed) = (&desk, &failed);
            scope.spawn(move || {
                for n in 1..=each {
                    let value = format!("{name}={n}");
                    // Every fifth change is a new entry: none of these may be missing.
                    let entry = format!("@misc{{{name}{n}}}");
                    let set = ["set", "k", value.as_str()];
                    let add = ["add", entry.as_str()];
                    let (fine, told) = desk.kilde(if n % 5 == 0 { &add } else { &set });
                    if !fine {
                        failed.lock().unwrap().push(format!("{value}: {told}"));
                    }
                }
            });
        }
    });
    row.tried(2 * each);
    row.add(failed.into_inner().unwrap());
    let text = String::from_utf8_lossy(&desk.bib()).into_owned();
    for name in ["a", "b"] {
        let last = format!("{name} = {{{}}}", each - 1);
        row.must(text.contains(&last), || format!("{last} is lost"));
        for n in (5..=each).step_by(5) {
            let entry = format!("@misc{{{name}{n}}}");
            row.must(text.contains(&entry), || format!("{entry} is lost"));
        }
    }
    row.must(blind_writers_lose(), || "blind writers were not caught".to_owned());
    let records = journal_lines(&desk);
    row.must(records == 2 * each, || format!("the journal has {records} changes"));
    println!("     two writers: {} ms", start.elapsed().as_millis());
    row
}

/// Two that read, change and rename without a look at each other lose entries.
fn blind_writers_lose() -> bool {
    let desk = Desk::with(b"");
    let line = |name: &str| {
        format!(
            "i=0; while [ $i -lt 80 ]; do cat refs.bib > {name}.new; echo \"@misc{{{name}$i}}\" >> {name}.new; mv {name}.new refs.bib; i=$((i+1)); done"
        )
    };
    std::thread::scope(|scope| {
        scope.spawn(|| desk.sh(&line("a")));
        scope.spawn(|| desk.sh(&line("b")));
    });
    String::from_utf8_lossy(&desk.bib()).matches("@misc").count() < 160
}

fn journal_lines(desk: &Desk) -> usize {
    let folders = std::fs::read_dir(desk.state().join("files")).into_iter().flatten().flatten();
    folders
        .filter_map(|it| std::fs::read_to_string(it.path().join("journal.jsonl")).ok())
        .map(|text| text.matches("\"hunks\"").count())
        .sum()
}

/// What others do to a file while it is open here: a shell line, whether our change of another
/// field can still be saved, and what must be in the file then.
const DONE: [(&str, &str, bool, &str); 12] = [
    ("an editor that puts a new file in its place", "sed -i 's/{n}/{o}/' refs.bib", true, "{o}"),
    (
        "an editor that writes in place",
        "sed 's/{n}/{o}/' refs.bib > other2; cat other2 > refs.bib; rm other2",
        true,
        "{o}",
    ),
    (
        "an editor that moves the old file away",
        "mv refs.bib refs.bib~; sed 's/{n}/{o}/' refs.bib~ > refs.bib; rm refs.bib~",
        true,
        "{o}",
    ),
    ("an entry more at the end", "echo '@misc{c}' >> refs.bib", true, "@misc{c}"),
    (
        "an entry more at the beginning",
        "printf '@misc{c}\\n' | cat - refs.bib > x; mv x refs.bib",
        true,
        "@misc{c}",
    ),
    ("an entry less", "head -n 5 refs.bib > x; mv x refs.bib", true, "@book{a"),
    ("the same value", "sed -i 's/{1}/{3}/' refs.bib", false, "{3}"),
    (
        "git checkout",
        "git init -q . && git add refs.bib && git -c user.name=x -c user.email=x@x commit -qm x && sed -i 's/{n}/{o}/' refs.bib && git -c user.name=x -c user.email=x@x commit -qam y && git checkout -q HEAD^ && git checkout -q -",
        true,
        "{o}",
    ),
    ("a conflicted copy beside it", "cp refs.bib 'refs (conflicted copy).bib'", true, "{n}"),
    ("deleted", "rm refs.bib", false, ""),
    ("a folder in its place", "rm refs.bib; mkdir refs.bib", false, ""),
    ("only touched", "touch refs.bib", true, "{n}"),
];

/// F11: what another program does is noticed before we write, and soon when we do nothing.
pub fn outside() -> Row {
    let mut row = Row::new("changes by others while the file is open", 24);
    for (what, line, can_save, kept) in DONE {
        before_our_write(&mut row, what, line, can_save, kept);
        if what != "a conflicted copy beside it" {
            while_idle(&mut row, what, line);
        } else {
            row.tried(1);
        }
    }
    row
}

fn before_our_write(row: &mut Row, what: &str, line: &str, can_save: bool, kept: &str) {
    let desk = Desk::new();
    let path = desk.at("refs.bib");
    let base = desk.bib();
    let file = bibtex::parse(&base);
    let entry = file.entries().next().unwrap().1;
    let edits = change::set(&base, entry, &Habits::of(&base, &file), "year", "2").unwrap();
    desk.sh(line);
    let theirs = desk.bib();
    let note = Note {
        kind: Kind::Change,
        of: None,
        what: "edit.did-set".to_owned(),
        args: BTreeMap::new(),
        keys: vec!["a".to_owned()],
    };
    let job = Job { path: &path, base: &base, file: &file, encoding: Encoding::Utf8, edits };
    let saved = save::save(Some(&State::new(desk.state())), &[job], &note);
    let text = String::from_utf8_lossy(&desk.bib()).into_owned();
    row.tried(1);
    row.must(saved.is_ok() == can_save, || format!("{what}: {saved:?}"));
    if can_save {
        row.must(text.contains("{2}") && text.contains(kept), || format!("{what}: lost in {text}"));
    } else {
        row.must(desk.bib() == theirs, || format!("{what}: it was overwritten"));
    }
}

fn while_idle(row: &mut Row, what: &str, line: &str) {
    let desk = Desk::new();
    let (seen, noticed) = std::sync::mpsc::channel();
    let Some(_watch) = watch::files(&[desk.at("refs.bib")], move || {
        let _nobody_listens = seen.send(());
    }) else {
        row.skip("the system cannot watch files here");
        return;
    };
    let start = Instant::now();
    desk.sh(line);
    row.tried(1);
    let soon = noticed.recv_timeout(Duration::from_secs(3)).is_ok();
    row.must(soon, || format!("{what}: not noticed within {} ms", start.elapsed().as_millis()));
}
