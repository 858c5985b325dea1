//! Saving where there is no room, no right, or the file is a mount of its own.

use crate::{BIB, Desk, has};
use std::path::Path;
use std::process::Command;

/// Runs a shell line as root would; whether it went well.
fn sh(line: &str, folder: &Path) -> bool {
    Command::new("sh")
        .args(["-c", line])
        .current_dir(folder)
        .output()
        .is_ok_and(|it| it.status.success())
}

pub fn run() -> Vec<String> {
    let mut breaches = Vec::new();
    if !rustix::process::geteuid().is_root() {
        println!("skipped: places that only root can make (full disk, mounts, another user)");
        return breaches;
    }
    breaches.extend(full());
    breaches.extend(mounted());
    breaches.extend(unwritable());
    breaches
}

/// A disk without room (F6): the old file stays, and how much is missing is said.
fn full() -> Vec<String> {
    let mut breaches = Vec::new();
    let desk = Desk::new();
    std::fs::create_dir(desk.path().join("disk")).unwrap();
    if !sh("mount -t tmpfs -o size=64k none disk", desk.path()) {
        println!("skipped: a full disk (nothing can be mounted here)");
        return breaches;
    }
    std::fs::write(desk.path().join("disk/refs.bib"), BIB).unwrap();
    sh("dd if=/dev/zero of=disk/filler bs=1k count=100", desk.path());
    for link in [false, true] {
        if link {
            sh("ln disk/refs.bib disk/same.bib", desk.path());
        }
        let value = format!("note={}", "x".repeat(60_000));
        let output = desk
            .command(crate::kilde())
            .args(["-L", "disk/refs.bib", "set", "a", &value])
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        let bib = std::fs::read_to_string(desk.path().join("disk/refs.bib")).unwrap();
        if bib != BIB || output.status.success() {
            breaches.push(format!("full disk (link: {link}): {told}"));
        }
        if !told.contains("edit.full") {
            breaches.push(format!("full disk (link: {link}): not told as such: {told}"));
        }
        if std::fs::read_dir(desk.path().join("disk")).unwrap().count() > 2 + usize::from(link) {
            breaches.push("full disk: something is left over".to_owned());
        }
    }
    sh("umount disk", desk.path());
    println!("full disk: done");
    breaches
}

/// A file that is a mount of its own, and one on a file system that is read-only (F8).
fn mounted() -> Vec<String> {
    let mut breaches = Vec::new();
    let desk = Desk::new();
    sh("cp refs.bib source && touch target.bib", desk.path());
    if !sh("mount --bind source target.bib", desk.path()) {
        println!("skipped: mounts");
        return breaches;
    }
    let run = |arguments: &[&str]| {
        let output = desk.command(crate::kilde()).args(arguments).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (fine, told) = run(&["-L", "target.bib", "set", "a", "year=2"]);
    let source = std::fs::read_to_string(desk.path().join("source")).unwrap();
    if !fine || source != BIB.replacen("{1}", "{2}", 1) {
        breaches.push(format!("a file that is a mount: {told}"));
    }
    sh("mount -o remount,bind,ro target.bib", desk.path());
    let (fine, told) = run(&["-L", "target.bib", "set", "a", "year=3"]);
    if fine || std::fs::read_to_string(desk.path().join("source")).unwrap() != source {
        breaches.push(format!("a read-only mount: {told}"));
    }
    sh("umount target.bib", desk.path());
    println!("mounts: done");
    breaches
}

/// An ordinary user in a folder that is not hers: the file is written in place, a file that is not hers is refused (F8).
fn unwritable() -> Vec<String> {
    let mut breaches = Vec::new();
    if !has("setpriv") {
        return breaches;
    }
    let desk = Desk::new();
    let sealed = sh(
        "mkdir -p home folder && chown nobody home && cp refs.bib folder/mine.bib && cp refs.bib folder/theirs.bib \
         && chown nobody folder/mine.bib && chmod 644 folder/theirs.bib && chmod 755 . folder",
        desk.path(),
    );
    let copied = sh(&format!("cp {} ./kilde && chmod 755 kilde", crate::kilde()), desk.path());
    if !sealed || !copied {
        println!("skipped: another user");
        return breaches;
    }
    let run = |file: &str| {
        let output = desk
            .command("setpriv")
            .args([
                "--reuid",
                "nobody",
                "--clear-groups",
                "./kilde",
                "-L",
                file,
                "set",
                "a",
                "year=2",
            ])
            .output()
            .unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (fine, told) = run("folder/mine.bib");
    let mine = std::fs::read_to_string(desk.path().join("folder/mine.bib")).unwrap();
    if !fine || mine != BIB.replacen("{1}", "{2}", 1) {
        breaches.push(format!("a folder one may not write: {told}"));
    }
    let (fine, told) = run("folder/theirs.bib");
    let theirs = std::fs::read_to_string(desk.path().join("folder/theirs.bib")).unwrap();
    if fine || theirs != BIB || !told.contains("edit.read-only") {
        breaches.push(format!("a file one may not write: {told}"));
    }
    println!("another user: done");
    breaches
}
