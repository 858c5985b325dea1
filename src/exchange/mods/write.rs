//! MODS: writing.

use crate::exchange::record::{Field, Record, Value};
use crate::exchange::xml::Writer;
use crate::exchange::{language, table};
use crate::model::Name;
use std::borrow::Cow;

/// Fields of names and the relators for them.
const ROLES: &[(&str, &str)] = &[
    ("author", "aut"),
    ("editor", "edt"),
    ("translator", "trl"),
    ("annotator", "ann"),
    ("commentator", "cwt"),
    ("introduction", "aui"),
    ("afterword", "aft"),
    ("holder", "pth"),
];

/// Writes one record; `asides` go into an `extension`.
pub fn write(record: &Record, asides: &[&Field], out: &mut String) {
    let mut xml = Writer::default();
    let id: [(&str, &str); 1] = [("ID", &record.key)];
    let fits = record.key.starts_with(|c: char| c.is_ascii_alphabetic())
        && record.key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    xml.open("mods", if fits { &id } else { &[] });
    title(&mut xml, record, "title", "subtitle");
    if let Some(text) = record.text("shorttitle") {
        xml.open("titleInfo", &[("type", "abbreviated")]);
        xml.text("title", &[], &text);
        xml.close();
    }
    let in_host = record.field("booktitle").is_some();
    for (field, role) in ROLES {
        if *field != "editor" || !in_host {
            names(&mut xml, record, field, role);
        }
    }
    xml.text("genre", &[("authority", "marcgt")], table::mods().foreign_type(record));
    origin(&mut xml, record);
    if let Some(langid) = record.text("langid") {
        xml.open("language", &[]);
        let tag = language::tag(&langid);
        xml.text("languageTerm", &[("type", "code"), ("authority", "rfc5646")], &tag);
        xml.close();
    }
    if let Some(pages) = record.text("pagetotal") {
        xml.open("physicalDescription", &[]);
        xml.text("extent", &[("unit", "pages")], &pages);
        xml.close();
    }
    xml.text("abstract", &[], &text(record, "abstract"));
    xml.text("note", &[], &text(record, "note"));
    xml.text("note", &[("type", "annotation")], &text(record, "annotation"));
    if let Some(Value::List(words)) = record.field("keywords").map(|it| &it.value) {
        for word in words {
            xml.open("subject", &[]);
            xml.text("topic", &[], word);
            xml.close();
        }
    }
    host(&mut xml, record, in_host);
    if let Some(series) = record.text("series") {
        xml.open("relatedItem", &[("type", "series")]);
        xml.open("titleInfo", &[]);
        xml.text("title", &[], &series);
        xml.close();
        xml.close();
    }
    for (field, kind) in [
        ("doi", "doi"),
        ("isbn", "isbn"),
        ("issn", "issn"),
        ("eissn", "eissn"),
        ("pmid", "pmid"),
        ("pmcid", "pmcid"),
    ] {
        xml.text("identifier", &[("type", kind)], &text(record, field));
    }
    if !record.key.is_empty() {
        xml.text("identifier", &[("type", "citekey")], &record.key);
    }
    if let Some(url) = record.text("url") {
        xml.open("location", &[]);
        xml.text("url", &[], &url);
        xml.close();
    }
    if !asides.is_empty() {
        xml.open("extension", &[]);
        for field in asides {
            xml.text("field", &[("name", &field.name)], &field.to_tex());
        }
        xml.close();
    }
    out.push_str(&xml.finish());
}

fn text<'a>(record: &'a Record, field: &str) -> Cow<'a, str> {
    record.text(field).unwrap_or_default()
}

fn title(xml: &mut Writer, record: &Record, title: &str, sub: &str) {
    if record.field(title).is_some() || record.field(sub).is_some() {
        xml.open("titleInfo", &[]);
        xml.text("title", &[], &text(record, title));
        xml.text("subTitle", &[], &text(record, sub));
        if title == "title" {
            xml.text("partNumber", &[], &text(record, "part"));
        }
        xml.close();
    }
}

fn names(xml: &mut Writer, record: &Record, field: &str, role: &str) {
    for one in record.names(field) {
        name(xml, one, role);
    }
}

fn name(xml: &mut Writer, one: &Name, role: &str) {
    xml.open("name", &[("type", if one.is_body { "corporate" } else { "personal" })]);
    if one.is_body {
        xml.text("namePart", &[], &one.family);
    } else {
        let family = format!("{} {}", one.particle, one.family);
        xml.text("namePart", &[("type", "family")], family.trim());
        xml.text("namePart", &[("type", "given")], &one.given);
        xml.text("namePart", &[("type", "termsOfAddress")], &one.suffix);
    }
    xml.open("role", &[]);
    xml.text("roleTerm", &[("type", "code"), ("authority", "marcrelator")], role);
    xml.close();
    xml.close();
}

fn origin(xml: &mut Writer, record: &Record) {
    let publisher = match &*record.entry_type {
        "thesis" | "report" => "institution",
        "online" | "manual" => "organization",
        _ => "publisher",
    };
    let fields = ["date", "edition", "location", "urldate", publisher];
    if fields.iter().all(|name| record.field(name).is_none()) {
        return;
    }
    xml.open("originInfo", &[]);
    for place in list(record, "location") {
        xml.open("place", &[]);
        xml.text("placeTerm", &[("type", "text")], &place);
        xml.close();
    }
    for one in list(record, publisher) {
        xml.text("publisher", &[], &one);
    }
    let date = text(record, "date");
    match date.split_once('/') {
        Some((start, end)) if !start.is_empty() && !end.is_empty() => {
            xml.text("dateIssued", &[("encoding", "edtf"), ("point", "start")], start);
            xml.text("dateIssued", &[("encoding", "edtf"), ("point", "end")], end);
        }
        _ => xml.text("dateIssued", &[("encoding", "edtf")], &date),
    }
    xml.text("dateCaptured", &[("encoding", "edtf")], &text(record, "urldate"));
    xml.text("edition", &[], &text(record, "edition"));
    xml.close();
}

fn list(record: &Record, name: &str) -> Vec<String> {
    match record.field(name).map(|field| &field.value) {
        Some(Value::List(parts)) => parts.clone(),
        Some(other) => vec![other.text().into_owned()],
        None => Vec::new(),
    }
}

/// What the work stands in, and where in it.
fn host(xml: &mut Writer, record: &Record, in_book: bool) {
    let journal = record.field("journaltitle").is_some();
    let has_part = ["volume", "number", "pages", "eid", "chapter"]
        .iter()
        .any(|name| record.field(name).is_some());
    if !journal && !in_book {
        if has_part {
            part(xml, record);
        }
        return;
    }
    xml.open("relatedItem", &[("type", "host")]);
    if journal {
        title(xml, record, "journaltitle", "journalsubtitle");
        if let Some(short) = record.text("shortjournal") {
            xml.open("titleInfo", &[("type", "abbreviated")]);
            xml.text("title", &[], &short);
            xml.close();
        }
    } else {
        title(xml, record, "booktitle", "booksubtitle");
        names(xml, record, "editor", "edt");
    }
    if has_part {
        part(xml, record);
    }
    xml.close();
}

fn part(xml: &mut Writer, record: &Record) {
    xml.open("part", &[]);
    for (field, kind) in
        [("volume", "volume"), ("number", "issue"), ("eid", "eid"), ("chapter", "chapter")]
    {
        if let Some(number) = record.text(field) {
            xml.open("detail", &[("type", kind)]);
            xml.text("number", &[], &number);
            xml.close();
        }
    }
    if let Some(pages) = record.text("pages") {
        xml.open("extent", &[("unit", "pages")]);
        match pages.split_once('–') {
            Some((start, end)) if !pages.contains(',') && !end.contains('–') => {
                xml.text("start", &[], start);
                xml.text("end", &[], end);
            }
            _ => xml.text("list", &[], &pages),
        }
        xml.close();
    }
    xml.close();
}
