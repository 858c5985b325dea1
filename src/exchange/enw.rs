//! EndNote's tagged format (`.enw`) and its forebear Refer.

use super::record::{Field, Record, Unknown, Value};
use super::tagged::{Block, Blocks, Style};
use super::{Item, Records, aside, date, person, table};
use crate::model::date::parse;
use crate::text::said::Said;
use std::fmt::Write as _;
use std::io::BufRead;

/// The records of a tagged EndNote text.
pub(super) fn read<'a>(input: Box<dyn BufRead + 'a>) -> Records<'a> {
    super::blocks(Blocks::new(input, Style::Refer), |block| Item::Record(record(block)))
}

fn record(block: &Block) -> Record {
    let table = table::enw();
    let mut record = Record { line: block.line, ..Record::new("misc") };
    match block.first("0") {
        Some(foreign) => {
            if !table.entry_type(foreign.trim(), &mut record) {
                record.not_understood(block.line, "import.unknown-type", foreign);
            }
        }
        // Refer has no types.
        None if block.first("J").is_some() => record.entry_type = "article".into(),
        None if block.first("B").is_some() => record.entry_type = "incollection".into(),
        None if block.first("I").is_some() => record.entry_type = "book".into(),
        None => {}
    }
    let mut asides = Vec::new();
    for (tag, value, line) in block.parts() {
        match tag {
            "0" => {}
            _ if value.trim().is_empty() => {}
            "F" => record.take_key(value),
            "1" | "2" | "3" | "4" if aside::read(value).is_some() => {
                asides.extend(aside::read(value));
            }
            "1" | "2" | "3" | "4" | "#" | "$" | "H" | "W" | "~" | "<" | "*" | "]" | "=" | "^" => {
                record.annotate(&format!("%{tag}"), value);
            }
            "A" | "E" | "?" | "Y" => {
                if let Some(field) = table.field(tag, &record.entry_type.clone()) {
                    for one in value.split('\n').flat_map(person::several) {
                        record.add(field, one);
                    }
                }
            }
            "D" | "8" => dates(&mut record, value),
            "G" => super::language::add(&mut record, value),
            "@" => super::ris::numbers(&mut record, value),
            "R" if super::identifier::doi(value).is_none() => resource(&mut record, value),
            "9" => record.add("type", table::read_term(value)),
            "K" => {
                let by = if value.contains(['\n', ';']) { ['\n', ';'] } else { ['\n', ','] };
                for word in value.split(by) {
                    record.add("keywords", word);
                }
            }
            "P" if record.entry_type == "book" && value.bytes().all(|b| b.is_ascii_digit()) => {
                record.add("pagetotal", value);
            }
            _ => match table.field(tag, &record.entry_type.clone()) {
                Some(field) => record.add(field, value),
                None => {
                    record.annotate(&format!("%{tag}"), value);
                    let said = Said::new("import.unknown-tag").with("tag", format!("%{tag}"));
                    record.unknown.push(Unknown { line, said });
                }
            },
        }
    }
    super::leftover::tidy(&mut record);
    for field in asides {
        aside::put(&mut record, field);
    }
    super::note_cut(&mut record, block);
    record
}

/// `%R` is the DOI to EndNote, the number of a report to Refer, and its kind to Zotero.
fn resource(record: &mut Record, value: &str) {
    match &*record.entry_type {
        "report" | "thesis" if !value.contains(|c: char| c.is_ascii_digit()) => {
            record.add("type", table::read_term(value));
        }
        "report" => record.add("number", value),
        _ => record.annotate("%R", value),
    }
}

/// `%D` is the year, `%8` the day in whatever form.
fn dates(record: &mut Record, value: &str) {
    let known = record.text("date").map(std::borrow::Cow::into_owned);
    let Some(known) = known else {
        record.add("date", value);
        return;
    };
    let with_year = [value.to_owned(), format!("{value} {known}")];
    let read = with_year.iter().find_map(|text| {
        date::read(text).filter(|date| date.starts_with(known.as_str()) && date.len() > known.len())
    });
    if let Some(date) = read {
        record.set("date", Value::Text(date));
    }
}

/// Writes one record; `asides` are written whole where only kilde reads them.
pub(super) fn write(record: &Record, asides: &[&Field], out: &mut String) {
    let table = table::enw();
    line(out, "0", table.foreign_type(record));
    for (tag, name) in table.written(&record.entry_type) {
        if tag == "F" {
            line(out, "F", &record.key);
        }
        let Some(field) = record.field(name) else { continue };
        match (&field.value, tag) {
            (Value::Names(names), _) => {
                for one in &names.names {
                    line(out, tag, &person::write_marked(one));
                }
                if names.others {
                    line(out, tag, "et al.");
                }
            }
            (Value::Text(text), "D") => {
                let Some(start) = parse(text).and_then(|date| date.start) else { continue };
                line(out, "D", &format!("{:04}", start.year));
                if start.month.is_some() {
                    line(out, "8", text);
                }
            }
            (Value::Text(_), _) if matches!(name, "title" | "booktitle" | "journaltitle") => {
                line(out, tag, &record.whole_title(name));
            }
            (Value::Text(text), "P") => line(out, tag, &text.replace('–', "-")),
            (Value::Text(text), "9") => line(out, tag, table::write_term(text)),
            (Value::Text(text), "G") => line(out, tag, &super::language::tag(text)),
            (Value::Text(text), _) => line(out, tag, text),
            (Value::List(parts), "K") => line(out, tag, &parts.join("; ")),
            (Value::List(parts), _) => {
                for part in parts {
                    line(out, tag, part);
                }
            }
        }
    }
    for field in asides {
        line(out, "1", &aside::write(field));
    }
    out.push('\n');
}

fn line(out: &mut String, tag: &str, value: &str) {
    let value = crate::text::escape::clean(value);
    if !value.is_empty() {
        let _ = writeln!(out, "%{tag} {value}");
    }
}
