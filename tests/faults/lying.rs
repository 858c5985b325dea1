//! A file system that fails, and one whose locks mean nothing (FUSE).

use crate::desk::{BIB, Desk, is_root, kilde, said};
use crate::fuse::{FAULTS, Fault, Shared};
use crate::naive;
use crate::report::Row;
use kilde::bibtex::merge::{Record, merge};

/// What is done: its name, the arguments, whether the file has a second hard link, what is done
/// before.
type Writer = (&'static str, &'static [&'static str], bool, &'static [&'static str]);

const WRITERS: [Writer; 5] = [
    ("edit", &["set", "a", "year=2"], false, &[]),
    ("in place", &["set", "a", "year=2"], true, &[]),
    ("add", &["add", "@misc{c, x = {1}}"], false, &[]),
    ("undo", &["undo"], false, &["set", "a", "year=2"]),
    ("bulk edit", &["format", "--delimiters", "quotes"], false, &[]),
];

/// F7: every fault with every writer.
pub fn faults() -> Row {
    let mut row = Row::new("faults of a file system with five writers", 35);
    if !is_root() {
        row.skip("only root mounts a file system of its own");
        return row;
    }
    for writer in &WRITERS {
        let Some(new) = once(writer, Fault::None, None).and_then(|it| it.0) else {
            row.skip("FUSE cannot be used here");
            return row;
        };
        for fault in FAULTS {
            let Some((_, breaches)) = once(writer, fault, Some(&new)) else { continue };
            row.tried(1);
            row.add(breaches);
        }
    }
    let caught = [("retrying", Fault::SyncFailsOnce), ("truncate", Fault::WriteFails)];
    for (how, fault) in caught {
        row.must(is_caught(how, fault), || format!("the saver `{how}` was not caught"));
    }
    row
}

/// One writer with one fault; `new` is what it makes when all is well. Gives what it made, and what
/// was wrong with that.
fn once(
    writer: &Writer,
    fault: Fault,
    new: Option<&[u8]>,
) -> Option<(Option<Vec<u8>>, Vec<String>)> {
    let (name, arguments, in_place, before) = writer;
    let (desk, shared) = (Desk::new(), Shared::new("refs.bib", BIB.as_bytes()));
    let _mounted = shared.mount(&desk.at("disk"))?;
    if *in_place {
        std::fs::hard_link(desk.at("disk/refs.bib"), desk.at("disk/same.bib")).ok()?;
    }
    if !before.is_empty() {
        desk.kilde_on("disk/refs.bib", before);
    }
    let old = shared.disk().read("refs.bib")?.to_vec();
    let names = shared.disk().names();
    shared.disk().syncs.clear();
    shared.disk().fault = fault;
    let (saved, told) = desk.kilde_on("disk/refs.bib", arguments);
    let mut breaches = Vec::new();
    let mut breach = |what: &str| breaches.push(format!("{name}, {fault:?}: {what} [{told}]"));
    let disk = shared.disk();
    let now = disk.read("refs.bib")?.to_vec();
    let new = new.unwrap_or(&now).to_vec();
    if saved && now != new {
        breach("O2: it said that it was saved, and it is not");
    }
    if now != old && now != new && !in_place {
        breach("O1: neither the old nor the new one");
    }
    if !saved && told.is_empty() {
        breach("O3: nothing was said");
    }
    if fault == Fault::FolderSyncFails && saved && !in_place && !told.contains("did not confirm") {
        breach("that the disk did not confirm it was not said");
    }
    let failed: Vec<u64> = disk.syncs.iter().filter(|it| !it.1).map(|it| it.0).collect();
    if disk.syncs.iter().any(|(at, fine)| *fine && failed.contains(at)) && !in_place {
        breach("a sync that failed was tried again on the same file");
    }
    drop(disk);
    shared.disk().fault = Fault::None;
    let (fine, list) = desk.kilde_on("disk/refs.bib", &["list"]);
    if !fine {
        breach(&format!("the library does not open: {list}"));
    }
    let disk = shared.disk();
    let after = disk.read("refs.bib")?.to_vec();
    if after != old && after != new {
        breach("O1: after the next start neither the old nor the new one");
    }
    if disk.names() != names {
        breach(&format!("O4: left over: {:?}", disk.names()));
    }
    Some((Some(now), breaches))
}

fn is_caught(how: &str, fault: Fault) -> bool {
    let (desk, shared) = (Desk::new(), Shared::new("refs.bib", BIB.as_bytes()));
    let Some(_mounted) = shared.mount(&desk.at("disk")) else { return false };
    shared.disk().fault = fault;
    let me = naive::command(how);
    let mut command = desk.command(&me[0]);
    let output = command.args(&me[1..]).current_dir(desk.at("disk")).output().unwrap();
    let disk = shared.disk();
    let failed: Vec<u64> = disk.syncs.iter().filter(|it| !it.1).map(|it| it.0).collect();
    let retried = disk.syncs.iter().any(|(at, fine)| *fine && failed.contains(at));
    let bib = disk.read("refs.bib").unwrap_or_default();
    let torn = bib != BIB.as_bytes() && bib != naive::NEW;
    retried || torn || (output.status.success() && bib != naive::NEW)
}

/// F10: two users whose locks mean nothing, each with a home of her own, and two copies of a folder
/// that are put together again.
pub fn useless_locks() -> Row {
    let each = 60;
    let mut row = Row::new("edits of two users whose locks mean nothing", 2 * each);
    if is_root() {
        let bib = b"@misc{k,\n  a = {0},\n  b = {0},\n}\n";
        let (desk, shared) = (Desk::new(), Shared::new("refs.bib", bib));
        match shared.mount(&desk.at("disk")) {
            Some(_mounted) => {
                let done = two_users(&desk, each, kilde());
                row.add(done);
                let text =
                    String::from_utf8_lossy(shared.disk().read("refs.bib").unwrap()).into_owned();
                for name in ["a", "b"] {
                    row.tried(each);
                    row.must(text.contains(&format!("{name} = {{{each}}}")), || {
                        format!("the last edit of {name} is lost in {text}")
                    });
                    for n in (5..=each).step_by(5) {
                        row.must(text.contains(&format!("@misc{{{name}{n}}}")), || {
                            format!("the entry {name}{n} is lost")
                        });
                    }
                }
            }
            None => row.skip("FUSE cannot be used here"),
        }
    } else {
        row.skip("only root mounts a file system of its own");
    }
    row.add(copies());
    row
}

fn two_users(desk: &Desk, each: usize, program: &str) -> Vec<String> {
    let failures = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for name in ["a", "b"] {
            let failures = &failures;
            scope.spawn(move || {
                for n in 1..=each {
                    let run = |arguments: &[&str]| {
                        let mut command = desk.command(program);
                        command.env("HOME", desk.at(&format!("home/{name}")));
                        command.args(["-L", "disk/refs.bib"]).args(arguments);
                        let (fine, told) = said(&command.output().unwrap());
                        if !fine {
                            failures.lock().unwrap().push(format!("{name}{n}: {told}"));
                        }
                    };
                    run(&["set", "k", &format!("{name}={n}")]);
                    if n % 5 == 0 {
                        run(&["add", &format!("@misc{{{name}{n}}}")]);
                    }
                }
            });
        }
    });
    failures.into_inner().unwrap()
}

/// A folder copied to two machines, changed on both, put together file by file: both changes are
/// there, and where both changed one value both values are.
fn copies() -> Vec<String> {
    let (one, two) = (Desk::new(), Desk::new());
    one.kilde(&["set", "a", "year=2"]);
    one.kilde(&["add", "@misc{c, x = {1}}"]);
    two.kilde(&["set", "b", "note=m"]);
    two.kilde(&["set", "a", "year=3"]);
    let merged = merge(BIB.as_bytes(), &one.bib(), &two.bib(), Record::InText);
    let text = String::from_utf8_lossy(&merged.text).into_owned();
    let wanted = ["{2}", "{3}", "{m}", "@misc{c"];
    let lost: Vec<&&str> = wanted.iter().filter(|it| !text.contains(**it)).collect();
    let mut breaches = Vec::new();
    if !lost.is_empty() {
        breaches.push(format!("two copies put together: {lost:?} lost in {text}"));
    }
    if merged.conflicts.len() != 1 {
        breaches.push(format!("two copies put together: {} conflicts", merged.conflicts.len()));
    }
    breaches
}
