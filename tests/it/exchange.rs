//! The shipped library through every format and back.

use kilde::exchange::loss::{Fate, compare};
use kilde::exchange::record::Value;
use kilde::exchange::record::Value::Text;
use kilde::exchange::{Format, Item, Options, Record, read, write};
use kilde::model::Library;
use kilde::model::name::{Name, Names};
use proptest::prelude::*;
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

#[test]
fn the_page_on_formats_says_what_the_program_does() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats.md");
    let page = kilde::exchange::page::page();
    if std::env::var_os("KILDE_UPDATE").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert!(std::fs::read_to_string(path).unwrap() == page, "docs/formats.md is not up to date");
}

/// Texts that formats might trip over: their own marks, TeX, markup, formulas, ends of lines.
fn text() -> impl Strategy<Value = String> {
    let marks = prop_oneof![
        Just("ER  - "),
        Just("\nER  - \nTY  - BOOK\n"),
        Just("\n\n%0 Book\n"),
        Just("]]>"),
        Just("<i>"),
        Just("</record>"),
        Just("\\emph{"),
        Just("}"),
        Just("@book{x,"),
        Just("=1+1"),
        Just("'@x"),
        Just(" and "),
        Just(", "),
        Just("; "),
        Just(" ; "),
        Just(" ¶ "),
        Just("--"),
        Just("et al."),
        Just("\u{1b}]52;c;x\u{7}"),
        Just("\u{202e}"),
        Just("\u{feff}"),
    ];
    let words = "[A-Za-zåøÅØ0-9&%$#_{}~^\\\\\"'`=+<>:.,()-]{1,9}";
    proptest::collection::vec(
        prop_oneof![words.prop_map(String::from), marks.prop_map(String::from)],
        1..6,
    )
    .prop_map(|parts| kilde::text::escape::clean(&parts.join(" ")).into_owned())
}

fn name() -> impl Strategy<Value = Name> {
    let person = ("[A-ZÅØ][a-zåø]{1,8}", "[A-Z][a-z.]{0,6}", "(van |de la |)", "(Jr\\.|)")
        .prop_map(|(family, given, particle, suffix)| Name {
            family,
            given,
            particle: particle.trim().to_owned(),
            suffix,
            is_body: false,
        });
    let body = text().prop_map(|family| Name { family, is_body: true, ..Name::default() });
    prop_oneof![3 => person, 1 => body]
}

fn record() -> impl Strategy<Value = Record> {
    let types =
        ["article", "book", "incollection", "report", "thesis", "online", "mvbook", "video"];
    let texts = [
        "subtitle",
        "journaltitle",
        "booktitle",
        "note",
        "abstract",
        "volume",
        "number",
        "type",
        "edition",
        "series",
        "project",
        "annotation",
        "isbn",
        "issn",
        "pagetotal",
    ];
    let dates = ["2010", "2010-03", "2010-03-15", "2014/2018", "1723~", "2001-21", "1997/"];
    let pages = ["12–19", "5", "e12", "12–19, 25", "S12–S15"];
    (
        proptest::sample::select(types.to_vec()),
        proptest::collection::btree_map(proptest::sample::select(texts.to_vec()), text(), 0..8),
        (proptest::collection::vec(name(), 0..4), any::<bool>()),
        proptest::option::of(proptest::sample::select(dates.to_vec())),
        proptest::option::of(proptest::sample::select(pages.to_vec())),
        proptest::collection::vec(text(), 0..4),
        text(),
        proptest::option::of("https://[a-z]{3}\\.no/[a-z{}%&?=_~#]{0,9}"),
    )
        .prop_map(|(entry_type, texts, (names, others), date, pages, words, title, url)| {
            let mut record = Record::new(entry_type);
            record.key = "key1".into();
            record
                .set("title", Text(kilde::text::escape::clean(&format!("Første {title}")).into()));
            for (name, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
                // A verbatim value has no way to write a brace without a partner.
                let text = if name == "project" { text.replace(['{', '}'], "-") } else { text };
                record.set(name, Text(text));
            }
            let names: Vec<Name> = names.into_iter().filter(|it| !it.family.is_empty()).collect();
            if !names.is_empty() {
                record.set("author", Value::Names(Names { names, others }));
            }
            if let Some(date) = date {
                record.set("date", Text(date.into()));
            }
            if let Some(pages) = pages {
                record.set("pages", Text(pages.into()));
            }
            for word in words {
                record.add_part("keywords", word);
            }
            if let Some(url) = url {
                record.set("url", Text(url.replace('{', "%7B").replace('}', "%7D")));
            }
            record
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_record_goes_through_any_format_and_what_it_lost_is_told(
        records in proptest::collection::vec(record(), 1..4)
    ) {
        let records: Vec<Record> = records.into_iter().zip(1..).map(|(mut record, n)| {
            record.key = format!("key{n}");
            record
        }).collect();
        for format in Format::ALL.into_iter().filter(|it| it.is_written()) {
            let mut out = Vec::new();
            let told = write(format, &mut records.iter().cloned(), &mut out, &Options::default());
            let told = told.unwrap();
            let text = String::from_utf8(out).unwrap();
            let read = back(format, text.as_bytes());
            prop_assert_eq!(read.len(), records.len(), "{}: {}", format, text);
            for (record, back) in records.iter().zip(&read) {
                prop_assert_eq!(&record.key, &back.key, "{}: {}", format, text);
                for (field, fate) in compare(record, back) {
                    let known = told.fields.contains_key(&(fate, field.name.to_string()));
                    prop_assert!(known, "{}: {:?} {:?} is not told: {}", format, field, fate, text);
                }
            }
            if format.has_asides() || matches!(format, Format::Biblatex | Format::Jsonl) {
                let lost = told.of(Fate::Lost).chain(told.of(Fate::Changed)).next();
                prop_assert!(lost.is_none(), "{}: {:?}: {}", format, lost, text);
            }
        }
    }
}
