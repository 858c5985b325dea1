//! Tables: CSV and TSV, from any program, with the columns guessed by their headers, and written so
//! that a spreadsheet runs nothing of what is in them.

mod web_of_science;
mod write;

pub(super) use write::{Style, write};

use super::record::{Kind, Record, Unknown, Value, kind};
use super::{Item, Records, Unreadable};
use crate::text::said::Said;
use serde::Deserialize;
use std::collections::HashMap;
use std::io::{self, BufRead};
use std::sync::LazyLock;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Columns {
    columns: HashMap<String, String>,
    types: HashMap<String, String>,
}

fn known() -> &'static Columns {
    static COLUMNS: LazyLock<Columns> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "compiled in, held by a test")]
        toml::from_str(include_str!("../../../data/builtin/exchange/columns.toml"))
            .expect("columns that can be read")
    });
    &COLUMNS
}

/// What a column is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its header, as it stands in the file.
    pub header: String,
    /// The field; `None` for a column whose texts go to `annotation` with the header before them.
    pub field: Option<String>,
}

/// What a column of this header is taken for; `asked` says what the user wants, by header.
fn column(header: &str, asked: &[(String, String)]) -> Column {
    let header = header.trim_start_matches('\u{feff}').trim();
    let lower = header.to_lowercase();
    let wanted =
        asked.iter().find(|(name, _)| name.to_lowercase() == lower).map(|(_, field)| field);
    let is_name = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_lowercase())
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b))
    };
    // Scopus's own number, not the number of an article.
    let name = if header == "EID" { "scopus eid" } else { lower.as_str() };
    let alias = known().columns.get(name);
    let field = wanted.or(alias).cloned().or_else(|| {
        let name = crate::model::alias::field(&lower.replace(' ', ""));
        is_name(&name).then_some(name)
    });
    Column { header: header.to_owned(), field }
}

/// The columns of a table that begins with `head`, and what they are taken for.
pub fn columns(head: &str, asked: &[(String, String)]) -> Vec<Column> {
    let mut reader = builder(delimiter(head)).from_reader(head.as_bytes());
    let Ok(headers) = reader.headers() else { return Vec::new() };
    of_headers(headers, asked)
}

/// What the columns are taken for; of two for the type, the second says what kind of it (Zotero).
fn of_headers(headers: &csv::StringRecord, asked: &[(String, String)]) -> Vec<Column> {
    let mut out: Vec<Column> = headers.iter().map(|header| column(header, asked)).collect();
    let is_type = |it: &&mut Column| it.field.as_deref() == Some("entrytype");
    for other in out.iter_mut().filter(is_type).skip(1) {
        other.field = Some("type".into());
    }
    out
}

fn builder(delimiter: u8) -> csv::ReaderBuilder {
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(delimiter).flexible(true);
    builder
}

/// The character that stands most often in the first line, outside quotation marks.
pub(super) fn delimiter(head: &str) -> u8 {
    let line = head.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut in_quotes = false;
    let mut counts = [(b'\t', 0_usize), (b';', 0), (b',', 0), (b'|', 0)];
    for byte in line.bytes() {
        in_quotes ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(it, _)| *it == byte && !in_quotes) {
            *count += 1;
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(byte, _)| byte)
}

/// How much of a table is looked at for its delimiter.
const HEAD: usize = 16 << 10;
/// The longest row that is kept, in bytes.
const MAX_ROW: usize = 4 << 20;

/// The rows of a table as records.
pub(super) fn read<'a>(
    mut input: Box<dyn BufRead + 'a>,
    asked: Vec<(String, String)>,
) -> Records<'a> {
    let (delimiter, behind) = match input.fill_buf() {
        Ok(buffer) => {
            let head = String::from_utf8_lossy(&buffer[..buffer.len().min(HEAD)]);
            // Of two bytes that end a line the reader counts the second with the next row.
            (delimiter(&head), usize::from(head.contains("\r\n")))
        }
        Err(error) => {
            let item = Item::Unreadable(Unreadable::of_error(0, &error));
            return Box::new(std::iter::once(item));
        }
    };
    let mut reader = builder(delimiter).from_reader(Bounded { input, left: MAX_ROW });
    let mut tags = None;
    let columns: Vec<Column> = match reader.headers() {
        Ok(headers) if web_of_science::is_one(headers) => {
            tags = Some(headers.clone());
            Vec::new()
        }
        Ok(headers) => of_headers(headers, &asked),
        Err(error) => {
            let said = Said::new("import.broken-off").with("why", error);
            let item = Item::Unreadable(Unreadable { line: 1, text: String::new(), said });
            return Box::new(std::iter::once(item));
        }
    };
    let mut row = csv::StringRecord::new();
    let mut is_done = false;
    Box::new(std::iter::from_fn(move || {
        if is_done {
            return None;
        }
        reader.get_mut().left = MAX_ROW;
        let line = reader.position().line() as usize;
        match reader.read_record(&mut row) {
            Ok(false) => None,
            Ok(true) => {
                let line = row.position().map_or(line, |it| it.line() as usize + behind);
                match &tags {
                    Some(tags) => web_of_science::item(tags, &row, line),
                    None => Some(item(&columns, &row, line)),
                }
            }
            Err(error) => {
                is_done = true;
                let said = Said::new("import.broken-off").with("why", error);
                Some(Item::Unreadable(Unreadable { line, text: String::new(), said }))
            }
        }
    }))
}

/// Ends where one row is longer than it may be: a quotation mark without a partner.
struct Bounded<R> {
    input: R,
    left: usize,
}

impl<R: BufRead> io::Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other("a row is longer than 4 MiB"));
        }
        let room = out.len().min(self.left);
        let n = self.input.read(&mut out[..room])?;
        self.left -= n;
        Ok(n)
    }
}

fn item(columns: &[Column], row: &csv::StringRecord, line: usize) -> Item {
    if row.iter().all(|text| text.trim().is_empty()) {
        let said = Said::new("import.csv.empty-row");
        return Item::Unreadable(Unreadable { line, text: String::new(), said });
    }
    let mut record = record(columns, row.iter(), line);
    if row.len() != columns.len() {
        let said =
            Said::new("import.csv.width").with("has", row.len()).with("header", columns.len());
        record.unknown.push(Unknown { line, said });
    }
    if record.field("title").is_none() && record.field("booktitle").is_none() {
        let said = Said::new("import.no-title");
        let text = row.iter().collect::<Vec<_>>().join("\t");
        if record.names("author").is_empty() {
            return Item::Unreadable(Unreadable { line, text, said });
        }
        record.unknown.push(Unknown { line, said });
    }
    Item::Record(record)
}

fn record<'t>(columns: &[Column], texts: impl Iterator<Item = &'t str>, line: usize) -> Record {
    let mut record = Record { line, ..Record::new("") };
    let (mut first, mut last, mut month) = (String::new(), String::new(), String::new());
    for (at, text) in texts.enumerate() {
        let text = raw(text.trim());
        let Some(column) = columns.get(at) else {
            record.annotate("+", text);
            continue;
        };
        if text.is_empty() {
            continue;
        }
        match column.field.as_deref() {
            Some("-") => {}
            Some("key") => record.take_key(text),
            Some("entrytype") => record.entry_type = entry_type(text).into(),
            Some("firstpage") => text.clone_into(&mut first),
            Some("lastpage") => text.clone_into(&mut last),
            Some("month") => text.clone_into(&mut month),
            // Another program's word for a language; our own names need no reading.
            Some("langid") if column.header != "langid" => {
                let own = columns.iter().any(|it| it.header == "langid");
                if own && column.header == "language" {
                    cell(&mut record, "language", text);
                } else {
                    super::language::add(&mut record, text);
                }
            }
            Some("isbn") if column.header != "isbn" => super::ris::numbers(&mut record, text),
            Some("type") => record.add("type", super::table::read_term(text)),
            // Who puts out a report is its institution; our own names mean what they say.
            Some("publisher")
                if column.header != "publisher"
                    && matches!(&*record.entry_type, "report" | "thesis") =>
            {
                cell(&mut record, "institution", text);
            }
            // Other programs have one column for what a work stands in.
            Some("journaltitle")
                if column.header != "journaltitle"
                    && matches!(
                        &*record.entry_type,
                        "incollection" | "inbook" | "inproceedings" | "inreference"
                    ) =>
            {
                cell(&mut record, "booktitle", text);
            }
            Some("journaltitle")
                if column.header != "journaltitle" && record.entry_type == "online" =>
            {
                cell(&mut record, "organization", text);
            }
            Some(field) => cell(&mut record, field, text),
            None => record.annotate(&column.header, text),
        }
    }
    match (first.as_str(), last.as_str()) {
        ("", _) => {}
        (first, "") => record.add("pages", first),
        (first, last) => record.add("pages", &format!("{first}–{last}")),
    }
    if !month.is_empty()
        && let Some(year) = record.text("date").map(std::borrow::Cow::into_owned)
        && let Some(date) = super::date::read(&format!("{month} {year}"))
    {
        record.set("date", Value::Text(date));
    }
    if columns.iter().any(|it| it.header == "BibliographyType") {
        super::leftover::tidy(&mut record);
    }
    if record.entry_type.is_empty() {
        let has = |name: &str| record.field(name).is_some();
        record.entry_type = match () {
            () if has("journaltitle") => "article",
            () if has("booktitle") => "incollection",
            () if has("institution") => "report",
            () if has("publisher") || has("isbn") => "book",
            () if has("url") => "online",
            () => "misc",
        }
        .into();
    }
    record
}

fn cell(record: &mut Record, field: &str, text: &str) {
    let name = field.to_owned();
    match kind(field) {
        Kind::Names => {
            for one in split_names(text) {
                record.add(name.clone(), one);
            }
        }
        Kind::List => {
            for one in text.split("; ") {
                record.add(name.clone(), one);
            }
        }
        Kind::Words => {
            let by = if text.contains(';') { ';' } else { ',' };
            for one in text.split(by) {
                record.add(name.clone(), one);
            }
        }
        // A table of our own says it as BibLaTeX does; anything else is put right.
        _ => record.add(name, text),
    }
}

/// Names in one cell: between semicolons; else between ` and `, else (`Smith J, Doe A`) commas.
fn split_names(text: &str) -> Vec<&str> {
    let several = super::person::several(text);
    if text.contains(';') || several.len() > 1 {
        return several;
    }
    if text.contains(" and ") {
        return text.split(" and ").map(str::trim).collect();
    }
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    // `Smith J, Doe A`: every part ends in initials. `Smith, John` is one person.
    let ends_in_initials = |part: &&str| {
        part.rsplit_once(' ').is_some_and(|(_, last)| {
            last.len() <= 4 && last.chars().all(|c| c.is_uppercase() || c == '.')
        })
    };
    if parts.len() > 1 && parts.iter().all(ends_in_initials) {
        return parts.into_iter().map(|part| part.trim_end_matches('.')).collect();
    }
    vec![text]
}

fn entry_type(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    match known().types.get(&lower) {
        Some(found) => found.clone(),
        None => crate::model::alias::entry_type(&lower.replace([' ', '/'], "")).0,
    }
}

/// Characters that make a spreadsheet take a cell for a formula (OWASP, "CSV injection").
fn is_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠')
}

/// The text with a mark before it that makes it text to a spreadsheet, where it needs one.
fn safe(text: &str) -> String {
    let rest = text.trim_start_matches('\'');
    if rest.starts_with(is_formula) { format!("'{text}") } else { text.to_owned() }
}

/// The text without the mark of [`safe`].
fn raw(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(is_formula) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests;
