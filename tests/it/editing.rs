//! The commands that change a library, run for real.

use crate::support::desk::Desk;

const BIB: &str = "% my books\n@book{aasen1864,\n  title = {Norsk Grammatik},\n  year = {1864},\n}\n\n@inbook{b,\n  crossref = {aasen1864},\n  title = {B},\n}\n";

#[test]
fn one_changed_field_changes_only_that_value() {
    let desk = Desk::with_bib(BIB);
    let done = desk.run(&["set", "aasen1864", "year=1865"]);
    assert_eq!((done.code, done.out.as_str()), (0, ""), "{}", done.err);
    assert_eq!(desk.read("refs.bib"), BIB.replace("{1864}", "{1865}"));
}

#[test]
fn a_dry_run_prints_the_diff_and_changes_nothing() {
    let desk = Desk::with_bib(BIB);
    let done = desk.run(&["set", "aasen1864", "year=1865", "--dry-run"]);
    assert!(done.out.contains("\n-  year = {1864},\n+  year = {1865},\n"), "{}", done.out);
    assert_eq!(done.out.lines().filter(|line| line.starts_with(['+', '-'])).count(), 4);
    assert_eq!(desk.read("refs.bib"), BIB);
    assert_eq!(desk.run(&["log"]).code, 1);
}

#[test]
fn everything_can_be_undone_and_done_again_across_runs() {
    let desk = Desk::with_bib(BIB);
    let steps: [&[&str]; 8] = [
        &["set", "aasen1864", "year=1865", "note=x", "entrytype=mvbook"],
        &["unset", "aasen1864", "title"],
        &["rename", "aasen1864", "aasen", "--keep-old"],
        &["rename", "aasen", "location", "--field", "note"],
        &["add", "@misc{ny,\n  title = {Ny},\n}"],
        &["rm", "b"],
        &["move", "ny", "--to", "other.bib"],
        &["set", "aasen", "note=jan # { 1}", "--written"],
    ];
    let mut states = vec![desk.read("refs.bib")];
    for step in steps {
        let mut args = vec!["-L", "refs.bib"];
        args.extend_from_slice(step);
        let done = desk.run(&args);
        assert_eq!(done.code, 0, "{step:?}: {}", done.err);
        states.push(desk.read("refs.bib"));
    }
    let end = desk.read("refs.bib");
    assert!(end.contains("@mvbook{aasen,"), "{end}");
    assert!(end.contains("ids = {aasen1864}"), "{end}");
    assert!(end.contains("note = jan # { 1}"), "{end}");
    assert_eq!(desk.read("other.bib"), "@misc{ny,\n  title = {Ny},\n}\n");
    let both = ["-L", "refs.bib", "-L", "other.bib"];
    for state in states.iter().rev().skip(1) {
        let done = desk.run(&[&both[..], &["undo"]].concat());
        assert_eq!(done.code, 0, "{}", done.err);
        assert_eq!(desk.read("refs.bib"), *state);
    }
    assert_eq!(desk.read("refs.bib"), BIB);
    assert_eq!(desk.run(&[&both[..], &["undo"]].concat()).code, 2);
    for state in &states[1..] {
        assert_eq!(desk.run(&[&both[..], &["redo"]].concat()).code, 0);
        assert_eq!(desk.read("refs.bib"), *state);
    }
    assert_eq!(desk.run(&[&both[..], &["redo"]].concat()).code, 2);
    let log = desk.run(&[&both[..], &["log", "aasen1864"]].concat());
    assert!(log.out.contains("aasen1864"), "{}", log.out);
}

#[test]
fn an_undo_leaves_what_others_did_since() {
    let desk = Desk::with_bib(BIB);
    assert_eq!(desk.run(&["set", "aasen1864", "year=1865"]).code, 0);
    let other = desk.read("refs.bib").replace("{B}", "{C}").replace("% my", "% our");
    desk.file("refs.bib", other.as_bytes());
    assert_eq!(desk.run(&["undo"]).code, 0);
    assert_eq!(desk.read("refs.bib"), BIB.replace("{B}", "{C}").replace("% my", "% our"));
    assert_eq!(desk.run(&["redo"]).code, 0);
    let since = desk.read("refs.bib").replace("{1865}", "{1900}");
    desk.file("refs.bib", since.as_bytes());
    let done = desk.run(&["undo"]);
    assert_eq!(done.code, 3);
    assert!(done.err.contains("changed-since"), "{}", done.err);
    assert_eq!(desk.read("refs.bib"), since);
}

#[test]
fn what_is_refused_is_told_and_nothing_is_written() {
    let desk = Desk::with_bib(&format!("{BIB}@misc{{b}}\n@misc{{open,\n  x = {{1}}\n"));
    let before = desk.read("refs.bib");
    let cases: [(&[&str], i32, &str); 9] = [
        (&["set", "aasen1864", "year={"], 2, "edit.unbalanced"),
        (&["set", "aasen1864", "year"], 2, "edit.no-value"),
        (&["set", "aasen1864", "a b=c"], 2, "edit.bad-name"),
        (&["set", "nobody", "a=c"], 2, "app.no-such-key"),
        (&["set", "b", "title=c"], 2, "edit.doubled-key"),
        (&["set", "open", "y=c"], 2, "edit.broken"),
        (&["unset", "aasen1864", "url"], 2, "edit.no-such-field"),
        (&["rename", "aasen1864", "B"], 2, "edit.key-taken"),
        (&["add", "@misc{x, y = {"], 2, "bib-unclosed-value"),
    ];
    for (args, code, id) in cases {
        let done = desk.run(args);
        assert_eq!(done.code, code, "{args:?}: {}", done.err);
        assert!(done.err.contains(id), "{args:?}: {}", done.err);
        assert_eq!(desk.read("refs.bib"), before);
    }
    // By its place it can be told from the other.
    assert_eq!(desk.run(&["set", "refs.bib:7", "title=c"]).code, 0);
    assert_eq!(desk.read("refs.bib"), before.replace("{B}", "{c}"));
}

#[test]
fn the_editor_may_mend_a_broken_entry() {
    let desk = Desk::with_bib("@misc{open,\n  x = {1\n\n@misc{b}\n");
    let script =
        desk.file("editor", b"#!/bin/sh\nprintf '@misc{open,\\n  x = {1},\\n}\\n' > \"$1\"\n");
    std::fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let mut command = desk.command();
    let done = command.args(["edit", "open"]).env("EDITOR", &script).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(desk.read("refs.bib"), "@misc{open,\n  x = {1},\n}\n\n@misc{b}\n");
}

#[test]
fn the_bytes_of_an_entry_are_shown_as_written() {
    let desk = Desk::with_bib(BIB);
    let done = desk.run(&["show", "b", "--bib"]);
    assert_eq!(done.out, "@inbook{b,\n  crossref = {aasen1864},\n  title = {B},\n}\n");
}

#[test]
fn formatting_changes_only_what_stands_out() {
    let odd = "@book{a,\n  title = {A},\n  year = {1}\n}\n@book{b,\n  title = {A},\n  year = {1}\n}\n@BOOK{c,title={A},\n\tYEAR=\"1\"}\n";
    let desk = Desk::with_bib(odd);
    let check = desk.run(&["format", "--check"]);
    assert_eq!(check.code, 1);
    assert!(
        check.out.lines().count() == 1 && check.out.ends_with("refs.bib:9: c\n"),
        "{}",
        check.out
    );
    assert_eq!(desk.run(&["format"]).code, 0);
    assert_eq!(
        desk.read("refs.bib"),
        "@book{a,\n  title = {A},\n  year = {1}\n}\n@book{b,\n  title = {A},\n  year = {1}\n}\n@book{c,\n  title = {A},\n  year = \"1\"\n}\n"
    );
    assert_eq!(desk.run(&["format", "--check"]).code, 0);
}

#[test]
fn old_encodings_are_written_back() {
    let desk = Desk::new();
    desk.file("refs.bib", b"@misc{k,\n  title = {\xE5},\n}\n");
    assert_eq!(desk.run(&["set", "k", "note=\u{f8}"]).code, 0);
    let bytes = std::fs::read(desk.path().join("refs.bib")).unwrap();
    assert_eq!(bytes, b"@misc{k,\n  title = {\xE5},\n  note = {\xF8},\n}\n");
    let done = desk.run(&["set", "k", "note=\u{16f}"]);
    assert_eq!(done.code, 3);
    assert!(done.err.contains('\u{16f}'), "{}", done.err);
    assert_eq!(std::fs::read(desk.path().join("refs.bib")).unwrap(), bytes);
}
