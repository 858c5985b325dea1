//! MODS, the Library of Congress's description schema (version 3.8).

mod write;

pub(super) use write::write;

use super::record::{Field, Record, Value};
use super::xml::{Element, Elements};
use super::{Item, Records, aside, date, identifier, leftover, person, table};
use crate::model::alias;
use std::borrow::Cow;
use std::io::BufRead;

/// The records of a MODS text.
pub(super) fn read<'a>(input: Box<dyn BufRead + 'a>) -> Records<'a> {
    Box::new(Elements::new(input, &["mods"]).map(|element| match element {
        Ok(element) => Item::Record(record(&element)),
        Err(unreadable) => Item::Unreadable(unreadable),
    }))
}

fn record(element: &Element) -> Record {
    let mut record = Record { line: element.line, ..Record::new("misc") };
    let host = element.all("relatedItem").find(|it| it.attribute("type") == Some("host"));
    // JabRef puts the pages of every work into a host that is nothing else.
    let whole = host.filter(|host| host.children().any(|it| it.name != "part"));
    kind(&mut record, element, whole);
    titles(&mut record, element, "title", "subtitle");
    if let Some(host) = host {
        let (title, sub) = match &*record.entry_type {
            "article" | "review" | "suppperiodical" => ("journaltitle", "journalsubtitle"),
            "online" => ("organization", "titleaddon"),
            _ => ("booktitle", "booksubtitle"),
        };
        titles(&mut record, host, title, sub);
    }
    names(&mut record, element, "author");
    if let Some(host) = host {
        names(&mut record, host, "editor");
        part(&mut record, host);
        origin(&mut record, host);
        identifiers(&mut record, host);
    }
    part(&mut record, element);
    origin(&mut record, element);
    identifiers(&mut record, element);
    rest(&mut record, element);
    for series in element.all("relatedItem").filter(|it| it.attribute("type") == Some("series")) {
        record.add("series", &series.text_at("titleInfo/title"));
        record.add("number", &series.text_at("titleInfo/partNumber"));
        record.add("number", &series.text_at("part/detail/number"));
    }
    leftover::tidy(&mut record);
    if let Some(extension) = element.find("extension") {
        for kept in extension.all("field") {
            let name = kept.attribute("name").unwrap_or_default().to_owned();
            let tex = kept.text();
            if !name.is_empty() && crate::bibtex::change::is_balanced(&tex) {
                let value = Value::from_tex(&name, &tex);
                aside::put(
                    &mut record,
                    Field { name: Cow::Owned(name), value, tex: Some(tex.into()) },
                );
            }
        }
    }
    record
}

/// The type by the genres of the work and of what it stands in; else by what it is made of.
fn kind(record: &mut Record, element: &Element, host: Option<&Element>) {
    let table = table::mods();
    let genres: Vec<String> = element.all("genre").map(Element::text).collect();
    if genres.iter().rev().any(|genre| table.entry_type(genre, record)) {
        own_kind(record, element);
        let is_book = record.entry_type == "book";
        if is_book && host.is_some() {
            record.entry_type = "incollection".into();
        }
        return;
    }
    // JabRef writes its own names of types.
    if let Some(genre) = genres.iter().find(|it| alias::entry_type(it).1.is_some()) {
        let (entry_type, kind) = alias::entry_type(genre);
        record.entry_type = entry_type.into();
        record.add("type", kind.unwrap_or_default());
        return;
    }
    let host_genre = host.map(|host| host.text_at("genre")).unwrap_or_default();
    let issuance = |it: &Element| it.text_at("originInfo/issuance");
    record.entry_type = match host {
        Some(host) => {
            let is_serial = issuance(host) == "continuing"
                || issuance(host) == "serial"
                || matches!(&*host_genre, "journal" | "periodical" | "academic journal")
                || host.all("identifier").any(|it| it.attribute("type") == Some("issn"));
            if host_genre == "conference publication" {
                "inproceedings"
            } else if is_serial {
                "article"
            } else {
                "incollection"
            }
        }
        None if issuance(element) == "monographic" => "book",
        None if matches!(&*issuance(element), "continuing" | "serial") => "periodical",
        None if element.text_at("originInfo/publisher").is_empty() => "misc",
        None => "book",
    }
    .into();
}

/// What kind of report or thesis it is, in words of its own (Zotero): a genre of no list.
fn own_kind(record: &mut Record, element: &Element) {
    let own = element
        .all("genre")
        .find(|it| it.attribute("authority").is_none() && !table::mods().knows_type(&it.text()));
    if let Some(own) = own.filter(|_| matches!(&*record.entry_type, "report" | "thesis")) {
        record.set("type", Value::Text(table::read_term(&own.text()).to_owned()));
    }
}

fn titles(record: &mut Record, element: &Element, title: &'static str, sub: &'static str) {
    for info in element.all("titleInfo") {
        let mut text = info.text_at("title");
        let non_sort = info.text_at("nonSort");
        if !non_sort.is_empty() {
            let gap = if non_sort.ends_with(['\'', '’']) { "" } else { " " };
            text = format!("{non_sort}{gap}{text}");
        }
        match info.attribute("type") {
            None => {
                record.add(title, &text);
                record.add(sub, &info.text_at("subTitle"));
                if title == "title" {
                    record.add("part", &info.text_at("partNumber"));
                    record.add("titleaddon", &info.text_at("partName"));
                }
            }
            Some("abbreviated") if title == "journaltitle" => record.add("shortjournal", &text),
            Some("abbreviated") => record.add("shorttitle", &text),
            Some("uniform") => record.add("origtitle", &text),
            Some(_) => record.add("titleaddon", &text),
        }
    }
}

fn names(record: &mut Record, element: &Element, otherwise: &'static str) {
    let table = table::mods();
    for one in element.all("name") {
        let roles: Vec<String> = one
            .all("role")
            .flat_map(|role| role.all("roleTerm"))
            .map(|term| term.text().to_lowercase())
            .collect();
        let field = roles.iter().find_map(|role| table.field(role, "")).unwrap_or(otherwise);
        if let Some(name) = name(one) {
            match super::record::kind(field) {
                super::record::Kind::Names => record.add_name(field, name),
                _ => record.add(field, &name.family),
            }
        }
    }
}

fn name(element: &Element) -> Option<crate::model::Name> {
    let part = |kind: Option<&str>| {
        let parts: Vec<String> = element
            .all("namePart")
            .filter(|it| it.attribute("type") == kind)
            .map(Element::text)
            .collect();
        parts.join(" ")
    };
    let (family, given) = (part(Some("family")), part(Some("given")));
    if let Some(inner) = family.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
        return Some(person::body(inner));
    }
    if !family.is_empty() {
        return Some(person::person(&family, &given, &part(Some("termsOfAddress"))));
    }
    let whole = part(None);
    let whole = if whole.is_empty() { element.text_at("displayForm") } else { whole };
    if whole.is_empty() {
        return None;
    }
    match element.attribute("type") {
        Some("corporate" | "conference") => Some(person::body(&whole)),
        _ => person::read(&whole),
    }
}

fn part(record: &mut Record, element: &Element) {
    for part in element.all("part") {
        for detail in part.all("detail") {
            let number = detail.text_at("number");
            let field = match detail.attribute("type") {
                Some("volume") => "volume",
                Some("issue" | "number") => "number",
                Some("chapter") => "chapter",
                Some("section") => "section",
                Some("page") => "pages",
                Some("eid" | "article") => "eid",
                _ => continue,
            };
            record.add(field, &number);
        }
        for extent in part.all("extent") {
            let (start, end) = (extent.text_at("start"), extent.text_at("end"));
            if end.is_empty() || start == end {
                record.add("pages", &start);
            } else {
                record.add("pages", &format!("{start}–{end}"));
            }
            record.add("pages", &extent.text_at("list"));
        }
        if record.field("date").is_none() {
            record.add("date", &part.text_at("date"));
        }
    }
}

fn origin(record: &mut Record, element: &Element) {
    for origin in element.all("originInfo") {
        for (path, field) in
            [("dateIssued", "date"), ("copyrightDate", "date"), ("dateCreated", "date")]
        {
            let dates: Vec<&Element> = origin.all(path).collect();
            let is = |it: &&&Element, point: &str| it.attribute("point") == Some(point);
            match (dates.iter().find(|it| is(it, "start")), dates.iter().find(|it| is(it, "end"))) {
                (Some(start), Some(end)) if record.field(field).is_none() => {
                    record.add(field, &format!("{}/{}", start.text(), end.text()));
                }
                _ if record.field(field).is_none() => {
                    if let Some(found) = dates.iter().find_map(|it| date::read(&it.text())) {
                        record.add(field, &found);
                    }
                }
                _ => {}
            }
        }
        record.add("urldate", &origin.text_at("dateCaptured"));
        record.add("edition", &origin.text_at("edition"));
        let field = match &*record.entry_type {
            "thesis" | "report" => "institution",
            "online" | "manual" => "organization",
            _ => "publisher",
        };
        for publisher in origin.all("publisher") {
            record.add(field, &publisher.text());
        }
        for place in origin.all("place").flat_map(|place| place.all("placeTerm")) {
            if place.attribute("type") != Some("code") {
                record.add("location", &place.text());
            }
        }
    }
}

fn identifiers(record: &mut Record, element: &Element) {
    for one in element.all("identifier") {
        let text = one.text();
        match one.attribute("type").map(str::to_lowercase).as_deref() {
            Some("doi") => record.add("doi", &text),
            Some("isbn") => record.add("isbn", &text),
            Some("issn") => record.add("issn", &text),
            Some("eissn" | "e-issn") => record.add("eissn", &text),
            Some("pmid" | "pubmed") => record.add("pmid", &text),
            Some("pmcid") => record.add("pmcid", &text),
            Some("report number" | "reportnumber") => record.add("number", &text),
            Some("hdl") => record.add("url", &text),
            Some("uri" | "url") => match identifier::doi(&text) {
                Some(doi) => record.add("doi", doi),
                None => record.add("url", &text),
            },
            Some("citekey") => record.take_key(&text),
            Some(_) | None => {}
        }
    }
}

fn rest(record: &mut Record, element: &Element) {
    for one in element.children() {
        let text = one.text();
        match one.name.as_str() {
            "abstract" => record.add("abstract", &text),
            "note" if one.attribute("type") == Some("annotation") => {
                record.add("annotation", &text);
            }
            "note" if one.attribute("type") == Some("statement of responsibility") => {}
            "note" => record.add("note", &text),
            "subject" => {
                for word in one.children() {
                    record.add_part("keywords", word.text());
                }
            }
            "language" => super::language::add(record, &one.text_at("languageTerm")),
            "physicalDescription" => {
                let extent = one.text_at("extent");
                let digits: String = extent.chars().take_while(char::is_ascii_digit).collect();
                record.add("pagetotal", if digits.is_empty() { &extent } else { &digits });
            }
            "location" => {
                for url in one.all("url") {
                    record.add("url", &url.text());
                }
            }
            "recordInfo" => record.take_key(&one.text_at("recordIdentifier")),
            _ => {}
        }
    }
    if record.key.is_empty()
        && let Some(id) = element.attribute("ID")
    {
        record.take_key(id);
    }
}
