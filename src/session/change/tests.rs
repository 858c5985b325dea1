use super::*;
use crate::session::dry_run;
use crate::text::edit::apply;

const BIB: &str = "@book{a,\n  title = {A},\n  year = {2000},\n}\n\n@inbook{b,\n  crossref = {a},\n  journal = {J},\n}\n";

fn library(files: &[(&str, &str)]) -> Library {
    let files = files.iter().map(|(name, text)| ((*name).into(), text.as_bytes().into()));
    Library::new(files.collect())
}

/// The files after the changes.
#[track_caller]
fn after(files: &[(&str, &str)], changes: &[Change]) -> Vec<String> {
    let library = library(files);
    let plan = plan(&library, changes).unwrap();
    let mut texts: Vec<Vec<u8>> = library.sources.iter().map(|it| it.bytes.to_vec()).collect();
    for (source, edits) in &plan.files {
        texts[*source] = apply(&texts[*source], edits).unwrap();
    }
    texts.into_iter().map(|text| String::from_utf8(text).unwrap()).collect()
}

#[test]
fn several_changes_of_one_entry_are_one_step() {
    let set = |field: &str, value: &str| Change::Set {
        entry: 0,
        field: field.into(),
        value: value.into(),
    };
    let changes = [
        set("note", "x"),
        set("isbn", "1"),
        Change::Unset { entry: 0, field: "year".into() },
        set("note", "y"),
        Change::SetType { entry: 0, to: "mvbook".into() },
    ];
    assert_eq!(
        after(&[("a.bib", "@book{a,\n  title = {A},\n  year = {2000},\n}\n")], &changes),
        ["@mvbook{a,\n  title = {A},\n  note = {y},\n  isbn = {1},\n}\n"]
    );
}

#[test]
fn a_field_is_found_under_its_other_name() {
    let change = Change::Set { entry: 1, field: "journaltitle".into(), value: "K".into() };
    assert_eq!(after(&[("a.bib", BIB)], &[change]), [BIB.replace("{J}", "{K}")]);
}

#[test]
fn a_new_key_goes_wherever_the_old_one_stood() {
    let files = [("a.bib", BIB), ("b.bib", "@misc{c, related = {x, a}}\n")];
    let rename = |keep_old| Change::Rename { entry: 0, to: "ny".into(), keep_old };
    assert_eq!(
        after(&files, &[rename(false)]),
        [
            BIB.replace("book{a", "book{ny").replace("{a}", "{ny}"),
            "@misc{c, related = {x, ny}}\n".into()
        ]
    );
    let kept = &after(&files, &[rename(true)])[0];
    assert!(kept.contains("ids = {a},"), "{kept}");
    let library = library(&files);
    let taken = Change::Rename { entry: 0, to: "C".into(), keep_old: false };
    assert_eq!(plan(&library, &[taken]).unwrap_err().said.id, "edit.key-taken");
}

#[test]
fn what_still_points_to_a_removed_entry_is_told() {
    let library = library(&[("a.bib", BIB)]);
    let plan = plan(&library, &[Change::Remove { entry: 0 }]).unwrap();
    assert_eq!(plan.notes[0].id, "edit.still-pointed-at");
    assert_eq!(plan.said.id, "edit.did-remove");
}

#[test]
fn an_entry_is_moved_as_it_is_written() {
    let files = [("a.bib", BIB), ("b.bib", "@misc{c}\r\n")];
    let texts = after(&files, &[Change::Move { entry: 0, to: 1 }]);
    assert_eq!(texts[0], &BIB[BIB.find("@inbook").unwrap()..]);
    assert_eq!(texts[1], "@misc{c}\r\n\r\n@book{a,\r\n  title = {A},\r\n  year = {2000},\r\n}\r\n");
}

#[test]
fn several_entries_are_added_in_their_order() {
    let add = |key: &str| Change::Add {
        source: 0,
        after: None,
        entry_type: "misc".into(),
        key: key.into(),
        fields: vec![("title".into(), "T".into())],
    };
    assert_eq!(
        after(&[("a.bib", "")], &[add("x"), add("y")]),
        ["@misc{x,\n  title = {T},\n}\n\n@misc{y,\n  title = {T},\n}\n"]
    );
    assert_eq!(
        after(&[("a.bib", "@misc{a}\n")], &[add("x"), add("y")]),
        ["@misc{a}\n\n@misc{x,\n  title = {T},\n}\n\n@misc{y,\n  title = {T},\n}\n"]
    );
}

#[test]
fn an_entry_is_rewritten_only_as_an_entry() {
    let library = library(&[("a.bib", BIB)]);
    let rewrite = |text: &str| plan(&library, &[Change::Rewrite { entry: 0, text: text.into() }]);
    assert_eq!(rewrite("@book{a,\n  title = {A").unwrap_err().said.id, "edit.broken");
    assert_eq!(rewrite("words").unwrap_err().said.id, "edit.not-an-entry");
    let plan = rewrite("@book{a,\n  title = {B},\n  year = {2000},\n}\n").unwrap();
    assert_eq!(plan.files[0].1.len(), 1);
    assert_eq!(plan.files[0].1[0].insert, b"B");
}

#[test]
fn one_changed_field_is_one_line_of_diff() {
    let library = library(&[("a.bib", BIB)]);
    let set = Change::Set { entry: 0, field: "year".into(), value: "2001".into() };
    let plan = plan(&library, &[set]).unwrap();
    assert_eq!(
        dry_run::diff(&library, &plan),
        "--- a.bib\n+++ a.bib\n@@ -1,6 +1,6 @@\n @book{a,\n   title = {A},\n-  year = {2000},\n+  year = {2001},\n }\n \n @inbook{b,\n"
    );
}

#[test]
fn entries_are_meant_by_key_or_place() {
    let twice = "@misc{k}\n@misc{k,\n x = 1}\n@misc{,\n y = 1}\n@misc{Unique}\n";
    let library = library(&[("dir/a.bib", twice)]);
    assert_eq!(target::find(&library, "Unique").unwrap(), 3);
    assert_eq!(target::find(&library, "unique").unwrap(), 3);
    assert_eq!(target::find(&library, "k").unwrap_err().said.id, "edit.doubled-key");
    assert_eq!(target::find(&library, "a.bib:3").unwrap(), 1);
    assert_eq!(target::find(&library, "dir/a.bib:4").unwrap(), 2);
    assert_eq!(target::find(&library, "a.bib:99").unwrap_err().said.id, "edit.no-entry-at");
    assert_eq!(target::find(&library, "Uniqe").unwrap_err().hints.len(), 1);
}
