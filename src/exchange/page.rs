//! The documentation of the formats, made from the tables and from what writing and reading back
//! gives, so that it cannot say anything else than the program does.

use super::record::{Kind, Record, Value, kind};
use super::table::{self, Table};
use super::{Fate, Format, Options, write};
use crate::model::csl;
use crate::model::name::{Name, Names};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const INTRO: &str = "\
# Formats

<!-- Made by `exchange::page` and held by a test: `KILDE_UPDATE=1 cargo test --test it formats`. -->

`kilde export` and `kilde convert` write these formats, `kilde import`, `kilde add` and `kilde
convert` read them. The format of a file is known by its content, its name decides only where the
content has no mark; `--format` overrules both. UTF-8, UTF-16, Latin-1 and Windows-1252 are known by
their bytes, whatever an XML declaration names is believed.

Every field that a format does not carry is told after each export. That is not read from a table:
each record is read back and compared. *Aside* means: the format has no place for it, and lets its
users keep things of their own (RIS `U1`, EndNote `custom7`, CSL `custom`, MODS `extension`, MARC
887); other programs leave it alone and kilde reads it back.

";

/// The whole page as Markdown.
pub fn page() -> String {
    let mut out = INTRO.to_owned();
    out.push_str("| format | read | written | aside | file endings |\n|---|---|---|---|---|\n");
    for format in Format::ALL {
        let yes = |is: bool| if is { "yes" } else { "" };
        let endings: Vec<String> = ENDINGS
            .iter()
            .filter(|it| Format::of_extension(it) == Some(format))
            .map(|it| format!("`.{it}`"))
            .collect();
        let _ = writeln!(
            out,
            "| `{format}` | yes | {} | {} | {} |",
            yes(format.is_written()),
            yes(format.has_asides()),
            endings.join(" ")
        );
    }
    out.push_str("\n## What each format carries\n\n");
    out.push_str(
        "One record of each common type with every field that kilde knows, written and read \
         back. What is not named is carried as it is.\n\n",
    );
    for format in Format::ALL.into_iter().filter(|it| it.is_written()) {
        carried(format, &mut out);
    }
    out.push_str("## The tables\n\nThe tags that are read, and the fields that they are.\n");
    for (name, table) in [
        ("RIS", table::ris()),
        ("MEDLINE", table::nbib()),
        ("Web of Science", table::wos()),
        ("EndNote XML", table::endnote()),
        ("ENW and Refer", table::enw()),
    ] {
        rows(name, table, &mut out);
    }
    out
}

const ENDINGS: &[&str] = &[
    "bib", "ris", "nbib", "enw", "json", "jsonl", "ndjson", "yaml", "yml", "csv", "tsv", "mods",
    "marcxml", "xml",
];

fn carried(format: Format, out: &mut String) {
    let _ = writeln!(out, "### `{format}`\n");
    // What writing does into memory cannot fail.
    let told = write(format, &mut full().into_iter(), &mut Vec::new(), &Options::default());
    let Ok(told) = told else { return };
    if told.is_empty() {
        out.push_str("Everything.\n\n");
        return;
    }
    for (fate, word) in [
        (Fate::Aside, "Aside"),
        (Fate::Changed, "Changed"),
        (Fate::Plain, "Plain"),
        (Fate::Lost, "Lost"),
    ] {
        let fields: Vec<String> = told
            .fields
            .iter()
            .filter(|((it, _), _)| *it == fate)
            .map(|((_, field), (count, keys))| {
                if *count == TYPES.len() {
                    format!("`{field}`")
                } else {
                    format!("`{field}` ({})", keys.join(", "))
                }
            })
            .collect();
        if !fields.is_empty() {
            let _ = writeln!(out, "- {word}: {}", fields.join(", "));
        }
    }
    out.push('\n');
}

const TYPES: &[&str] = &["article", "book", "incollection", "report", "thesis"];

/// A record of each type, its key the type, with a value in every field.
fn full() -> Vec<Record> {
    let mut names: Vec<&str> = csl::table()
        .rules
        .iter()
        .flat_map(|rule| rule.from.iter().chain(&rule.with))
        .map(String::as_str)
        .collect();
    names.extend(["subtitle", "eprint", "eprinttype", "fulltext", "summary", "project", "status"]);
    names.extend(["provenance", "unverified", "related", "langid", "ids", "file"]);
    names.sort_unstable();
    names.dedup();
    TYPES
        .iter()
        .map(|entry_type| {
            let mut record = Record::new(*entry_type);
            (*entry_type).clone_into(&mut record.key);
            for name in &names {
                record.set((*name).to_owned(), sample(name));
            }
            record
        })
        .collect()
}

fn sample(name: &str) -> Value {
    match kind(name) {
        Kind::Names => {
            let family = "Lie".to_owned();
            let person = Name { family, given: "Kari".into(), ..Name::default() };
            Value::Names(Names { names: vec![person], others: false })
        }
        Kind::List | Kind::Words => Value::List(vec!["En".into(), "To".into()]),
        Kind::Date => Value::Text("2010-03-15".into()),
        Kind::Pages => Value::Text("12–19".into()),
        _ => Value::Text(
            match name {
                "langid" => "norsk",
                "type" => "phdthesis",
                "doi" => "10.1000/182",
                "isbn" => "978-82-02-64657-8",
                "issn" => "1234-5678",
                "url" | "fulltext" | "summary" => "https://example.no/",
                "pagetotal" | "volume" | "number" | "edition" => "3",
                _ => "Text",
            }
            .to_owned(),
        ),
    }
}

fn rows(name: &str, table: &Table, out: &mut String) {
    let _ = writeln!(out, "\n### {name}\n\n| tag | field |\n|---|---|");
    let mut by_tag: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (tag, types, field) in table.rows() {
        let types = types.replace('|', ", ");
        let text = if types == "*" { format!("`{field}`") } else { format!("`{field}` ({types})") };
        by_tag.entry(tag).or_default().push(text);
    }
    for (tag, mut fields) in by_tag {
        fields.sort_by_key(|text| !text.contains('('));
        let _ = writeln!(out, "| `{tag}` | {} |", fields.join(", else "));
    }
}
