//! CSL-JSON and CSL-YAML, as Zotero, pandoc, Mendeley and Crossref write them, by the table in
//! `model::csl`. What CSL has no variable for stands under `custom`, which CSL-JSON leaves to its
//! users.

use super::json::{Objects, unwrapped};
use super::record::{Field, Record, Value};
use super::{Item, Records, Unreadable, aside, markup, person, table, yaml};
use crate::model::csl::{self, Kind, Rule};
use crate::model::name::Name;
use crate::text::said::Said;
use serde_json::{Map, Value as Json, json};
use std::borrow::Cow;
use std::io::{BufRead, Read as _};

/// The items of a CSL-JSON text.
pub(super) fn read<'a>(input: Box<dyn BufRead + 'a>) -> Records<'a> {
    Box::new(Objects::new(input).flat_map(|object| match object {
        Err(unreadable) => vec![Item::Unreadable(unreadable)],
        Ok((line, value)) => items(value, line),
    }))
}

/// The items of a CSL-YAML text, in a list or under `references`.
pub(super) fn read_yaml<'a>(input: Box<dyn BufRead + 'a>) -> Records<'a> {
    let items = match yaml_value(input) {
        Ok(Json::Array(list)) => list.into_iter().flat_map(|it| items(it, 0)).collect(),
        Ok(value) => items(value, 0),
        Err(unreadable) => vec![Item::Unreadable(unreadable)],
    };
    Box::new(items.into_iter())
}

/// The value of a whole YAML text.
pub(super) fn yaml_value(input: Box<dyn BufRead + '_>) -> Result<Json, Unreadable> {
    let mut text = String::new();
    let unreadable = |why: String| {
        let said = Said::new("import.yaml.broken").with("why", why);
        Unreadable { line: 1, text: String::new(), said }
    };
    let limit = yaml::MAX_TEXT as u64 + 1;
    input.take(limit).read_to_string(&mut text).map_err(|error| unreadable(error.to_string()))?;
    if text.len() > yaml::MAX_TEXT {
        return Err(Unreadable {
            line: 1,
            text: String::new(),
            said: Said::new("import.too-long"),
        });
    }
    yaml::read(&text).map_err(unreadable)
}

fn items(value: Json, line: usize) -> Vec<Item> {
    unwrapped(value)
        .into_iter()
        .map(|value| match value.as_object() {
            Some(object) if object.contains_key("type") || object.contains_key("title") => {
                Item::Record(record(object, line))
            }
            _ => Item::Unreadable(Unreadable {
                line,
                text: value.to_string(),
                said: Said::new("import.json.no-item"),
            }),
        })
        .collect()
}

fn record(object: &Map<String, Json>, line: usize) -> Record {
    let mut record = Record { line, ..Record::new("misc") };
    let foreign = object.get("type").and_then(Json::as_str).unwrap_or_default();
    let (entry_type, subtype) = csl::entry_type(crossref_type(foreign));
    record.entry_type = Cow::Borrowed(entry_type);
    if let Some(subtype) = subtype {
        record.add("entrysubtype", subtype);
    }
    for id in ["citation-key", "id"] {
        if record.key.is_empty()
            && let Some(Json::String(id)) = object.get(id)
        {
            record.take_key(id);
        }
    }
    for (key, value) in object {
        match key.as_str() {
            "id" | "type" | "citation-key" | "citation-label" | "custom" | "categories" => {}
            "language" | "lang" => super::language::add(&mut record, &text(value)),
            "shortTitle" => record.add("shorttitle", &text(value)),
            "journalAbbreviation" => record.add("shortjournal", &text(value)),
            _ => variable(&mut record, key, value),
        }
    }
    if let Some(Json::Object(kept)) = object.get("custom").and_then(|it| it.get("kilde")) {
        for (name, tex) in kept {
            if let Some(tex) = tex.as_str().filter(|tex| crate::bibtex::change::is_balanced(tex)) {
                let value = Value::from_tex(name, tex);
                let name = Cow::Owned(name.clone());
                aside::put(&mut record, Field { name, value, tex: Some(tex.into()) });
            }
        }
    }
    record
}

/// Crossref's own names of types.
fn crossref_type(foreign: &str) -> &str {
    match foreign {
        "journal-article" => "article-journal",
        "proceedings-article" => "paper-conference",
        "book-chapter" | "book-section" | "book-part" => "chapter",
        "monograph" | "edited-book" | "reference-book" => "book",
        "dissertation" => "thesis",
        "posted-content" => "article",
        "report-component" => "report",
        other => other,
    }
}

fn variable(record: &mut Record, key: &str, value: &Json) {
    let entry_type = record.entry_type.clone();
    let Some(rule) = csl::rules(&entry_type).find(|rule| rule.csl == key) else {
        // What Crossref tells besides is about Crossref.
        let is_text = matches!(value, Json::String(_));
        if is_text && !text(value).is_empty() && !CROSSREF.contains(&key) {
            record.annotate(key, &text(value));
            record.not_understood(record.line, "import.unknown-variable", key);
        }
        return;
    };
    let Some(field) = rule.from.first().map(String::as_str) else { return };
    // Several fields are joined into the publisher: on the way back the type decides.
    let field = match (key, &*entry_type) {
        ("publisher", "report" | "thesis") => "institution",
        ("publisher", "online" | "manual") => "organization",
        ("publisher", _) => "publisher",
        _ => field,
    };
    match rule.kind {
        Kind::Names => {
            for one in value.as_array().unwrap_or(&Vec::new()) {
                match name(one) {
                    Some(name) => record.add_name(field, name),
                    None => record.add(field, "et al."),
                }
            }
        }
        Kind::Date => {
            if let Some(date) = date(value) {
                record.add(field, &date);
            }
        }
        Kind::Keywords => {
            for word in text(value).split(',') {
                record.add(field, word);
            }
        }
        Kind::Word => record.add(field, table::read_term(&text(value))),
        Kind::List => {
            for part in text(value).split(';') {
                record.add(field, part);
            }
        }
        Kind::Title | Kind::Text => {
            let text = text(value);
            record.add(field, &markup::plain(&text));
            if let Some(tex) = markup::to_tex(&text)
                && let Some(at) = record.fields.iter_mut().find(|it| it.name == field)
            {
                at.tex = Some(tex.into());
            }
        }
        Kind::Verbatim | Kind::Pages => record.add(field, &text(value)),
    }
}

/// What Crossref's records hold besides the variables of CSL.
const CROSSREF: &[&str] = &[
    "prefix",
    "member",
    "score",
    "source",
    "created",
    "deposited",
    "indexed",
    "resource",
    "link",
    "is-referenced-by-count",
    "reference-count",
    "references-count",
    "relation",
    "subject",
    "content-domain",
    "license",
    "funder",
    "assertion",
    "update-policy",
    "alternative-id",
    "journal-issue",
    "issn-type",
    "isbn-type",
    "published",
    "published-print",
    "published-online",
];

fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        Json::Array(list) => list.first().map(text).unwrap_or_default(),
        _ => String::new(),
    }
}

/// A name; `None` for the `others` that ends a list.
fn name(value: &Json) -> Option<Name> {
    let part = |key: &str| value.get(key).map(text).unwrap_or_default();
    let literal = [part("literal"), part("name")].into_iter().find(|it| !it.is_empty());
    if let Some(literal) = literal {
        return (literal != "others").then(|| person::body(&literal));
    }
    let (family, given) = (part("family"), part("given"));
    let particles = [part("dropping-particle"), part("non-dropping-particle")];
    let particle = particles.iter().filter(|it| !it.is_empty()).cloned().collect::<Vec<_>>();
    if particle.is_empty() {
        return Some(person::person(&family, &given, &part("suffix")));
    }
    let particle = particle.join(" ");
    Some(Name { given, particle, family, suffix: part("suffix"), is_body: false })
}

fn date(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => return Some(text.clone()),
        Json::Number(year) => return Some(year.to_string()),
        // pandoc's and Better BibTeX's way: `year`, `month`, `day` by name.
        Json::Array(dates) => {
            let dates: Vec<String> = dates.iter().filter_map(named_date).collect();
            return Some(dates.join("/"));
        }
        _ => {}
    }
    if value.get("year").is_some() {
        return named_date(value);
    }
    if let Some(raw) = value.get("raw").or_else(|| value.get("literal")) {
        return Some(text(raw));
    }
    let parts = value.get("date-parts")?.as_array()?;
    let point = |parts: &Json| -> Option<String> {
        let number = |at: usize| text(parts.get(at)?).parse::<i32>().ok();
        let year = number(0)?;
        // CSL counts the years before our era from -1.
        let year = if year < 0 { year + 1 } else { year };
        let mut out = if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") };
        let season = value.get("season").and_then(|it| text(it).parse::<i32>().ok());
        if let Some(month) = number(1).or(season.map(|it| it + 20)) {
            out.push_str(&format!("-{month:02}"));
            if let Some(day) = number(2) {
                out.push_str(&format!("-{day:02}"));
            }
        }
        Some(out)
    };
    let mark = if value.get("circa").is_some_and(|it| *it != json!(false)) { "~" } else { "" };
    let start = point(parts.first()?)?;
    match parts.get(1) {
        None => Some(format!("{start}{mark}")),
        Some(end) if end.get(0).map(text).as_deref() == Some("0") => {
            Some(format!("{start}{mark}/"))
        }
        Some(end) => Some(format!("{start}{mark}/{}{mark}", point(end)?)),
    }
}

fn named_date(value: &Json) -> Option<String> {
    let number = |key: &str| value.get(key).and_then(|it| text(it).parse::<i32>().ok());
    let mut out = format!("{:04}", number("year")?);
    if let Some(month) = number("month") {
        out.push_str(&format!("-{month:02}"));
        if let Some(day) = number("day") {
            out.push_str(&format!("-{day:02}"));
        }
    }
    Some(out)
}

/// The item that a record is; `asides` go under `custom`.
pub(super) fn item(record: &Record, asides: &[&Field]) -> Json {
    let mut out = Map::new();
    let subtype = record.text("entrysubtype").map(|it| it.to_lowercase());
    out.insert("id".into(), json!(record.key));
    out.insert("type".into(), json!(csl::item_type(&record.entry_type, subtype.as_deref())));
    if let Some(langid) = record.text("langid").or_else(|| record.text("language")) {
        out.insert("language".into(), json!(super::language::tag(&langid)));
    }
    for rule in csl::rules(&record.entry_type) {
        if out.contains_key(&rule.csl) {
            continue;
        }
        if let Some(value) = carried(rule, record) {
            out.insert(rule.csl.clone(), value);
        }
    }
    if !asides.is_empty() {
        let kept: Map<String, Json> =
            asides.iter().map(|it| (it.name.to_string(), json!(it.to_tex()))).collect();
        out.insert("custom".into(), json!({ "kilde": kept }));
    }
    Json::Object(out)
}

fn carried(rule: &Rule, record: &Record) -> Option<Json> {
    let field = rule.from.iter().find_map(|name| record.field(name))?;
    Some(match (&field.value, rule.kind) {
        (Value::Names(names), _) => {
            let mut list: Vec<Json> = names.names.iter().map(write_name).collect();
            if names.others {
                list.push(json!({"literal": "others"}));
            }
            json!(list)
        }
        (Value::Text(text), Kind::Date) => write_date(text)?,
        (Value::Text(text), Kind::Pages) => json!(text.replace('–', "-")),
        (Value::Text(text), Kind::Word) => json!(table::write_term(text)),
        (Value::Text(_), Kind::Title) => json!(markup::whole(record, &field.name)),
        (Value::Text(text), Kind::Text) => match &field.tex {
            Some(tex) => json!(markup::from_tex(tex)),
            None => json!(markup::escape(text)),
        },
        (Value::Text(text), _) => json!(text),
        (Value::List(parts), Kind::Keywords) => json!(parts.join(", ")),
        (Value::List(parts), _) => json!(parts.join("; ")),
    })
}

fn write_name(name: &Name) -> Json {
    if name.is_body {
        return json!({"literal": name.family});
    }
    let mut out = Map::new();
    out.insert("family".into(), json!(name.family));
    for (key, part) in [
        ("given", &name.given),
        ("non-dropping-particle", &name.particle),
        ("suffix", &name.suffix),
    ] {
        if !part.is_empty() {
            out.insert(key.into(), json!(part));
        }
    }
    Json::Object(out)
}

fn write_date(text: &str) -> Option<Json> {
    let date = crate::model::date::parse(text)?;
    let parts = |point: crate::model::date::Point| {
        let year = if point.year <= 0 { point.year - 1 } else { point.year };
        let numbers = [Some(year), point.month.map(i32::from), point.day.map(i32::from)];
        json!(numbers.into_iter().flatten().collect::<Vec<_>>())
    };
    let mut list = vec![parts(date.start?)];
    match date.end {
        Some(Some(end)) => list.push(parts(end)),
        Some(None) => list.push(json!([0])),
        None => {}
    }
    let mut out = Map::new();
    out.insert("date-parts".into(), json!(list));
    if date.circa {
        out.insert("circa".into(), json!(true));
    }
    Some(Json::Object(out))
}

/// Writes one record of a CSL-JSON list.
pub(super) fn write(record: &Record, asides: &[&Field], out: &mut String) {
    out.push_str(&item(record, asides).to_string());
}

/// Writes one record of a CSL-YAML list.
pub(super) fn write_yaml(record: &Record, asides: &[&Field], out: &mut String) {
    yaml::write(&json!([item(record, asides)]), 0, out);
}
