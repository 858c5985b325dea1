//! MARCXML: MARC 21 as the Library of Congress, the National Library of Norway and Alma/Oria give
//! it. The numbers are those of "MARC 21 Format for Bibliographic Data".

use super::record::{Field, Record, Value};
use super::xml::{Element, Elements, Writer};
use super::{Item, Records, aside, date, identifier, person, table};
use crate::model::Name;
use std::io::BufRead;

/// The records of a MARCXML text.
pub(super) fn read<'a>(input: Box<dyn BufRead + 'a>) -> Records<'a> {
    // An SRU answer wraps each record in another of the same name.
    let records = Elements::new(input, &["record"]).filter_map(|element| match element {
        Ok(element) => {
            let inner = element.find("recordData/record").or(Some(&element));
            inner.filter(|it| it.find("datafield").is_some()).map(|it| Item::Record(record(it)))
        }
        Err(unreadable) => Some(Item::Unreadable(unreadable)),
    });
    Box::new(records)
}

fn record(element: &Element) -> Record {
    let leader = element.find("leader").map(Element::raw_text).unwrap_or_default();
    let control = |tag: &str| {
        element
            .all("controlfield")
            .find(|it| it.attribute("tag") == Some(tag))
            .map(Element::raw_text)
    };
    let mut record = Record { line: element.line, ..Record::new(kind(element, &leader)) };
    if let Some(id) = control("001") {
        record.take_key(id.trim());
    }
    let mut asides = Vec::new();
    for field in element.all("datafield") {
        let tag = field.attribute("tag").unwrap_or_default();
        let first = |code: &str| {
            let found = field.all("subfield").find(|it| it.attribute("code") == Some(code));
            found.map(Element::text).unwrap_or_default()
        };
        let plain = |code: &str| unpunctuated(&first(code));
        match tag {
            "020" => record.add("isbn", &first("a")),
            "022" => record.add("issn", &first("a")),
            "024" if first("2").eq_ignore_ascii_case("doi") => record.add("doi", &first("a")),
            "024" if identifier::doi(&first("a")).is_some() => record.add("doi", &first("a")),
            "035" if first("a").starts_with("(PubMed)") => {
                record.add("pmid", first("a").trim_start_matches("(PubMed)"));
            }
            "041" => super::language::add(&mut record, &first("a")),
            "100" | "110" | "111" | "700" | "710" | "711" => name(&mut record, field, tag),
            "245" => {
                record.add("title", &plain("a"));
                record.add("subtitle", &plain("b"));
                record.add("part", &plain("n"));
                record.add("titleaddon", &plain("p"));
            }
            "240" => record.add("origtitle", &plain("a")),
            "246" => record.add("titleaddon", &plain("a")),
            "210" => record.add("shorttitle", &plain("a")),
            "250" => record.add("edition", &edition(&plain("a"))),
            "260" | "264" if field.attribute("ind2") != Some("4") => {
                let publisher = publisher(&record);
                for part in field.all("subfield") {
                    let text = unpunctuated(&part.text());
                    match part.attribute("code") {
                        Some("a") => record.add("location", text.trim_matches(['[', ']'])),
                        Some("b") => record.add(publisher, text.trim_matches(['[', ']'])),
                        Some("c") if record.field("date").is_none() => record.add("date", &text),
                        _ => {}
                    }
                }
            }
            "300" => pages(&mut record, &plain("a")),
            "490" | "830" if record.field("series").is_none() => {
                record.add("series", &plain("a"));
                record.add("number", &plain("v"));
            }
            "500" | "546" | "501" => record.add("note", &first("a")),
            "502" => thesis(&mut record, &plain("a"), &plain("b"), &plain("c")),
            "505" | "590" => record.add("annotation", &first("a")),
            "520" => record.add("abstract", &first("a")),
            "600" | "610" | "650" | "651" | "653" | "655" => {
                let parts: Vec<String> = field
                    .all("subfield")
                    .filter(|it| matches!(it.attribute("code"), Some("a" | "x" | "y" | "z")))
                    .map(|it| unpunctuated(&it.text()))
                    .collect();
                record.add_part("keywords", parts.join(" / "));
            }
            "773" => host(&mut record, &plain("t"), &first("g"), &first("x"), &first("z")),
            "856" => {
                let is_file = first("q") == "file";
                record.add(if is_file { "file" } else { "url" }, &first("u"));
            }
            "887" if first("2") == "kilde" => asides.extend(aside::read(&first("a"))),
            _ => {}
        }
    }
    if let Some(fixed) = control("008") {
        let part = |from: usize, to: usize| fixed.get(from..to).unwrap_or_default().trim();
        if record.field("date").is_none() {
            record.add("date", part(7, 11));
        }
        if record.field("langid").is_none() && part(35, 38).len() == 3 {
            super::language::add(&mut record, part(35, 38));
        }
    }
    for field in asides {
        aside::put(&mut record, field);
    }
    record
}

/// The type by leader (positions 6 and 7), thesis note and host.
fn kind(element: &Element, leader: &str) -> &'static str {
    let at = |position: usize| leader.as_bytes().get(position).copied().unwrap_or(b' ');
    let has = |tag: &str| element.all("datafield").find(|it| it.attribute("tag") == Some(tag));
    if has("502").is_some() {
        return "thesis";
    }
    match (at(6), at(7)) {
        (b'a' | b't', b'a' | b'b') => {
            let issn = has("773").is_some_and(|host| {
                host.all("subfield").any(|it| it.attribute("code") == Some("x"))
            });
            if issn || at(7) == b'b' { "article" } else { "incollection" }
        }
        (b'a', b's' | b'i') => "periodical",
        (b'a' | b't', _) => "book",
        (b'g', _) => "video",
        (b'i' | b'j', _) => "audio",
        (b'k', _) => "image",
        (b'm', _) => "software",
        (b'e' | b'f', _) => "image",
        _ => "book",
    }
}

fn publisher(record: &Record) -> &'static str {
    match &*record.entry_type {
        "thesis" | "report" => "institution",
        _ => "publisher",
    }
}

fn name(record: &mut Record, field: &Element, tag: &str) {
    let of = |code: &'static str| {
        let parts = field.all("subfield").filter(move |it| it.attribute("code") == Some(code));
        parts.map(Element::text)
    };
    let Some(whole) = of("a").next().map(|it| unpunctuated(&it)) else { return };
    let role = of("4").chain(of("e")).map(|it| {
        it.rsplit('/').next().unwrap_or_default().trim_end_matches(['.', ',']).to_lowercase()
    });
    let known = role.filter_map(|role| table::mods().field(&role, "")).next();
    let target = known.unwrap_or("author");
    let one = if tag.ends_with("00") {
        let suffix = of("c").next().map(|it| unpunctuated(&it)).unwrap_or_default();
        match whole.split_once(',') {
            Some((family, given)) => person::person(family.trim(), given.trim(), &suffix),
            None => person::body(&whole),
        }
    } else {
        let parts: Vec<String> = of("b").map(|it| unpunctuated(&it)).collect();
        let name = std::iter::once(whole).chain(parts).collect::<Vec<_>>().join(". ");
        person::body(&name)
    };
    match super::record::kind(target) {
        super::record::Kind::Names => record.add_name(target, one),
        _ => record.add(target, &one.family),
    }
}

/// Cataloguers end parts with the punctuation that leads to the next.
fn unpunctuated(text: &str) -> String {
    let text = text.trim().trim_end_matches([' ', '/', ':', ';', ',', '=']).trim_end();
    match text.strip_suffix('.') {
        // A point after one letter or an abbreviation stays.
        Some(before)
            if before.rsplit([' ', '.']).next().is_some_and(|it| it.chars().count() > 3) =>
        {
            before.to_owned()
        }
        _ => text.to_owned(),
    }
}

fn edition(text: &str) -> String {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let rest = text[digits.len()..].trim_start_matches(['.', ' ']).to_lowercase();
    let is_word = ["utg", "ed", "uppl", "udg", "aufl", "rd ed", "nd ed", "th ed", "st ed"]
        .iter()
        .any(|it| rest.starts_with(it) && rest.len() <= it.len() + 5);
    if !digits.is_empty() && (rest.is_empty() || is_word) { digits } else { text.to_owned() }
}

fn pages(record: &mut Record, text: &str) {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_plain = text.split(' ').count() <= 2 && !digits.is_empty() && text.starts_with(&*digits);
    record.add("pagetotal", if is_plain { &digits } else { text });
}

fn thesis(record: &mut Record, note: &str, degree: &str, place: &str) {
    if !degree.is_empty() || !place.is_empty() {
        record.add("type", table::read_term(degree));
        record.add("institution", place);
        return;
    }
    let lower = note.to_lowercase();
    let kind = if lower.contains("master") {
        "mathesis"
    } else if ["doktor", "ph.d", "phd", "doctor"].iter().any(|it| lower.contains(it)) {
        "phdthesis"
    } else {
        record.add("note", note);
        return;
    };
    record.add("type", kind);
    if let Some((_, place)) = note.split_once(['-', '–', ',']) {
        let place = place.rsplit_once(',').map_or(place, |(place, _)| place);
        record.add("institution", place.trim());
    }
}

/// `Vol. 12, nr 3 (2010), s. 12-19`
fn host(record: &mut Record, title: &str, place: &str, issn: &str, isbn: &str) {
    let field = if record.entry_type == "article" { "journaltitle" } else { "booktitle" };
    record.add(field, title);
    record.add("issn", issn);
    record.add("isbn", isbn);
    let mut rest = Vec::new();
    for part in place.split([',', ';', '(', ')']).map(str::trim).filter(|it| !it.is_empty()) {
        let lower = part.to_lowercase();
        let after = |names: &[&str]| {
            names
                .iter()
                .find_map(|name| lower.strip_prefix(name))
                .map(|it| it.trim_matches(['.', ' ', ':']).to_owned())
        };
        if let Some(volume) = after(&["volume", "vol", "årg", "bd"]) {
            record.add("volume", &volume);
        } else if let Some(number) = after(&["issue", "nr", "no", "number", "h."]) {
            record.add("number", &number);
        } else if let Some(pages) = after(&["pages", "side", "pp", "p", "s"]) {
            record.add("pages", &pages);
        } else if date::read(part).is_some() {
            if record.field("date").is_none() {
                record.add("date", part);
            }
        } else {
            rest.push(part);
        }
    }
    if !rest.is_empty() {
        record.annotate("773", &rest.join(", "));
    }
}

/// Writes one record; `asides` go into 887, MARC's field for what is not MARC.
pub(super) fn write(record: &Record, asides: &[&Field], out: &mut String) {
    let mut xml = Writer::default();
    xml.open("record", &[]);
    let level = match &*record.entry_type {
        "article" => "ab",
        "incollection" | "inbook" | "inproceedings" => "aa",
        "periodical" => "as",
        "video" | "movie" => "gm",
        "audio" | "music" => "im",
        "image" | "artwork" => "km",
        "software" | "dataset" => "mm",
        _ => "am",
    };
    xml.text("leader", &[], &format!("     n{level} a22     uu 4500"));
    xml.text("controlfield", &[("tag", "001")], &record.key);
    let text = |name: &str| record.text(name).unwrap_or_default().into_owned();
    for isbn in text("isbn").split(';') {
        field(&mut xml, "020", [" ", " "], &[("a", isbn.trim())]);
    }
    field(&mut xml, "022", [" ", " "], &[("a", &text("issn"))]);
    if record.field("doi").is_some() {
        field(&mut xml, "024", ["7", " "], &[("a", &text("doi")), ("2", "doi")]);
    }
    if let Some(langid) = record.text("langid") {
        let tag = super::language::tag(&langid).into_owned();
        field(&mut xml, "041", [" ", "7"], &[("a", &tag), ("2", "rfc5646")]);
    }
    let mut is_main = true;
    for (role, code) in [("author", "aut"), ("editor", "edt"), ("translator", "trl")] {
        for one in record.names(role) {
            let tags = if is_main && role == "author" { ["100", "110"] } else { ["700", "710"] };
            is_main = false;
            write_name(&mut xml, one, tags, code);
        }
    }
    let titles = [("a", text("title")), ("b", text("subtitle")), ("n", text("part"))];
    let titles: Vec<(&str, &str)> = titles.iter().map(|(code, it)| (*code, it.as_str())).collect();
    field(&mut xml, "245", ["0", "0"], &titles);
    field(&mut xml, "246", [" ", " "], &[("a", &text("titleaddon"))]);
    field(&mut xml, "250", [" ", " "], &[("a", &text("edition"))]);
    let publisher = publisher(record);
    field(
        &mut xml,
        "264",
        [" ", "1"],
        &[("a", &text("location")), ("b", &text(publisher)), ("c", &text("date"))],
    );
    field(&mut xml, "300", [" ", " "], &[("a", &text("pagetotal"))]);
    let number = if record.field("series").is_some() { text("number") } else { String::new() };
    field(&mut xml, "490", ["0", " "], &[("a", &text("series")), ("v", &number)]);
    field(&mut xml, "500", [" ", " "], &[("a", &text("note"))]);
    if record.entry_type == "thesis" {
        let kind = text("type");
        let degree = table::write_term(&kind);
        field(&mut xml, "502", [" ", " "], &[("b", degree), ("c", &text("institution"))]);
    }
    field(&mut xml, "590", [" ", " "], &[("a", &text("annotation"))]);
    field(&mut xml, "520", [" ", " "], &[("a", &text("abstract"))]);
    if let Some(Value::List(words)) = record.field("keywords").map(|it| &it.value) {
        for word in words {
            field(&mut xml, "653", [" ", " "], &[("a", word)]);
        }
    }
    let host = if record.entry_type == "article" { "journaltitle" } else { "booktitle" };
    if record.field(host).is_some() {
        let parts: Vec<String> = [("volume", "vol. "), ("number", "nr "), ("pages", "s. ")]
            .iter()
            .filter_map(|(name, label)| record.text(name).map(|it| format!("{label}{it}")))
            .collect();
        let place = parts.join(", ");
        let issn = if record.entry_type == "article" { text("issn") } else { String::new() };
        field(
            &mut xml,
            "773",
            ["0", " "],
            &[("t", &record.whole_title(host)), ("g", &place), ("x", &issn)],
        );
    }
    field(&mut xml, "856", ["4", "0"], &[("u", &text("url"))]);
    for it in asides {
        field(&mut xml, "887", [" ", " "], &[("a", &aside::write(it)), ("2", "kilde")]);
    }
    out.push_str(&xml.finish());
}

fn write_name(xml: &mut Writer, one: &Name, tags: [&'static str; 2], code: &str) {
    let [person_tag, body_tag] = tags;
    if one.is_body {
        field(xml, body_tag, ["2", " "], &[("a", &one.family), ("4", code)]);
        return;
    }
    let family = format!("{} {}", one.particle, one.family);
    let name = format!("{}, {}", family.trim(), one.given);
    field(xml, person_tag, ["1", " "], &[("a", &name), ("c", &one.suffix), ("4", code)]);
}

/// A field with the subfields that hold something; nothing where none does.
fn field(xml: &mut Writer, tag: &str, indicators: [&str; 2], parts: &[(&str, &str)]) {
    if parts.iter().all(|(code, text)| text.is_empty() || matches!(*code, "2" | "4")) {
        return;
    }
    let [one, two] = indicators;
    xml.open("datafield", &[("tag", tag), ("ind1", one), ("ind2", two)]);
    for (code, text) in parts {
        xml.text("subfield", &[("code", code)], text);
    }
    xml.close();
}
