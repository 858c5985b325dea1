//! The shipped library through every format and back.

use kilde::exchange::loss::{Fate, compare};
use kilde::exchange::{Format, Item, Options, Record, read, write};
use kilde::model::Library;
use std::path::Path;

fn records() -> Vec<Record> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/selvhjelp.bib");
    let bytes = std::fs::read(&path).unwrap();
    let library = Library::new(vec![(path, bytes.into())]);
    library.entries.iter().map(Record::from_entry).collect()
}

fn back(format: Format, text: &[u8]) -> Vec<Record> {
    read(format, text, &Options::default())
        .map(|item| match item {
            Item::Record(record) => record,
            Item::Unreadable(it) => panic!("{format}, line {}: {it:?}", it.line),
        })
        .collect()
}

#[test]
fn the_library_goes_through_every_format_and_the_losses_are_those_that_are_told() {
    let records = records();
    for format in Format::ALL.into_iter().filter(|it| it.is_written()) {
        let mut out = Vec::new();
        let told =
            write(format, &mut records.iter().cloned(), &mut out, &Options::default()).unwrap();
        let read = back(format, &out);
        assert_eq!(read.len(), records.len(), "{format}");
        let mut found = 0;
        for (record, back) in records.iter().zip(&read) {
            assert_eq!(record.key, back.key, "{format}");
            for (field, fate) in compare(record, back) {
                found += 1;
                let known = told.fields.contains_key(&(fate, field.name.to_string()));
                assert!(known, "{format}: {} of {}: {fate:?} is not told", field.name, record.key);
            }
        }
        let lost: usize = [Fate::Lost, Fate::Changed, Fate::Plain]
            .into_iter()
            .flat_map(|fate| told.of(fate).map(|(_, count)| count))
            .sum();
        assert_eq!(found, lost, "{format}");
    }
}
