//! Any text as TeX, names, dates and a whole library: always something, never a panic, and what is
//! written of it is read back.
#![no_main]

use kilde::bibtex::change::is_balanced;
use kilde::model::{Library, date, name, name_tex};
use kilde::text::{escape, tex, tex_markup};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let plain = tex::to_unicode(&text);
    tex_markup::read(&text);
    let escaped = escape::tex(&plain);
    assert!(is_balanced(&escaped));
    assert_eq!(tex::to_unicode(&escaped), escape::clean(&plain));
    let names = name::parse(&text);
    let written = name_tex::names(&names);
    assert!(is_balanced(&written));
    assert_eq!(name::parse(&written).names.len(), names.names.len(), "{written}");
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
