//! Killed before, and failed at, every system call that an operation makes on files.

use crate::desk::{BIB, Desk, has, kilde, said, two_at_a_time};
use crate::naive;
use crate::report::Row;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Calls that touch files; of the others a kill makes no difference to a file.
pub const CALLS: &str = "openat,open,creat,read,pread64,write,pwrite64,fsync,fdatasync,fallocate,ftruncate,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,fchmod,fchown,flock,close,lseek,copy_file_range,sendfile,fsetxattr,getdents64,statx,newfstatat,listxattr,readlink,faccessat2";

/// Calls whose failure means something to a save. Not `close`: Linux closes whatever it answers, and a
/// call that is made to fail here is not carried out, so a lock would stay.
const FAILING: &str = "openat,open,read,pread64,write,fsync,fdatasync,fallocate,ftruncate,rename,renameat,renameat2,unlink,mkdir,fchmod,fchown,flock,copy_file_range,getdents64,statx,lseek";

/// The calls of these that are failed in every way; the others in one.
const WRITING: &str = "write,fsync,fdatasync,fallocate,ftruncate,rename,renameat,renameat2,unlink,mkdir,fchmod,fchown,copy_file_range,open";

const ERRORS: [&str; 6] = ["EIO", "ENOSPC", "EDQUOT", "EROFS", "EACCES", "EINTR"];

struct Operation {
    name: &'static str,
    arguments: &'static [&'static str],
    /// What is done first.
    before: &'static [&'static [&'static str]],
    /// The file has a second hard link, so it is written in place.
    in_place: bool,
    /// The most calls of each kind that are tried: of long operations a sample.
    most: usize,
}

const fn operation(name: &'static str, arguments: &'static [&'static str]) -> Operation {
    Operation { name, arguments, before: &[], in_place: false, most: usize::MAX }
}

const OPERATIONS: [Operation; 12] = [
    operation("edit", &["set", "a", "year=2"]),
    operation("add", &["add", "@misc{c, x = {1}}"]),
    operation("delete", &["rm", "b"]),
    operation("rename key", &["rename", "a", "ny", "--keep-old"]),
    operation("bulk edit", &["format", "--delimiters", "quotes"]),
    operation("move", &["-L", "twin.bib", "move", "b", "--to", "twin.bib"]),
    operation("import and merge", &["import", "new.ris", "--duplicates", "merge"]),
    Operation { most: 24, ..operation("publish", &["publish", "--to", "site"]) },
    Operation { most: 24, ..operation("index rebuild", &["index", "--rebuild"]) },
    Operation { in_place: true, ..operation("edit in place", &["set", "a", "year=2"]) },
    Operation { before: &[&["set", "a", "year=2"]], ..operation("undo", &["undo"]) },
    Operation {
        before: &[&["set", "a", "year=2"]],
        ..operation("second edit", &["set", "a", "year=3"])
    },
];

const RIS: &str = "TY  - BOOK\nTI  - A\nPY  - 1\nPB  - P\nER  - \n\nTY  - BOOK\nTI  - Another\nAU  - Berg, Anne\nPY  - 2001\nER  - \n";

/// What an operation does when nothing goes wrong.
struct Measured {
    old: Vec<u8>,
    new: Vec<u8>,
    counts: BTreeMap<String, usize>,
}

fn desk(operation: &Operation) -> Desk {
    let desk = Desk::new();
    std::fs::write(desk.at("new.ris"), RIS).unwrap();
    std::fs::write(desk.at("twin.bib"), "@misc{t}\n").unwrap();
    if operation.in_place {
        std::fs::hard_link(desk.at("refs.bib"), desk.at("same.bib")).unwrap();
    }
    for before in operation.before {
        assert!(desk.kilde(before).0);
    }
    desk
}

/// Measures every operation, once for both rows.
fn measured() -> &'static [Measured] {
    static ALL: OnceLock<Vec<Measured>> = OnceLock::new();
    ALL.get_or_init(|| OPERATIONS.iter().map(measure).collect())
}

fn measure(operation: &Operation) -> Measured {
    let desk = desk(operation);
    let old = desk.bib();
    let trace = desk.at("trace");
    let mut strace = desk.command("strace");
    strace.args(["-f", "-qq", "--seccomp-bpf", "-e", &format!("trace={CALLS}"), "-o"]).arg(&trace);
    strace.arg(kilde()).args(["-L", "refs.bib"]).args(operation.arguments);
    let (fine, told) = said(&strace.output().unwrap());
    assert!(fine, "{}: {told}", operation.name);
    let text = String::from_utf8_lossy(&std::fs::read(trace).unwrap()).into_owned();
    Measured { old, new: desk.bib(), counts: counted(&text) }
}

/// How often each call is made.
pub fn counted(trace: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for line in trace.lines() {
        let call = line.split_whitespace().nth(1).and_then(|word| word.split('(').next());
        if let Some(call) = call.filter(|it| CALLS.split(',').any(|known| known == *it)) {
            *counts.entry(call.to_owned()).or_default() += 1;
        }
    }
    counts
}

/// The numbers of the calls that are tried, of `count`.
fn sample(count: usize, most: usize) -> impl Iterator<Item = usize> {
    let step = count.div_ceil(most.min(count).max(1)).max(1);
    (1..=count).step_by(step)
}

/// F1: killed before each call.
pub fn killed() -> Row {
    let mut row = Row::new("kills at system calls of 12 operations", 1_000);
    if !has("strace") {
        row.skip("strace is not installed");
        return row;
    }
    let mut tries = Vec::new();
    for (at, measured) in measured().iter().enumerate() {
        for (call, count) in &measured.counts {
            for nth in sample(*count, OPERATIONS[at].most) {
                tries.push((at, format!("{call}:signal=KILL:when={nth}")));
            }
        }
    }
    row.tried(tries.len());
    row.add(two_at_a_time(&tries, |(at, inject)| check(*at, inject)));
    let caught = ["truncate", "in-place"].iter().filter(|how| is_caught(how, "signal=KILL"));
    let caught = caught.count();
    row.must(caught == 2, || format!("only {caught} of 2 naive savers were caught"));
    row
}

/// F2: an error at each call, once and from then on.
pub fn failed() -> Row {
    let mut row = Row::new("errors at system calls of 12 operations", 1_500);
    if !has("strace") {
        row.skip("strace is not installed");
        return row;
    }
    let mut tries = Vec::new();
    for (at, measured) in measured().iter().enumerate() {
        for call in FAILING.split(',') {
            let writes = WRITING.split(',').any(|it| it == call);
            let count = measured.counts.get(call).copied().unwrap_or(0);
            for nth in sample(count, OPERATIONS[at].most.min(if writes { 400 } else { 12 })) {
                for error in if writes { &ERRORS[..] } else { &ERRORS[..1] } {
                    tries.push((at, format!("{call}:error={error}:when={nth}")));
                    // What fails once may fail from then on, as on a disk that is broken or full.
                    if ["EIO", "ENOSPC"].contains(error) {
                        tries.push((at, format!("{call}:error={error}:when={nth}+")));
                    }
                }
            }
        }
    }
    // Of the two long operations a part, so that the whole takes minutes.
    let long = |at: usize| OPERATIONS[at].most != usize::MAX;
    let mut n = 0;
    tries.retain(|(at, _)| {
        n += 1;
        !long(*at) || n % 4 == 0
    });
    row.tried(tries.len());
    row.add(two_at_a_time(&tries, |(at, inject)| check(*at, inject)));
    row.must(is_caught("careless", "error=EIO"), || "a careless saver was not caught".to_owned());
    row
}

/// The call that an injection is about: strace tampers only with what it traces.
fn call(inject: &str) -> &str {
    inject.split(':').next().unwrap_or(inject)
}

/// strace with `inject`. (With its `--seccomp-bpf` it would be faster, and tamper with nothing.)
fn strace(desk: &Desk, inject: &str) -> std::process::Command {
    let mut strace = desk.command("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null"]);
    strace.args(["-e", &format!("trace={}", call(inject)), "-e", &format!("inject={inject}")]);
    strace
}

fn check(at: usize, inject: &str) -> Vec<String> {
    let (operation, measured) = (&OPERATIONS[at], &measured()[at]);
    let (old, new) = (&measured.old, &measured.new);
    let desk = desk(operation);
    let mut strace = strace(&desk, inject);
    strace.arg(kilde()).args(["-L", "refs.bib"]).args(operation.arguments);
    let (saved, told) = said(&strace.output().unwrap());
    let mut breaches = Vec::new();
    let mut breach = |what: &str| {
        breaches.push(format!("{} {inject}: {what} [{}]", operation.name, told.trim()));
    };
    let was_killed = inject.contains("KILL");
    let bib = desk.bib();
    if saved && bib != *new {
        breach("O2: it said that it was saved, and it is not");
    }
    if bib != *old && bib != *new && !operation.in_place {
        breach("O1: the file is neither the old nor the new one");
    }
    if !saved && !was_killed && told.trim().is_empty() && !inject.starts_with("write") {
        breach("O3: it failed and did not say so");
    }
    if !saved
        && !was_killed
        && bib == *new
        && old != new
        && !operation.in_place
        && !inject.starts_with("write")
        && !inject.starts_with("close")
    {
        breach("O3: it said that it failed, and it is saved");
    }
    if operation.name == "move" {
        // The other file's leavings go when it is opened.
        desk.kilde(&["-L", "twin.bib", "list"]);
    }
    for what in desk.settled(&[old, new]) {
        breach(&what);
    }
    let bib = desk.bib();
    let twin = std::fs::read(desk.at("twin.bib")).unwrap();
    let has_b = |text: &[u8]| String::from_utf8_lossy(text).contains("@book{b,");
    if operation.name == "move" && !has_b(&bib) && !has_b(&twin) {
        breach("an entry that was moved is in neither file");
    }
    if operation.in_place && std::fs::read(desk.at("same.bib")).unwrap() != bib {
        breach("the hard link is another file");
    }
    // What was meant and is not saved is in the journal, and can be made from there.
    let journal = std::fs::read_dir(desk.state().join("files")).into_iter().flatten().flatten();
    let lines: usize = journal
        .filter_map(|it| std::fs::read_to_string(it.path().join("journal.jsonl")).ok())
        .map(|text| text.matches("\"hunks\"").count())
        .sum();
    if bib == *old
        && old != new
        && lines > operation.before.len()
        && !["undo", "move"].contains(&operation.name)
    {
        let (fine, told) = desk.kilde(&["redo"]);
        if !fine || desk.bib() != *new {
            breach(&format!("O3: what was meant cannot be made from the journal: {told}"));
        }
    }
    // The history is sound: the next change works and can be taken back.
    let before = desk.bib();
    let (fine, told) = desk.kilde(&["set", "a", "note=later"]);
    let renamed = told.contains("no-such-key");
    if !renamed && (!fine || !String::from_utf8_lossy(&desk.bib()).contains("later")) {
        breach(&format!("the next change does not work: {told}"));
    } else if !renamed && (!desk.kilde(&["undo"]).0 || desk.bib() != before) {
        breach("the next change cannot be taken back");
    }
    breaches
}

/// Whether a saver that is wrong is seen to be, at some call.
fn is_caught(how: &str, fault: &str) -> bool {
    let arguments = naive::command(how);
    let calls = ["openat", "write", "close", "fsync", "ftruncate", "rename", "renameat"];
    calls.iter().any(|call| {
        (1..30).any(|nth| {
            let desk = Desk::new();
            let inject = format!("{call}:{fault}:when={nth}");
            let output = strace(&desk, &inject).args(&arguments).output().unwrap();
            let bib = desk.bib();
            let torn = bib != BIB.as_bytes() && bib != naive::NEW;
            let lied = output.status.success() && bib != naive::NEW;
            torn || lied
        })
    })
}
