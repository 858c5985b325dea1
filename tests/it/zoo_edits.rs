//! Random edits in every file of the zoo: only the value's bytes change, and undo brings them back.

use crate::faults::Dice;
use crate::zoo;
use kilde::bibtex::habits::Habits;
use kilde::bibtex::{self, Entry, change, encoding, hunk, value, verify};
use kilde::text::edit::{apply, inverse};

const VALUES: [&str; 8] = [
    "x",
    "2020",
    "{Å} is \"quoted\"",
    "a, b = c # d",
    "\\'{e} and {\\\"o}",
    "",
    "@misc{k, x = {y}}",
    "100\\% {sure}",
];

#[test]
fn zoo_edits_change_one_value_and_undo_brings_it_back() {
    let Some(zoo) = zoo::folder() else { return };
    // Twelve edits a file are more than 20,000; fewer are made where each means reading megabytes.
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let (mut edits_made, mut refused, mut files) = (0, 0, 0);
    for path in zoo::files(&zoo) {
        let bytes = std::fs::read(&path).unwrap();
        let (text, _) = encoding::decode(&bytes);
        let file = bibtex::parse(&text);
        let entries: Vec<&Entry> = file
            .entries()
            .map(|(_, entry)| entry)
            .filter(|entry| entry.close.is_some() && !entry.fields.is_empty())
            .collect();
        if entries.is_empty() {
            continue;
        }
        files += 1;
        let habits = Habits::of(&text, &file);
        let rounds = if text.len() > 50_000 { 4 } else { 14 };
        for _ in 0..rounds {
            let entry = entries[dice.below(entries.len())];
            let field = &entry.fields[dice.below(entry.fields.len())];
            let name = bibtex::text(&text, &field.name).into_owned();
            // Of doubled names the first is meant.
            let first = change::field(&text, entry, &name).unwrap();
            let new = VALUES[dice.below(VALUES.len())];
            let edits = change::set(&text, entry, &habits, &name, new).unwrap();
            edits_made += 1;
            let place = path.display();
            for edit in &edits {
                assert!(
                    first.value.start <= edit.span.start && edit.span.end <= first.value.end,
                    "{place}"
                );
            }
            let after = apply(&text, &edits).unwrap();
            assert_eq!(apply(&after, &inverse(&text, &edits).unwrap()).unwrap(), *text, "{place}");
            // Reading only what is around an edit gives the same answer as reading all.
            let all = verify::edited(&text, &file, &edits);
            assert_eq!(verify::check(&text, &file, &edits).is_ok(), all.is_ok(), "{place}: {name}");
            match all {
                Ok((checked, again)) => {
                    assert_eq!(checked, after);
                    let start = first.value.start;
                    let found = again
                        .entries()
                        .flat_map(|(_, entry)| &entry.fields)
                        .find(|field| field.value.start == start)
                        .unwrap_or_else(|| panic!("{place}: {name} = {new}"));
                    let pieces = value::pieces(&after, &found.value);
                    assert_eq!(bibtex::text(&after, pieces[0].inner()), new, "{place}: {name}");
                }
                Err(loss) => {
                    // What would be read otherwise is refused before it is written.
                    refused += 1;
                    println!("{place}: {name} = {new}: {loss}");
                }
            }
            let hunks: Vec<hunk::Hunk> =
                hunk::hunks(&text, &file, &edits).iter().map(hunk::Hunk::reversed).collect();
            let back = hunk::carried_out(&after, &hunks).unwrap();
            assert_eq!(apply(&after, &back).unwrap(), *text, "{place}: {name} = {new}");
        }
    }
    println!("{edits_made} edits in {files} files, {refused} refused");
    assert!(refused * 200 <= edits_made, "{refused} of {edits_made} edits were refused");
}
