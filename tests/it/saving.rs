//! Saving in places where it is not plain: links, modes, other writers, clocks, half-written files.

use crate::support::desk::Desk;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::time::{Duration, SystemTime};

const BIB: &str = "@misc{k,\n  year = {1},\n}\n";
const NEW: &str = "@misc{k,\n  year = {2},\n}\n";

/// Sets the year through `file` and gives the exit code with what was said.
fn set(desk: &Desk, file: &str) -> (i32, String) {
    let done = desk.run(&["-L", file, "set", "k", "year=2"]);
    (done.code, done.err)
}

/// Everything in the folder but the home, in order.
fn names(desk: &Desk) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(desk.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name != "home")
        .collect();
    names.sort();
    names
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().mode() & 0o7777
}

#[test]
fn a_mode_is_kept_and_nothing_is_left_beside_the_file() {
    for kept in [0o600, 0o640, 0o664, 0o755] {
        let desk = Desk::with_bib(BIB);
        let path = desk.path().join("refs.bib");
        std::fs::set_permissions(&path, PermissionsExt::from_mode(kept)).unwrap();
        assert_eq!(set(&desk, "refs.bib").0, 0);
        assert_eq!((desk.read("refs.bib").as_str(), mode(&path)), (NEW, kept));
        assert_eq!(names(&desk), ["refs.bib"]);
    }
}

#[test]
fn links_are_followed_and_stay_links() {
    let desk = Desk::with_bib(BIB);
    std::os::unix::fs::symlink("refs.bib", desk.path().join("one.bib")).unwrap();
    std::os::unix::fs::symlink("one.bib", desk.path().join("two.bib")).unwrap();
    assert_eq!(set(&desk, "two.bib").0, 0);
    assert_eq!(desk.read("refs.bib"), NEW);
    assert!(desk.path().join("two.bib").is_symlink() && desk.path().join("one.bib").is_symlink());
    // What was done through a link is undone by the file's own name.
    assert_eq!(desk.run(&["-L", "refs.bib", "undo"]).code, 0);
    assert_eq!(desk.read("refs.bib"), BIB);
}

#[test]
fn hard_links_stay_one_file() {
    let desk = Desk::with_bib(BIB);
    std::fs::hard_link(desk.path().join("refs.bib"), desk.path().join("same.bib")).unwrap();
    let (code, err) = set(&desk, "refs.bib");
    assert_eq!(code, 0, "{err}");
    assert_eq!((desk.read("refs.bib").as_str(), desk.read("same.bib").as_str()), (NEW, NEW));
    assert_eq!(std::fs::metadata(desk.path().join("same.bib")).unwrap().nlink(), 2);
    assert_eq!(names(&desk), ["refs.bib", "same.bib"]);
}

#[test]
fn links_that_lead_nowhere_and_read_only_files_are_refused() {
    let desk = Desk::with_bib(BIB);
    std::fs::set_permissions(desk.path().join("refs.bib"), PermissionsExt::from_mode(0o444))
        .unwrap();
    let (code, err) = set(&desk, "refs.bib");
    assert_eq!(code, 3, "{err}");
    assert!(err.contains("edit.read-only"), "{err}");
    assert_eq!(desk.read("refs.bib"), BIB);
    std::os::unix::fs::symlink("loop.bib", desk.path().join("loop.bib")).unwrap();
    std::os::unix::fs::symlink("nowhere.bib", desk.path().join("gone.bib")).unwrap();
    for link in ["loop.bib", "gone.bib"] {
        let done = desk.run(&["-L", "refs.bib", "move", "k", "--to", link]);
        assert_eq!(done.code, 3, "{link}: {}", done.err);
        assert!(desk.path().join(link).is_symlink());
    }
}

#[test]
fn attributes_and_a_folder_s_group_are_kept() {
    let desk = Desk::with_bib(BIB);
    let path = desk.path().join("refs.bib");
    let set_it = rustix::fs::setxattr(&path, "user.kilde", b"x", rustix::fs::XattrFlags::empty());
    if set_it.is_err() {
        println!("skipped in part: no extended attributes here");
    }
    std::fs::set_permissions(desk.path(), PermissionsExt::from_mode(0o2755)).unwrap();
    assert_eq!(set(&desk, "refs.bib").0, 0);
    if set_it.is_ok() {
        let mut value = [0_u8; 8];
        let length = rustix::fs::getxattr(&path, "user.kilde", &mut value[..]).unwrap();
        assert_eq!(&value[..length], b"x");
    }
    assert_eq!(mode(desk.path()), 0o2755);
}

#[test]
fn long_and_odd_names_and_other_temporary_folders_do_not_matter() {
    use std::os::unix::ffi::OsStrExt as _;
    let long = format!("{}.bib", "x".repeat(251));
    let desk = Desk::new();
    desk.file(&long, BIB.as_bytes());
    assert_eq!(set(&desk, &long).0, 0);
    assert_eq!(desk.read(&long), NEW);
    let odd = desk.path().join(std::ffi::OsStr::from_bytes(b"\xFF\xFE.bib"));
    std::fs::write(&odd, BIB).unwrap();
    let mut command = desk.command();
    command.arg("-L").arg(&odd).args(["set", "k", "year=2"]).env("TMPDIR", "/dev/shm");
    assert!(command.output().unwrap().status.success());
    assert_eq!(std::fs::read_to_string(&odd).unwrap(), NEW);
}

#[test]
fn no_decision_hangs_on_the_clock() {
    for days in [-3_i64, 3_650, -20_000] {
        let desk = Desk::with_bib(BIB);
        let path = desk.path().join("refs.bib");
        let by = Duration::from_secs(days.unsigned_abs() * 86_400);
        let time = if days < 0 { SystemTime::now() - by } else { SystemTime::now() + by };
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        assert_eq!(set(&desk, "refs.bib").0, 0);
        assert_eq!(desk.run(&["-L", "refs.bib", "undo"]).code, 0);
        assert_eq!(desk.read("refs.bib"), BIB);
    }
}

#[test]
fn what_another_program_wrote_is_merged_or_told() {
    // The program reads, then the editor it starts changes the file behind its back.
    for (foreign, code, after) in [
        ("@misc{k,\n  year = {1},\n}\n@misc{new}\n", 0, "@misc{k,\n  year = {2},\n}\n@misc{new}\n"),
        (
            "@misc{k,\n  year = {1},\n  note = {n},\n}\n",
            0,
            "@misc{k,\n  year = {2},\n  note = {n},\n}\n",
        ),
        ("@misc{k,\n  year = {3},\n}\n", 3, "@misc{k,\n  year = {3},\n}\n"),
    ] {
        let desk = Desk::with_bib(BIB);
        let script = format!(
            "#!/bin/sh\nprintf '%s' '{foreign}' > refs.bib\nsed -i 's/{{1}}/{{2}}/' \"$1\"\n"
        );
        let script = desk.file("editor", script.as_bytes());
        std::fs::set_permissions(&script, PermissionsExt::from_mode(0o755)).unwrap();
        let mut command = desk.command();
        let done =
            command.args(["-L", "refs.bib", "edit", "k"]).env("EDITOR", &script).output().unwrap();
        let err = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(code), "{err}");
        assert_eq!(desk.read("refs.bib"), after, "{err}");
        if code == 3 {
            assert!(err.contains("changed-on-disk"), "{err}");
            assert_eq!(desk.run(&["-L", "refs.bib", "log"]).code, 1);
        }
    }
}

#[test]
fn two_writers_lose_nothing() {
    let each = if std::env::var_os("KILDE_LONG").is_some() { 200 } else { 25 };
    let desk = Desk::with_bib("@misc{k,\n  a = {0},\n  b = {0},\n}\n\n@misc{l}\n");
    std::thread::scope(|scope| {
        for name in ["a", "b"] {
            let desk = &desk;
            scope.spawn(move || {
                for n in 1..=each {
                    let value = format!("{name}={n}");
                    let entry = format!("@misc{{{name}{n}}}");
                    let done = desk.run(&["-L", "refs.bib", "set", "k", &value]);
                    assert_eq!(done.code, 0, "{}", done.err);
                    if n % 5 == 0 {
                        let done = desk.run(&["-L", "refs.bib", "add", &entry]);
                        assert_eq!(done.code, 0, "{}", done.err);
                    }
                }
            });
        }
    });
    let text = desk.read("refs.bib");
    assert!(
        text.contains(&format!("a = {{{each}}}")) && text.contains(&format!("b = {{{each}}}")),
        "{text}"
    );
    for name in ["a", "b"] {
        for n in (5..=each).step_by(5) {
            assert!(text.contains(&format!("@misc{{{name}{n}}}")), "{name}{n} is lost in {text}");
        }
    }
    let log = desk.run(&["-L", "refs.bib", "log"]);
    assert_eq!(log.out.lines().count(), 2 * (each + each / 5));
    assert!(!log.out.contains("not saved"));
}

#[test]
fn a_file_cut_anywhere_opens_and_its_tail_is_kept() {
    let text = "% head\n@string{s = {x}}\n@book{a,\n  title = {A {b} \"c\"},\n  year = 1990,\n}\n\n@article{b,\n  title = \"B\" # s,\n  note = {n},\n}\n\n@misc{c, x = {1}}\n".repeat(3);
    let whole = kilde::bibtex::parse(text.as_bytes());
    for cut in 0..text.len() {
        let file = kilde::bibtex::parse(&text.as_bytes()[..cut]);
        assert_eq!(file.blocks.last().map_or(0, |block| block.span.end), cut);
        let before: Vec<_> = whole.blocks.iter().filter(|block| block.span.end <= cut).collect();
        let entries =
            before.iter().filter(|it| matches!(it.kind, kilde::bibtex::Kind::Entry(_))).count();
        let sound = file.entries().filter(|(_, entry)| entry.close.is_some()).count();
        assert!(sound >= entries, "cut at {cut}");
    }
}

#[test]
fn a_torn_file_in_place_gets_its_bytes_back() {
    // As after a crash in the middle of a write in place: the file is torn, its copy is kept.
    let desk = Desk::with_bib(BIB);
    assert_eq!(set(&desk, "refs.bib").0, 0);
    let files = desk.path().join("home/.local/state/kilde/files");
    let state = std::fs::read_dir(files).unwrap().next().unwrap().unwrap().path();
    let mut rescue = blake3::hash(BIB.as_bytes()).as_bytes().to_vec();
    rescue.extend_from_slice(blake3::hash(NEW.as_bytes()).as_bytes());
    rescue.extend_from_slice(BIB.as_bytes());
    std::fs::write(state.join("rescue"), &rescue).unwrap();
    desk.file("refs.bib", &NEW.as_bytes()[..9]);
    desk.file(".kilde-00000000-000000000000", b"left over, of another file");
    let done = desk.run(&["-L", "refs.bib", "show", "k"]);
    assert_eq!((done.code, desk.read("refs.bib").as_str()), (0, BIB), "{}", done.err);
    assert!(done.err.contains("refs.bib"), "{}", done.err);
    assert!(!state.join("rescue").exists());
}
