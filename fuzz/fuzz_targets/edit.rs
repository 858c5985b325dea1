//! Any file, any field set to any text: refused, or read back as meant, and undone to the byte.
#![no_main]

use kilde::bibtex::habits::Habits;
use kilde::bibtex::{self, change, hunk, verify};
use kilde::text::edit::{apply, inverse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&[u8], &str, &str, u8)| {
    let (text, name, new, which) = input;
    let file = bibtex::parse(text);
    let entries: Vec<&bibtex::Entry> = file.entries().map(|(_, entry)| entry).collect();
    if entries.is_empty() {
        return;
    }
    let entry = entries[usize::from(which) % entries.len()];
    let habits = Habits::of(text, &file);
    let known = entry.fields.first().map(|field| bibtex::text(text, &field.name).into_owned());
    for name in [name, known.as_deref().unwrap_or(name)] {
        for edits in [
            change::set(text, entry, &habits, name, new),
            change::set_written(text, entry, &habits, name, new),
            change::unset(text, entry, name),
            change::set_key(text, entry, new),
        ] {
            let Ok(edits) = edits else { continue };
            let after = apply(text, &edits).expect("edits fit their text");
            let back = inverse(text, &edits).expect("edits fit their text");
            assert_eq!(apply(&after, &back).expect("inverses fit"), text);
            let whole = verify::edited(text, &file, &edits).is_ok();
            assert_eq!(verify::check(text, &file, &edits).is_ok(), whole);
            let hunks: Vec<hunk::Hunk> =
                hunk::hunks(text, &file, &edits).iter().map(hunk::Hunk::reversed).collect();
            let back = hunk::carried_out(&after, &hunks).expect("nothing changed since");
            assert_eq!(apply(&after, &back).expect("hunks fit"), text);
        }
    }
});
