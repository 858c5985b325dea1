//! Any text as TeX, names, dates and a whole library: always something, never a panic.
#![no_main]

use kilde::model::{Library, date, name};
use kilde::text::tex;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    tex::to_unicode(&text);
    name::parse(&text);
    date::parse(&text);
    date::legacy(&text, Some(&text));
    let library = Library::new(vec![("fuzz.bib".into(), bytes.into())]);
    for entry in &library.entries {
        entry.title();
        entry.year();
        entry.filed_under();
        for field in &entry.fields {
            entry.text(&field.name);
            entry.names(&field.name);
            entry.list(&field.name);
        }
    }
});
