//! Any three files: merging one with itself changes nothing, and what is merged can be read where
//! the three could.
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
    if [base, ours, theirs].iter().all(|side| is_sound(side, &parse(side)) && parse(side).problems.is_empty()) {
        let again = parse(&merged.text);
        assert!(!again.problems.iter().any(|it| it.what.breaks()), "{}", String::from_utf8_lossy(&merged.text));
    }
});
