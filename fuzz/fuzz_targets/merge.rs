//! Any three files: merging one with itself changes nothing, a difference leads from one to the other.
#![no_main]

use kilde::bibtex::merge::{Record, is_sound, merge};
use kilde::bibtex::{diff, parse};
use kilde::text::edit::apply;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&[u8], &[u8], &[u8])| {
    let (base, ours, theirs) = input;
    assert_eq!(merge(base, base, theirs, Record::InText).text, theirs);
    assert_eq!(merge(base, ours, base, Record::InText).text, ours);
    assert_eq!(merge(base, ours, ours, Record::InText).text, ours);
    let merged = merge(base, ours, theirs, Record::InText);
    let edits = diff::between(theirs, &merged.text);
    assert_eq!(apply(theirs, &edits).expect("a difference fits"), merged.text);
    // Where what comes out cannot be read, the driver for git merges lines: `world::git`.
    let again = parse(&merged.text);
    if is_sound(&merged.text, &again) {
        assert!(!again.problems.iter().any(|it| it.what.breaks()));
    }
});
