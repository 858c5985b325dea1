//! BibLaTeX and BibTeX: entries as records, records as entries, and the one dialect as the other
//! by the BibLaTeX manual's tables (2.1.2, 2.2.5; `data/builtin/exchange/bibtex.toml`).

use super::record::{Field, Kind, Record, Unknown, Value, kind};
use super::{Item, Records, Unreadable};
use crate::bibtex;
use crate::model::Library;
use crate::model::date::parse;
use crate::text::said::Said;
use serde::Deserialize;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{BufRead, Read as _};
use std::sync::LazyLock;

/// The longest `.bib` text that is read, in bytes: its entries refer to each other, so it is read
/// whole.
const MAX_TEXT: u64 = 1 << 30;

/// The entries of a BibTeX text; broken ones are unreadable.
pub(super) fn read<'a>(input: Box<dyn BufRead + 'a>) -> Records<'a> {
    let mut bytes = Vec::new();
    if let Err(error) = input.take(MAX_TEXT).read_to_end(&mut bytes) {
        let item = Item::Unreadable(Unreadable::of_error(0, &error));
        return Box::new(std::iter::once(item));
    }
    let library = Library::new(vec![("import.bib".into(), bytes.into())]);
    let mut items = Vec::with_capacity(library.entries.len());
    for entry in &library.entries {
        if entry.is_broken {
            items.push(Item::Unreadable(Unreadable {
                line: entry.place.line,
                text: String::from_utf8_lossy(library.written(entry)).into_owned(),
                said: Said::new("import.bib.broken"),
            }));
        } else {
            items.push(Item::Record(Record::from_entry(entry)));
        }
    }
    let source = &library.sources[0];
    let outside = source.file.problems.iter().filter(|problem| {
        !library.entries.iter().any(|entry| entry.place.span.contains(&problem.span.start))
    });
    for problem in outside {
        let text = source.bytes.get(problem.span.clone()).unwrap_or_default();
        items.push(Item::Unreadable(Unreadable {
            line: source.lines.position(&source.bytes, problem.span.start).line,
            text: String::from_utf8_lossy(text).into_owned(),
            said: Said::new("import.bib.broken"),
        }));
    }
    Box::new(items.into_iter())
}

/// Writes one record as a BibLaTeX entry.
pub(super) fn write(record: &Record, out: &mut String) {
    entry(&record.entry_type, record, |_| true, out);
}

fn entry(entry_type: &str, record: &Record, has: impl Fn(&Field) -> bool, out: &mut String) {
    let fields: Vec<&Field> = record.fields.iter().filter(|field| has(field)).collect();
    let width = fields.iter().map(|field| field.name.len()).max().unwrap_or(0);
    let _ = writeln!(out, "@{entry_type}{{{},", record.key);
    for field in fields {
        let tex = field.to_tex();
        // What cannot stand in a file would take what follows with it.
        if bibtex::change::is_balanced(&tex) {
            let _ = writeln!(out, "  {:<width$} = {{{tex}}},", field.name);
        }
    }
    out.push_str("}\n\n");
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dialect {
    types: HashMap<String, String>,
    fields: HashMap<String, String>,
    months: Vec<String>,
}

fn dialect() -> &'static Dialect {
    static DIALECT: LazyLock<Dialect> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "compiled in, held by a test")]
        toml::from_str(include_str!("../../data/builtin/exchange/bibtex.toml"))
            .expect("a dialect that can be read")
    });
    &DIALECT
}

/// Writes one record as an entry that BibTeX's styles understand.
pub(super) fn write_bibtex(record: &Record, _asides: &[&Field], out: &mut String) {
    let mut record = record.clone();
    let dialect = dialect();
    let mut entry_type = dialect.types.get(&*record.entry_type).map_or("misc", String::as_str);
    if record.entry_type == "thesis" {
        let of = record.text("type");
        let known = match of.as_deref() {
            Some("phdthesis") => Some("phdthesis"),
            Some("mathesis") => Some("mastersthesis"),
            _ => None,
        };
        drop(of);
        if let Some(known) = known {
            entry_type = known;
            record.remove("type");
        }
    }
    if record.text("type").is_some_and(|text| text == "techreport") {
        record.remove("type");
    }
    join(&mut record, "title", "subtitle");
    join(&mut record, "booktitle", "booksubtitle");
    join(&mut record, "journaltitle", "journalsubtitle");
    let mut month = None;
    if let Some(date) = record.text("date").and_then(|text| parse(&text))
        && let Some(start) = date.start
    {
        record.remove("date");
        let mut year = format!("{:04}", start.year);
        if let Some(Some(end)) = date.end
            && end.year != start.year
        {
            let _ = write!(year, "--{:04}", end.year);
        }
        record.fields.push(plain("year", &year));
        month = start.month.and_then(|month| dialect.months.get(usize::from(month) - 1));
    }
    let width = 12;
    let _ = writeln!(out, "@{entry_type}{{{},", record.key);
    for field in &record.fields {
        let name = match (&*field.name, &*record.entry_type) {
            ("institution", "thesis") => "school",
            (name, _) => dialect.fields.get(name).map_or(name, String::as_str),
        };
        let tex = field.to_tex();
        if !name.is_empty() && bibtex::change::is_balanced(&tex) {
            let _ = writeln!(out, "  {name:<width$} = {{{tex}}},");
        }
    }
    if let Some(month) = month {
        let _ = writeln!(out, "  {:<width$} = {month},", "month");
    }
    out.push_str("}\n\n");
}

fn plain(name: &'static str, text: &str) -> Field {
    Field { name: name.into(), value: Value::Text(text.to_owned()), tex: Some(text.into()) }
}

/// Puts a subtitle behind its title, as TeX.
fn join(record: &mut Record, title: &'static str, subtitle: &str) {
    let Some(sub) = record.field(subtitle).map(|field| field.to_tex().into_owned()) else { return };
    let main = record.field(title).map(|field| field.to_tex().into_owned()).unwrap_or_default();
    let joined = if main.is_empty() {
        sub
    } else if main.ends_with(['?', '!', '.', ':']) {
        format!("{main} {sub}")
    } else {
        format!("{main}: {sub}")
    };
    record.remove(subtitle);
    record.set(title, Value::from_tex(title, &joined));
    if let Some(field) = record.fields.iter_mut().find(|field| field.name == title) {
        field.tex = Some(joined.into());
    }
}

/// What is said of an entry that has a value no file could hold.
pub(super) fn check(record: &mut Record) {
    let broken: Vec<String> = record
        .fields
        .iter()
        .filter(|field| !bibtex::change::is_balanced(&field.to_tex()))
        .map(|field| field.name.to_string())
        .collect();
    for name in broken {
        let said = Said::new("import.unbalanced").with("field", &name);
        record.unknown.push(Unknown { line: record.line, said });
        if kind(&name) == Kind::Verbatim {
            record.remove(&name);
        } else if let Some(field) = record.fields.iter_mut().find(|field| field.name == name) {
            // The text is what was read; escaped, its braces pair up.
            field.tex = None;
        }
    }
}
