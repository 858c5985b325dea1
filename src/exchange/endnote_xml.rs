//! EndNote's XML, in and out: the names of its elements stand in
//! `data/builtin/exchange/endnote.toml`.

use super::record::{Field, Record, Value};
use super::xml::{Element, Elements, Writer};
use super::{Item, Records, aside, date, person, table};
use crate::model::date::parse;
use std::io::BufRead;

/// The records of an EndNote XML text.
pub(super) fn read<'a>(input: Box<dyn BufRead + 'a>) -> Records<'a> {
    Box::new(Elements::new(input, &["record"]).map(|element| match element {
        Ok(element) => Item::Record(record(&element)),
        Err(unreadable) => Item::Unreadable(unreadable),
    }))
}

fn record(element: &Element) -> Record {
    let table = table::endnote();
    let mut record = Record { line: element.line, ..Record::new("misc") };
    if let Some(kind) = element.find("ref-type") {
        let name = kind.attribute("name").map_or_else(|| kind.text(), str::to_owned);
        if !table.entry_type(&name, &mut record) {
            record.not_understood(element.line, "import.unknown-type", &name);
        }
    }
    // Mendeley calls generic what it does not know; what stands in a volume of something is an article.
    if record.entry_type == "misc"
        && element.find("volume").is_some()
        && element.find("titles/secondary-title").is_some()
    {
        record.entry_type = "article".into();
    }
    let mut asides = Vec::new();
    for group in element.children() {
        match group.name.as_str() {
            "contributors" | "titles" | "periodical" | "urls" => {
                for one in group.children() {
                    nested(&mut record, group, one);
                }
            }
            "keywords" => {
                for word in group.all("keyword") {
                    record.add_part("keywords", word.text());
                }
            }
            "dates" => dates(&mut record, group),
            "isbn" => super::ris::numbers(&mut record, &group.raw_text().replace('\r', ";")),
            "language" => super::language::add(&mut record, &group.text()),
            "label" => record.take_key(&group.text()),
            "work-type" => record.add("type", table::read_term(&group.text())),
            "pages" => pages(&mut record, &group.text()),
            "custom7" if !aside::read_all(&group.text()).is_empty() => {
                asides = aside::read_all(&group.text());
            }
            "database" | "source-app" | "rec-number" | "foreign-keys" | "ref-type"
            | "modified-date" | "added-date" => {}
            name => match table.field(name, &record.entry_type.clone()) {
                Some(field) => record.add(field, &group.text()),
                None => {
                    let text = group.text();
                    if !text.is_empty() {
                        record.annotate(name, &text);
                        record.not_understood(group.line, "import.unknown-element", name);
                    }
                }
            },
        }
    }
    if let (Some(_), Some(short)) = (record.field("journaltitle"), record.text("shortjournal"))
        && record.text("journaltitle") == Some(short)
    {
        record.remove("shortjournal");
    }
    for field in asides {
        aside::put(&mut record, field);
    }
    record
}

/// One number behind a whole work says how many pages it has.
fn pages(record: &mut Record, text: &str) {
    let is_whole =
        matches!(&*record.entry_type, "book" | "mvbook" | "collection" | "report" | "thesis");
    let digits = text.trim_end_matches([' ', 'p', 's', '.']);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_whole && is_number {
        record.add("pagetotal", digits);
    } else {
        record.add("pages", text);
    }
}

fn nested(record: &mut Record, group: &Element, one: &Element) {
    match (group.name.as_str(), one.name.as_str()) {
        ("urls", _) => {
            for url in one.children() {
                let field = match one.name.as_str() {
                    "pdf-urls" => "file",
                    "text-urls" => "fulltext",
                    _ => "url",
                };
                record.add(field, &url.text());
            }
        }
        ("contributors", _) => {
            let entry_type = record.entry_type.clone();
            if let Some(field) = table::endnote().field(&one.name, &entry_type) {
                for name in one.children() {
                    record.add(field, &name.text());
                }
            }
        }
        // The periodical repeats the secondary title.
        ("periodical", "full-title") if record.field("journaltitle").is_some() => {}
        ("periodical", "full-title") if record.entry_type != "article" => {}
        (_, name) => {
            let entry_type = record.entry_type.clone();
            if let Some(field) = table::endnote().field(name, &entry_type) {
                record.add(field, &one.text());
            }
        }
    }
}

/// The year in one element, the day in another, in any form.
fn dates(record: &mut Record, group: &Element) {
    let (year, day) = (group.text_at("year"), group.text_at("pub-dates/date"));
    let together = [day.clone(), format!("{day} {year}")];
    let read = together
        .iter()
        .filter(|_| !day.is_empty())
        .find_map(|text| date::read(text).filter(|it| it.starts_with(&*year)));
    match read {
        Some(date) => record.add("date", &date),
        None => {
            record.add("date", &year);
            record.add("date", &day);
        }
    }
}

/// Writes one record; `asides` go into `custom7`.
pub(super) fn write(record: &Record, asides: &[&Field], out: &mut String) {
    let table = table::endnote();
    let mut xml = Writer::default();
    xml.open("record", &[]);
    xml.text("source-app", &[("name", "kilde")], "kilde");
    let foreign = table.foreign_type(record);
    xml.text("ref-type", &[("name", foreign)], foreign);
    let written = table.written(&record.entry_type);
    let of = |tag: &str| {
        let field = written.iter().find(|(known, _)| *known == tag).map(|(_, field)| *field)?;
        record.field(field)
    };
    xml.open("contributors", &[]);
    for tag in ["authors", "secondary-authors", "tertiary-authors", "subsidiary-authors"] {
        if let Some(Value::Names(names)) = of(tag).map(|field| &field.value) {
            xml.open(tag, &[]);
            for one in &names.names {
                xml.text("author", &[], &person::write_marked(one));
            }
            if names.others {
                xml.text("author", &[], "et al.");
            }
            xml.close();
        }
    }
    xml.close();
    xml.open("titles", &[]);
    for tag in ["title", "secondary-title", "tertiary-title", "alt-title", "short-title"] {
        if let Some(field) = of(tag) {
            xml.text(tag, &[], &record.whole_title(&field.name));
        }
    }
    xml.close();
    if let Some(date) = record.text("date").and_then(|text| parse(&text))
        && let Some(start) = date.start
    {
        xml.open("dates", &[]);
        xml.text("year", &[], &format!("{:04}", start.year));
        if start.month.is_some() {
            xml.open("pub-dates", &[]);
            xml.text("date", &[], &record.text("date").unwrap_or_default());
            xml.close();
        }
        xml.close();
    }
    if let Some(Value::List(words)) = record.field("keywords").map(|field| &field.value) {
        xml.open("keywords", &[]);
        for word in words {
            xml.text("keyword", &[], word);
        }
        xml.close();
    }
    for (tag, name) in &written {
        let Some(field) = record.field(name) else { continue };
        let is_single = !matches!(
            *tag,
            "authors"
                | "secondary-authors"
                | "tertiary-authors"
                | "subsidiary-authors"
                | "title"
                | "secondary-title"
                | "tertiary-title"
                | "alt-title"
                | "short-title"
        );
        if is_single {
            single(&mut xml, tag, field);
        }
    }
    xml.text("label", &[], &record.key);
    if ["url", "fulltext", "file"].iter().any(|name| record.field(name).is_some()) {
        xml.open("urls", &[]);
        for (group, name) in
            [("related-urls", "url"), ("text-urls", "fulltext"), ("pdf-urls", "file")]
        {
            if let Some(url) = record.text(name) {
                xml.open(group, &[]);
                xml.text("url", &[], &url);
                xml.close();
            }
        }
        xml.close();
    }
    let asides: Vec<String> = asides.iter().map(|field| aside::write(field)).collect();
    xml.text("custom7", &[], &asides.join(" "));
    out.push_str(&xml.finish());
}

fn single(xml: &mut Writer, tag: &'static str, field: &Field) {
    match (&field.value, tag) {
        (Value::Text(text), "work-type") => xml.text(tag, &[], table::write_term(text)),
        (Value::Text(text), "language") => xml.text(tag, &[], &super::language::tag(text)),
        (Value::Text(text), "pages") => xml.text(tag, &[], &text.replace('–', "-")),
        (value, _) => xml.text(tag, &[], &value.text()),
    }
}
