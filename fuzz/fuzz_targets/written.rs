//! Any entry, put into any file: refused, or read back as it was meant, with nothing lost around it.
#![no_main]

use kilde::bibtex::change::{check_key, check_name, is_balanced};
use kilde::bibtex::habits::Habits;
use kilde::bibtex::{self, value, verify, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&[u8], &str, &str, Vec<(&str, &str)>)| {
    let (bytes, entry_type, key, fields) = input;
    if check_name(entry_type).is_err() || check_key(key).is_err() {
        return;
    }
    let fields: Vec<(String, String)> = fields
        .into_iter()
        .filter(|(name, value)| check_name(name).is_ok() && is_balanced(value))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let file = bibtex::parse(bytes);
    let habits = Habits::of(bytes, &file);
    let text = write::entry(&habits, entry_type, key, &fields);
    let alone = bibtex::parse(text.as_bytes());
    if alone.blocks.len() != 1 || alone.problems.iter().any(|it| it.what.breaks()) {
        return;
    }
    let edit = write::insertion(bytes, &file, &habits, None, &text);
    let start = edit.span.start;
    let end = start + edit.insert.len();
    let Ok((after, again)) = verify::edited(bytes, &file, &[edit]) else { return };
    let Some((_, entry)) = again.entries().find(|(span, _)| start <= span.start && span.end <= end) else {
        // What takes no part in a bibliography (`@comment`, `@string`) is no entry.
        return;
    };
    assert_eq!(bibtex::text(&after, &entry.key), key);
    let meant: Vec<&str> =
        fields.iter().map(|(_, value)| value.as_str()).filter(|value| !value.trim().is_empty()).collect();
    let read: Vec<_> = entry
        .fields
        .iter()
        .map(|field| bibtex::text(&after, value::pieces(&after, &field.value)[0].inner()).into_owned())
        .collect();
    assert_eq!(read, meant, "{}", String::from_utf8_lossy(&after));
});
