//! Saving where there is no room, no right, or the file is not a plain one.

use crate::desk::{BIB, Desk, has, is_root, kilde, said};
use crate::naive;
use crate::report::Row;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};

fn new_bib() -> Vec<u8> {
    BIB.replacen("{1}", "{2}", 1).into_bytes()
}

/// F6: a disk without room: the old file stays, and how much is missing is said.
pub fn full() -> Row {
    let mut row = Row::new("saves on a full disk", 4);
    let desk = Desk::new();
    std::fs::create_dir(desk.at("disk")).unwrap();
    if !is_root() || !desk.sh("mount -t tmpfs -o size=64k none disk") {
        row.skip("only root mounts a small disk");
        return row;
    }
    std::fs::write(desk.at("disk/refs.bib"), BIB).unwrap();
    desk.sh("dd if=/dev/zero of=disk/filler bs=1k count=100");
    for link in [false, true] {
        if link {
            desk.sh("ln disk/refs.bib disk/same.bib");
        }
        let value = format!("note={}", "x".repeat(60_000));
        for arguments in [["set", "a", value.as_str()], ["set", "b", value.as_str()]] {
            row.tried(1);
            let (saved, told) = desk.kilde_on("disk/refs.bib", &arguments);
            let bib = std::fs::read_to_string(desk.at("disk/refs.bib")).unwrap();
            row.must(bib == BIB && !saved, || format!("link {link}: {told}"));
            row.must(told.contains("edit.full"), || format!("link {link}: not told: {told}"));
            let count = std::fs::read_dir(desk.at("disk")).unwrap().count();
            row.must(count == 2 + usize::from(link), || "O4: something is left over".to_owned());
            // The edit is kept: with room again it can be made.
            let (logged, log) = desk.kilde_on("disk/refs.bib", &["log"]);
            row.must(logged, || format!("O3: the journal does not have it: {log}"));
        }
    }
    desk.sh("rm disk/filler");
    let (fine, told) = desk.kilde_on("disk/refs.bib", &["redo"]);
    row.must(fine, || format!("with room again, redo does not work: {told}"));
    desk.sh("umount disk");
    row
}

/// F8: no right to write.
pub fn forbidden() -> Row {
    let mut row = Row::new("saves without the right to", 6);
    if !is_root() {
        row.skip("only root makes mounts and other users");
        return row;
    }
    bind_mounts(&mut row);
    immutable(&mut row);
    other_user(&mut row);
    row
}

/// A file that is a mount of its own, and one on a file system that is read-only.
fn bind_mounts(row: &mut Row) {
    let desk = Desk::new();
    if !desk.sh("cp refs.bib site && touch twin.bib && mount --bind site twin.bib") {
        row.skip("mounts");
        return;
    }
    row.tried(2);
    let (fine, told) = desk.kilde_on("twin.bib", &["set", "a", "year=2"]);
    let source = std::fs::read(desk.at("site")).unwrap();
    row.must(fine && source == new_bib(), || format!("a file that is a mount: {told}"));
    desk.sh("mount -o remount,bind,ro twin.bib");
    let (fine, told) = desk.kilde_on("twin.bib", &["set", "a", "year=3"]);
    let kept = std::fs::read(desk.at("site")).unwrap() == source;
    row.must(!fine && kept && told.contains("edit."), || format!("a read-only mount: {told}"));
    desk.sh("umount twin.bib");
}

/// A file that nobody may change.
fn immutable(row: &mut Row) {
    let desk = Desk::new();
    if !desk.sh("chattr +i refs.bib") {
        row.skip("chattr +i (not on this file system)");
        return;
    }
    row.tried(1);
    let (fine, told) = desk.kilde(&["set", "a", "year=2"]);
    desk.sh("chattr -i refs.bib");
    row.must(!fine && desk.bib() == BIB.as_bytes(), || format!("an immutable file: {told}"));
    row.must(desk.leftovers().is_empty(), || "O4: left over beside an immutable file".to_owned());
}

/// An ordinary user in a folder that is not hers: her file is written in place, a file that is not
/// hers and one that is read-only are refused, and a file elsewhere can be written.
fn other_user(row: &mut Row) {
    let desk = Desk::new();
    let made = "mkdir -p home disk site && chown nobody home site && cp refs.bib disk/mine.bib \
                && cp refs.bib disk/theirs.bib && cp refs.bib disk/closed.bib \
                && chown nobody disk/mine.bib disk/closed.bib && chmod 444 disk/closed.bib \
                && chmod 644 disk/theirs.bib && chmod 755 . disk";
    let copied = desk.sh(&format!("cp {} ./kilde && chmod 755 kilde", kilde()));
    if !has("setpriv") || !copied || !desk.sh(made) {
        row.skip("another user");
        return;
    }
    let run = |file: &str, arguments: &[&str]| {
        let mut command = desk.command("setpriv");
        command.args(["--reuid", "nobody", "--clear-groups", "./kilde", "-L", file]);
        said(&command.args(arguments).output().unwrap())
    };
    row.tried(4);
    let (fine, told) = run("disk/mine.bib", &["set", "a", "year=2"]);
    let mine = std::fs::read(desk.at("disk/mine.bib")).unwrap();
    row.must(fine && mine == new_bib(), || format!("a folder one may not write: {told}"));
    for file in ["disk/theirs.bib", "disk/closed.bib"] {
        let (fine, told) = run(file, &["set", "a", "year=2"]);
        let kept = std::fs::read(desk.at(file)).unwrap() == BIB.as_bytes();
        let said_so = told.contains("edit.read-only");
        row.must(!fine && kept && said_so, || format!("{file}, which one may not write: {told}"));
    }
    // Saved elsewhere: the entry goes into a file of one's own.
    desk.sh("printf '' > site/own.bib && chown nobody site/own.bib");
    let (fine, told) = run("site/own.bib", &["add", "disk/theirs.bib"]);
    let own = std::fs::read_to_string(desk.at("site/own.bib")).unwrap_or_default();
    row.must(fine && own.contains("@book{a"), || format!("saving elsewhere: {told}"));
}

/// F17: links, attributes, names: all kept.
pub fn links() -> Row {
    let mut row = Row::new("saves of files that are not plain", 11);
    let cases: [(&str, &str, &str); 8] = [
        ("a link", "mv refs.bib disk/real.bib && ln -s disk/real.bib refs.bib", "test -L refs.bib"),
        (
            "a chain of links",
            "mv refs.bib disk/real.bib && ln -s real.bib disk/one.bib && ln -s disk/one.bib refs.bib",
            "test -L refs.bib && test -L disk/one.bib",
        ),
        ("a hard link", "ln refs.bib same.bib", "test refs.bib -ef same.bib"),
        ("mode 640", "chmod 640 refs.bib", "test $(stat -c %a refs.bib) = 640"),
        ("a group", "chgrp 12 refs.bib", "test $(stat -c %g refs.bib) = 12"),
        ("a setgid folder", "chmod 2755 . && chgrp 12 .", "test $(stat -c %a .) = 2755"),
        ("an owner", "chown 65534 refs.bib", "test $(stat -c %u refs.bib) = 65534"),
        ("a sticky mode", "chmod 0664 refs.bib", "test $(stat -c %a refs.bib) = 664"),
    ];
    let mut caught = 0;
    for (what, before, after) in cases {
        let desk = Desk::new();
        std::fs::create_dir(desk.at("disk")).unwrap();
        if !desk.sh(before) {
            row.skip(format!("{what}: not possible here"));
            continue;
        }
        row.tried(1);
        let other = Desk::new();
        std::fs::create_dir(other.at("disk")).unwrap();
        assert!(other.sh(before));
        naive::run("unsynced", other.path());
        caught += usize::from(!other.sh(after));
        let (fine, told) = desk.kilde(&["set", "a", "year=2"]);
        row.must(fine && desk.bib() == new_bib() && desk.sh(after), || format!("{what}: {told}"));
        row.must(desk.leftovers().is_empty(), || format!("{what}: {:?}", desk.leftovers()));
    }
    // A new file in the old one's place breaks most of these.
    row.must(caught >= 5, || format!("a naive saver was caught {caught} times of 8"));
    let refused = [
        ("a loop", "rm refs.bib && ln -s refs.bib refs.bib"),
        ("a link to nothing", "rm refs.bib && ln -s nowhere.bib refs.bib"),
    ];
    for (what, before) in refused {
        let desk = Desk::new();
        assert!(desk.sh(before));
        row.tried(1);
        let (fine, told) = desk.kilde(&["set", "a", "year=2"]);
        row.must(!fine && !told.is_empty(), || format!("{what} was taken: {told}"));
    }
    attributes(&mut row);
    let desk = Desk::new();
    let long = format!("{}.bib", "x".repeat(251));
    std::fs::create_dir(desk.at("disk")).unwrap();
    std::fs::write(desk.at("disk").join(&long), BIB).unwrap();
    row.tried(1);
    let mut command = desk.command(kilde());
    command.current_dir(desk.at("disk")).args(["-L", &long, "set", "a", "year=2"]);
    let (fine, told) = said(&command.output().unwrap());
    let saved = std::fs::read(desk.at("disk").join(&long)).unwrap() == new_bib();
    row.must(fine && saved, || format!("a bare name of 255 bytes: {told}"));
    row
}

fn attributes(row: &mut Row) {
    let desk = Desk::new();
    let path = desk.at("refs.bib");
    let flags = rustix::fs::XattrFlags::empty();
    // An access list: the user, group and others, and user 65534 who may read and write.
    let mut list = vec![2, 0, 0, 0];
    for (tag, rights, who) in [
        (1_u16, 6_u16, u32::MAX),
        (2, 6, 65_534),
        (4, 4, u32::MAX),
        (16, 6, u32::MAX),
        (32, 4, u32::MAX),
    ] {
        list.extend(tag.to_le_bytes());
        list.extend(rights.to_le_bytes());
        list.extend(who.to_le_bytes());
    }
    for (name, value) in [("user.kilde", &b"x"[..]), ("system.posix_acl_access", &list)] {
        if rustix::fs::setxattr(&path, name, value, flags).is_err() {
            row.skip(format!("{name}: not on this file system"));
            continue;
        }
        row.tried(1);
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        let (fine, told) = desk.kilde(&["set", "a", &format!("note={name}")]);
        let mut kept = vec![0; 200];
        let length = rustix::fs::getxattr(&path, name, &mut kept[..]).unwrap_or(0);
        row.must(fine && kept[..length] == *value, || format!("{name} is lost: {told}"));
        let now = std::fs::metadata(&path).unwrap();
        row.must(now.permissions().mode() == mode && now.nlink() == 1, || format!("{name}: mode"));
    }
}

/// F18: the temporary folder is on another file system.
pub fn elsewhere() -> Row {
    let mut row = Row::new("saves with a temporary folder elsewhere", 2);
    for folder in ["/dev/shm", "/nowhere"] {
        let desk = Desk::new();
        row.tried(1);
        let mut command = desk.command(kilde());
        command.env("TMPDIR", folder).args(["-L", "refs.bib", "set", "a", "year=2"]);
        let (fine, told) = said(&command.output().unwrap());
        row.must(fine && desk.bib() == new_bib(), || format!("TMPDIR={folder}: {told}"));
    }
    row
}
