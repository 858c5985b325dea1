//! Writing tables.

use super::{Column, column, record, safe};
use crate::exchange::loss::{Fate, Losses, compare};
use crate::exchange::person;
use crate::exchange::record::{Field, Record, Value};
use std::io;

/// How a table is written.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// What stands between cells.
    pub delimiter: u8,
    /// Nothing done for spreadsheets: no mark at the beginning of the file, cells as they are.
    pub is_raw: bool,
}

/// Fields in the order of their columns; the others follow by name.
const ORDER: &[&str] = &[
    "author",
    "date",
    "title",
    "subtitle",
    "journaltitle",
    "booktitle",
    "booksubtitle",
    "editor",
    "volume",
    "number",
    "pages",
    "publisher",
    "institution",
    "location",
    "type",
    "doi",
    "isbn",
    "issn",
    "url",
    "fulltext",
    "summary",
    "langid",
    "keywords",
    "abstract",
    "note",
];

/// Writes all records as one table, a column for each field that any of them has.
pub fn write(records: &[Record], style: Style, out: &mut dyn io::Write) -> io::Result<Losses> {
    let mut fields: Vec<&str> = Vec::new();
    for field in records.iter().flat_map(|record| &record.fields) {
        if !fields.contains(&&*field.name) {
            fields.push(&field.name);
        }
    }
    let place = |name: &str| ORDER.iter().position(|it| *it == name).unwrap_or(ORDER.len());
    fields.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| a.cmp(b)));
    // A column called `type` is the entry type to others: the field of that name is `kind`.
    let header = |name: &str| if name == "type" { "kind".to_owned() } else { name.to_owned() };
    let mut row: Vec<String> = vec!["key".into(), "entrytype".into()];
    row.extend(fields.iter().map(|name| header(name)));
    let columns: Vec<Column> = row.iter().map(|name| column(name, &[])).collect();
    if !style.is_raw {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let quotes = if style.is_raw { csv::QuoteStyle::Necessary } else { csv::QuoteStyle::Always };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(style.delimiter)
        .quote_style(quotes)
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    writer.write_record(&row)?;
    let mut losses = Losses::default();
    for one in records {
        row.clear();
        row.push(one.key.clone());
        row.push(one.entry_type.to_string());
        row.extend(fields.iter().map(|name| one.field(name).map_or(String::new(), cell_text)));
        if !style.is_raw {
            for text in &mut row {
                *text = safe(text);
            }
        }
        let back = record(&columns, row.iter().map(String::as_str), 0);
        for (field, fate) in compare(one, &back) {
            let fate = if fate == Fate::Aside { Fate::Changed } else { fate };
            losses.add(&one.key, &field.name, fate);
        }
        writer.write_record(&row)?;
    }
    writer.flush()?;
    Ok(losses)
}

fn cell_text(field: &Field) -> String {
    match &field.value {
        Value::Names(names) => {
            let mut parts: Vec<String> = names.names.iter().map(person::write).collect();
            if names.others {
                parts.push("et al.".into());
            }
            parts.join("; ")
        }
        value => value.text().into_owned(),
    }
}
