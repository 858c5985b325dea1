//! Killed before, and failed at, every system call that a change makes on files.

use crate::{BIB, Desk, kilde};
use std::collections::BTreeMap;
use std::process::Command;
use std::time::{Duration, Instant};

/// Calls that touch files; of the others a kill makes no difference to a file.
const CALLS: &str = "openat,open,creat,read,pread64,write,pwrite64,fsync,fdatasync,fallocate,ftruncate,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,fchmod,fchown,flock,close,lseek,copy_file_range,sendfile,fsetxattr,getdents64";

/// Calls whose failure means something to a save.
const FAILING: [&str; 14] = [
    "openat",
    "read",
    "write",
    "fsync",
    "fdatasync",
    "fallocate",
    "ftruncate",
    "rename",
    "renameat",
    "mkdir",
    "fchmod",
    "fchown",
    "flock",
    "copy_file_range",
];

const ERRORS: [&str; 6] = ["EIO", "ENOSPC", "EDQUOT", "EROFS", "EACCES", "EINTR"];

/// What is done: its name, the arguments, whether the file has a second hard link, what is done before.
type Operation = (&'static str, &'static [&'static str], bool, &'static [&'static [&'static str]]);

const OPERATIONS: [Operation; 7] = [
    ("set", &["set", "a", "year=2"], false, &[]),
    ("add", &["add", "@misc{c, x = {1}}"], false, &[]),
    ("rm", &["rm", "b"], false, &[]),
    ("rename", &["rename", "a", "ny", "--keep-old"], false, &[]),
    ("in place", &["set", "a", "year=2"], true, &[]),
    ("undo", &["undo"], false, &[&["set", "a", "year=2"]]),
    ("second", &["set", "a", "year=3"], false, &[&["set", "a", "year=2"]]),
];

/// How long all of it may take (`KILDE_FAULT_SECONDS`, else eight minutes); what is not reached
/// then is said.
fn patience() -> Duration {
    let asked = std::env::var("KILDE_FAULT_SECONDS").ok().and_then(|it| it.parse().ok());
    Duration::from_secs(asked.unwrap_or(480))
}

fn desk(operation: &Operation) -> Desk {
    let desk = Desk::new();
    if operation.2 {
        std::fs::hard_link(desk.path().join("refs.bib"), desk.path().join("same.bib")).unwrap();
    }
    for before in operation.3 {
        assert!(desk.kilde(before).0);
    }
    desk
}

pub fn run() -> Vec<String> {
    let (start, patience) = (Instant::now(), patience());
    let mut breaches = Vec::new();
    let (mut kills, mut errors, mut left_out) = (0, 0, 0);
    for operation in &OPERATIONS {
        let (old, new, counts) = measured(operation);
        // Those that write come first, should time run out.
        let mut calls: Vec<(&String, &usize)> = counts.iter().collect();
        calls.sort_by_key(|(call, _)| !FAILING[2..].contains(&call.as_str()));
        for (call, count) in calls {
            for nth in 1..=*count {
                if start.elapsed() > patience {
                    left_out += 1;
                    continue;
                }
                kills += 1;
                let inject = format!("{call}:signal=KILL:when={nth}");
                breaches.extend(check(operation, &inject, &old, &new));
            }
        }
        for call in FAILING {
            for nth in 1..=counts.get(call).copied().unwrap_or(0) {
                for error in ERRORS {
                    for when in [format!("{nth}"), format!("{nth}+")] {
                        // All errors at the calls that write, one at the rest.
                        if error != "EIO" && matches!(call, "openat" | "read" | "flock" | "mkdir") {
                            continue;
                        }
                        // A call that is always interrupted is tried for ever, rightly.
                        if error == "EINTR" && when.ends_with('+') {
                            continue;
                        }
                        if start.elapsed() > patience {
                            left_out += 1;
                            continue;
                        }
                        errors += 1;
                        let inject = format!("{call}:error={error}:when={when}");
                        breaches.extend(check(operation, &inject, &old, &new));
                    }
                }
            }
        }
    }
    println!("{kills} kills and {errors} errors in {} s", start.elapsed().as_secs());
    if left_out > 0 {
        println!("skipped: {left_out} more, there was no time for them");
    }
    breaches.extend(teeth());
    breaches
}

/// The file before and after, and how often each call is made.
fn measured(operation: &Operation) -> (String, String, BTreeMap<String, usize>) {
    let desk = desk(operation);
    let old = desk.bib();
    let trace = desk.path().join("trace");
    let status = desk
        .command("strace")
        .args(["-f", "-qq", "-e", &format!("trace={CALLS}"), "-o"])
        .arg(&trace)
        .arg(kilde())
        .args(["-L", "refs.bib"])
        .args(operation.1)
        .output()
        .unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    let mut counts = BTreeMap::new();
    for line in std::fs::read_to_string(trace).unwrap().lines() {
        let call = line.split_whitespace().nth(1).and_then(|word| word.split('(').next());
        if let Some(call) =
            call.filter(|call| call.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
        {
            *counts.entry(call.to_owned()).or_default() += 1;
        }
    }
    (old, desk.bib(), counts)
}

/// The call that an injection is about: strace tampers only with what it traces.
fn call(inject: &str) -> &str {
    inject.split(':').next().unwrap_or(inject)
}

fn check(operation: &Operation, inject: &str, old: &str, new: &str) -> Vec<String> {
    let desk = desk(operation);
    let output = desk
        .command("strace")
        .args([
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            &format!("trace={}", call(inject)),
            "-e",
            &format!("inject={inject}"),
        ])
        .arg(kilde())
        .args(["-L", "refs.bib"])
        .args(operation.1)
        .output()
        .unwrap();
    let mut breaches = Vec::new();
    let mut breach = |what: &str| breaches.push(format!("{} {inject}: {what}", operation.0));
    let saved = output.status.success();
    let in_place = operation.2;
    let bib = desk.bib();
    if saved && bib != *new {
        breach("O2: it said that it was saved, and it is not");
    }
    if bib != *old && bib != *new && !in_place {
        breach("O1: the file is neither the old nor the new one");
    }
    // The next start.
    let (fine, told) = desk.kilde(&["list"]);
    let bib = desk.bib();
    if bib != *old && bib != *new {
        breach(&format!("O1: after the next start it is neither the old nor the new one: {told}"));
    }
    if !fine {
        breach(&format!("the library does not open: {told}"));
    }
    let leftovers = desk.leftovers();
    if !leftovers.is_empty() {
        breach(&format!("O4: left over: {leftovers:?}"));
    }
    if std::fs::read_to_string(desk.path().join("other")).unwrap() != "untouched" {
        breach("O5: another file was touched");
    }
    if in_place && std::fs::read_to_string(desk.path().join("same.bib")).unwrap() != bib {
        breach("the hard link is another file");
    }
    // The history is sound: the next change works and can be taken back.
    let (fine, told) = desk.kilde(&["set", "b", "note=later"]);
    if !fine
        || !desk.bib().contains("later") && !desk.bib().is_empty() && desk.bib().contains("@book{b")
    {
        if bib.contains("@book{b") {
            breach(&format!("the next change does not work: {told}"));
        }
    } else if !desk.kilde(&["undo"]).0 || desk.bib() != bib {
        breach("the next change cannot be taken back");
    }
    breaches
}

/// A saver that truncates and writes is caught.
fn teeth() -> Option<String> {
    let mut caught = false;
    for call in ["openat", "write", "close"] {
        for nth in 1..12 {
            let desk = Desk::new();
            let script = "text=$(sed s/1/2/ refs.bib); printf '%s\\n' \"$text\" > refs.bib";
            let status = Command::new("strace")
                // What is not traced is not tampered with either.
                .args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}")])
                .args(["-e", &format!("inject={call}:signal=KILL:when={nth}"), "sh", "-c", script])
                .current_dir(desk.path())
                .output()
                .unwrap();
            let bib = desk.bib();
            caught |= !status.status.success() && bib != BIB && bib != BIB.replacen('1', "2", 1);
        }
    }
    println!("a naive saver was {}", if caught { "caught" } else { "not caught" });
    (!caught).then(|| "a saver that truncates and writes was not caught".to_owned())
}
