//! F5: killed while clearing up after an earlier kill.

use crate::desk::{BIB, Desk, has, kilde, two_at_a_time};
use crate::naive;
use crate::report::Row;
use crate::syscalls::{CALLS, counted};
use std::path::{Path, PathBuf};

/// A folder as a kill left it, and what the file was and was to be.
struct Wreck {
    folder: tempfile::TempDir,
    new: Vec<u8>,
}

/// Kills at every system call of what the next start does; then at most two more starts may be
/// needed until all is well.
pub fn killed() -> Row {
    let mut row = Row::new("kills while clearing up after a kill", 200);
    if !has("strace") {
        row.skip("strace is not installed");
        return row;
    }
    let mut wrecks = wrecks();
    // The torn ones first; of all kinds there are enough among the first.
    wrecks.sort_by_key(|it| !is_torn(it));
    wrecks.truncate(6);
    let torn = wrecks.iter().filter(|it| is_torn(it)).count();
    row.must(torn > 0, || "no kill left a torn file to clear up after".to_owned());
    let mut tries: Vec<(&Wreck, &[&str], String)> = Vec::new();
    for wreck in &wrecks {
        for start in [&["list"][..], &["set", "b", "note=m"]] {
            let desk = revived(wreck);
            let trace = desk.at("trace");
            let mut strace = desk.command("strace");
            strace.args(["-f", "-qq", "--seccomp-bpf", "-e", &format!("trace={CALLS}"), "-o"]);
            strace.arg(&trace).arg(kilde()).args(["-L", "refs.bib"]).args(start);
            strace.output().unwrap();
            let text = std::fs::read(&trace).unwrap();
            for (call, count) in counted(&String::from_utf8_lossy(&text)) {
                // Those that write all, of the others some.
                let reads =
                    ["openat", "read", "statx", "close", "readlink"].contains(&call.as_str());
                let step = if reads { count.div_ceil(5).max(1) } else { 1 };
                for nth in (1..=count).step_by(step) {
                    tries.push((wreck, start, format!("{call}:signal=KILL:when={nth}")));
                }
            }
        }
    }
    row.must(is_caught(), || "a saver that keeps no copy was not caught".to_owned());
    row.tried(tries.len());
    row.add(two_at_a_time(&tries, |(wreck, start, inject)| check(wreck, start, inject)));
    row
}

/// What a saver without a copy leaves when it is killed is still torn after two starts.
fn is_caught() -> bool {
    let desk = Desk::new();
    let mut strace = desk.command("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=write", "-e"]);
    strace.arg("inject=write:signal=KILL:when=2").args(naive::command("in-place"));
    strace.output().unwrap();
    desk.kilde(&["list"]);
    desk.kilde(&["list"]);
    desk.bib() != BIB.as_bytes() && desk.bib() != naive::NEW
}

fn is_torn(wreck: &Wreck) -> bool {
    let bib = std::fs::read(wreck.folder.path().join("refs.bib")).unwrap();
    bib != BIB.as_bytes() && bib != wreck.new
}

/// What kills in the middle of writes in place leave: of a value that makes the file longer, and
/// one that makes it shorter.
fn wrecks() -> Vec<Wreck> {
    let long = format!("title={}", "x".repeat(300));
    let mut out = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for value in [long.as_str(), "title="] {
        let new = {
            let desk = linked();
            desk.kilde(&["set", "a", value]);
            desk.bib()
        };
        for (call, numbers) in
            [("write", 1..9), ("ftruncate", 1..3), ("fsync", 1..6), ("lseek", 1..3)]
        {
            for nth in numbers {
                let desk = linked();
                let inject = format!("inject={call}:signal=KILL:when={nth}");
                let mut strace = desk.command("strace");
                strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e"]);
                strace.arg(inject).arg(kilde()).args(["-L", "refs.bib", "set", "a", value]);
                strace.output().unwrap();
                let left = rescues(&desk.state());
                let state = left.first().map(|it| (desk.bib(), std::fs::read(it).unwrap()));
                // What is the same as before needs no second look.
                if let Some(state) = state
                    && seen.insert(state)
                {
                    let folder = tempfile::tempdir_in(desk.path().parent().unwrap()).unwrap();
                    copy(desk.path(), folder.path());
                    out.push(Wreck { folder, new: new.clone() });
                }
            }
        }
    }
    out
}

fn linked() -> Desk {
    let desk = Desk::new();
    std::fs::hard_link(desk.at("refs.bib"), desk.at("same.bib")).unwrap();
    desk
}

fn rescues(state: &Path) -> Vec<PathBuf> {
    let folders = std::fs::read_dir(state.join("files")).into_iter().flatten().flatten();
    folders.map(|it| it.path().join("rescue")).filter(|it| it.exists()).collect()
}

/// The wreck in a folder of its own. Its state is found there by the path of the file.
fn revived(wreck: &Wreck) -> Desk {
    let desk = Desk::new();
    copy(wreck.folder.path(), desk.path());
    std::fs::remove_file(desk.at("same.bib")).unwrap();
    std::fs::hard_link(desk.at("refs.bib"), desk.at("same.bib")).unwrap();
    let files = desk.state().join("files");
    let old = std::fs::read_dir(&files).unwrap().next().unwrap().unwrap().path();
    std::fs::rename(old, state_of(&desk.state(), &desk.at("refs.bib"))).unwrap();
    desk
}

/// The folder of a file's state below `root`.
pub fn state_of(root: &Path, file: &Path) -> PathBuf {
    let state = kilde::store::state::State::new(root.to_owned());
    state.find(&file.canonicalize().unwrap()).journal().parent().unwrap().to_owned()
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

fn check(wreck: &Wreck, start: &[&str], inject: &str) -> Vec<String> {
    let desk = revived(wreck);
    let call = inject.split(':').next().unwrap();
    let mut strace = desk.command("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}")]);
    strace
        .args(["-e", &format!("inject={inject}")])
        .arg(kilde())
        .args(["-L", "refs.bib"])
        .args(start);
    strace.output().unwrap();
    desk.kilde(&["list"]);
    desk.kilde(&["list"]);
    let noted = |bib: &[u8]| String::from_utf8_lossy(bib).replacen("{n}", "{m}", 1).into_bytes();
    let (old, new) = (BIB.as_bytes().to_vec(), wreck.new.clone());
    let files = [old.clone(), new.clone(), noted(&old), noted(&new)];
    let files: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let mut breaches = desk.settled(&files);
    let left = rescues(&desk.state());
    // A start that was killed before it wrote in place may have left its copy: it is of a whole file.
    if !left.is_empty() {
        breaches.push(format!("O4: after two starts the copy is still there: {left:?}"));
    }
    if std::fs::read(desk.at("same.bib")).unwrap() != desk.bib() {
        breaches.push("the hard link is another file".to_owned());
    }
    breaches.into_iter().map(|it| format!("{start:?} {inject}: {it}")).collect()
}
