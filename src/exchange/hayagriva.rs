//! Hayagriva's YAML, which Typst reads (its "file format" document, version 0.9): in and out.

use super::record::{Field, Record, Value};
use super::{Item, Records, Unreadable, csl, language, person, table, yaml};
use crate::model::name::{Name, Names};
use crate::text::said::Said;
use serde_json::{Map, Value as Json, json};
use std::io::BufRead;

/// BibLaTeX's types, Hayagriva's, and those of the parent.
const TYPES: &[(&str, &str, Option<&str>)] = &[
    ("article", "article", Some("periodical")),
    ("inproceedings", "article", Some("proceedings")),
    ("incollection", "anthos", Some("anthology")),
    ("inbook", "chapter", Some("book")),
    ("inreference", "entry", Some("reference")),
    ("book", "book", None),
    ("collection", "anthology", None),
    ("proceedings", "proceedings", None),
    ("reference", "reference", None),
    ("periodical", "periodical", None),
    ("report", "report", None),
    ("thesis", "thesis", None),
    ("online", "web", None),
    ("patent", "patent", None),
    ("jurisdiction", "case", None),
    ("legislation", "legislation", None),
    ("unpublished", "manuscript", None),
    ("artwork", "artwork", None),
    ("software", "repository", None),
    ("video", "video", None),
    ("audio", "audio", None),
    ("performance", "performance", None),
    ("misc", "misc", None),
];

/// Fields of text, and what they are called; those of the parent begin with `^`.
const FIELDS: &[(&str, &str)] = &[
    ("abstract", "abstract"),
    ("note", "note"),
    ("annotation", "annotation"),
    ("edition", "edition"),
    ("type", "genre"),
    ("chapter", "chapter"),
    ("pagetotal", "page-total"),
    ("volumes", "volume-total"),
    ("library", "call-number"),
    ("urldate", "accessed"),
];

/// Numbers that are not for counting.
const SERIALS: &[(&str, &str)] =
    &[("doi", "doi"), ("isbn", "isbn"), ("issn", "issn"), ("pmid", "pmid"), ("pmcid", "pmcid")];

/// The entries of a Hayagriva text.
pub(super) fn read<'a>(input: Box<dyn BufRead + 'a>) -> Records<'a> {
    let items: Vec<Item> = match csl::yaml_value(input) {
        Ok(Json::Object(map)) => map.iter().map(|(key, value)| item(key, value)).collect(),
        Ok(_) => {
            let said = Said::new("import.json.no-item");
            vec![Item::Unreadable(Unreadable { line: 1, text: String::new(), said })]
        }
        Err(unreadable) => vec![Item::Unreadable(unreadable)],
    };
    Box::new(items.into_iter())
}

fn item(key: &str, value: &Json) -> Item {
    if !value.is_object() {
        let said = Said::new("import.json.no-item");
        return Item::Unreadable(Unreadable { line: 0, text: format!("{key}: {value}"), said });
    }
    let kind = text(&value["type"]).to_lowercase();
    let parent = match &value["parent"] {
        Json::Array(list) => list.first().cloned().unwrap_or_default(),
        other => other.clone(),
    };
    let parent_kind = text(&parent["type"]).to_lowercase();
    let of =
        TYPES.iter().find(|(_, own, of)| *own == kind && of.is_none_or(|it| it == parent_kind));
    // A person writes `chapter` for a part of an anthology, too.
    let of = match (kind.as_str(), parent_kind.as_str()) {
        ("chapter", "anthology") => {
            TYPES.iter().find(|(entry_type, ..)| *entry_type == "incollection")
        }
        _ => of,
    };
    let of = of.or_else(|| TYPES.iter().find(|(_, own, _)| *own == kind));
    let mut record = Record::new(of.map_or("misc", |(entry_type, _, _)| *entry_type));
    key.clone_into(&mut record.key);
    record.add("title", &text(&value["title"]));
    names(&mut record, "author", &value["author"]);
    names(&mut record, "editor", &value["editor"]);
    record.add("shorttitle", &text(&value["title"]["short"]));
    affiliated(&mut record, &value["affiliated"]);
    let date = [&value["date"], &parent["date"]].into_iter().map(text).find(|it| !it.is_empty());
    record.add("date", &date.map(about).unwrap_or_default());
    record.add("pages", &text(&value["page-range"]));
    for from in [value, &parent] {
        record.add("volume", &text(&from["volume"]));
        record.add("number", &text(&from["issue"]));
        place(&mut record, &from["publisher"]);
        record.add("location", &text(&from["location"]));
        match &from["serial-number"] {
            Json::Object(serials) => {
                for (field, name) in SERIALS {
                    record.add(*field, &serials.get(*name).map(text).unwrap_or_default());
                }
                record.add("number", &serials.get("serial").map(text).unwrap_or_default());
                if let Some(arxiv) = serials.get("arxiv") {
                    record.add("eprint", &text(arxiv));
                    record.add("eprinttype", "arxiv");
                }
            }
            other => record.add("number", &text(other)),
        }
    }
    record.add(organization(&record.entry_type.clone()), &text(&value["organization"]));
    if value["edition"].is_null() {
        record.add("edition", &text(&parent["edition"]));
    }
    for (field, name) in FIELDS {
        let text = text(&value[*name]);
        record.add(*field, if *field == "type" { table::read_term(&text) } else { &text });
    }
    match &value["url"] {
        Json::Object(url) => {
            record.add("url", &url.get("value").map(text).unwrap_or_default());
            record.add("urldate", &url.get("date").map(text).unwrap_or_default());
        }
        other => record.add("url", &text(other)),
    }
    language::add(&mut record, &text(&value["language"]));
    let container = if record.entry_type == "article" { "journaltitle" } else { "booktitle" };
    match of.and_then(|(_, _, parent)| *parent) {
        Some(_) => {
            record.add(container, &text(&parent["title"]));
            names(&mut record, "editor", &parent["editor"]);
        }
        None => record.add("series", &text(&parent["title"])),
    }
    Item::Record(record)
}

/// People who are neither authors nor editors, by their roles.
fn affiliated(record: &mut Record, value: &Json) {
    for one in value.as_array().into_iter().flatten() {
        let role = text(&one["role"]);
        match role.as_str() {
            "translator" => names(record, "translator", &one["names"]),
            "afterword" => names(record, "afterword", &one["names"]),
            "foreword" => names(record, "foreword", &one["names"]),
            "introduction" => names(record, "introduction", &one["names"]),
            "annotator" => names(record, "annotator", &one["names"]),
            "commentator" => names(record, "commentator", &one["names"]),
            "holder" => names(record, "holder", &one["names"]),
            _ if record.field("editor").is_none() => {
                names(record, "editor", &one["names"]);
                record.add("editortype", &role);
            }
            _ => {
                let mut others = Record::new("misc");
                names(&mut others, "editor", &one["names"]);
                record.annotate(&role, &others.text("editor").unwrap_or_default());
            }
        }
    }
}

/// `~2022` is about that year; BibLaTeX has the sign at the end (ISO 8601-2).
fn about(date: String) -> String {
    date.strip_prefix('~').map_or_else(|| date.clone(), |date| format!("{date}~"))
}

/// A text, a number, or the `value` of a text with more about it.
fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        Json::Object(map) => map.get("value").map(text).unwrap_or_default(),
        _ => String::new(),
    }
}

/// The field that says who stands behind an entry of this type.
fn organization(entry_type: &str) -> &'static str {
    match entry_type {
        "online" | "video" | "audio" | "software" => "organization",
        _ => "institution",
    }
}

fn place(record: &mut Record, publisher: &Json) {
    match publisher {
        Json::Object(map) => {
            record.add("publisher", &map.get("name").map(text).unwrap_or_default());
            record.add("location", &map.get("location").map(text).unwrap_or_default());
        }
        other => record.add("publisher", &text(other)),
    }
}

fn names(record: &mut Record, field: &'static str, value: &Json) {
    let one = |value: &Json| match value {
        Json::String(text) => person::read(text),
        Json::Object(map) => {
            let part = |name: &str| map.get(name).map(text).unwrap_or_default();
            let given = part("given-name");
            if given.is_empty() && part("prefix").is_empty() {
                return Some(person::body(&part("name")));
            }
            let (particle, suffix) = (part("prefix"), part("suffix"));
            Some(Name { given, particle, family: part("name"), suffix, is_body: false })
        }
        _ => None,
    };
    let list: Vec<&Json> = match value {
        Json::Array(list) => list.iter().collect(),
        Json::Null => return,
        other => vec![other],
    };
    for value in list {
        if let Some(name) = one(value) {
            record.add_name(field, name);
        }
    }
}

/// Writes one record as a member of the outermost map.
pub(super) fn write(record: &Record, _asides: &[&Field], out: &mut String) {
    let found = TYPES.iter().find(|(entry_type, _, _)| *entry_type == record.entry_type);
    let (_, kind, parent_kind) = found.unwrap_or(&("misc", "misc", None));
    let (mut own, mut parent, mut serials) = (Map::new(), Map::new(), Map::new());
    let put = |map: &mut Map<String, Json>, name: &str, text: &str| {
        if !text.is_empty() {
            map.insert(name.to_owned(), json!(text));
        }
    };
    let of = |name: &str| record.text(name).unwrap_or_default().into_owned();
    own.insert("type".into(), json!(kind));
    put(&mut own, "title", &record.whole_title("title"));
    put_names(&mut own, "author", record, "author");
    put(&mut own, "date", &of("date"));
    put(&mut own, "page-range", &of("pages").replace('–', "-"));
    if let Some(parent_kind) = parent_kind {
        parent.insert("type".into(), json!(parent_kind));
        let is_article = record.entry_type == "article";
        let container = if is_article { "journaltitle" } else { "booktitle" };
        put(&mut parent, "title", &record.whole_title(container));
        put_names(&mut parent, "editor", record, "editor");
    } else {
        put_names(&mut own, "editor", record, "editor");
        if record.field("series").is_some() {
            parent.insert("type".into(), json!("anthology"));
            put(&mut parent, "title", &of("series"));
        }
    }
    let numbered = if parent_kind.is_some() { &mut parent } else { &mut own };
    put(numbered, "volume", &of("volume"));
    if parent_kind.is_some() {
        put(numbered, "issue", &of("number"));
    }
    put(numbered, "publisher", &of("publisher"));
    put(numbered, "location", &of("location"));
    put(&mut own, "organization", &of(organization(&record.entry_type)));
    for (field, name) in SERIALS {
        put(&mut serials, name, &of(field));
    }
    if of("eprinttype").eq_ignore_ascii_case("arxiv") {
        put(&mut serials, "arxiv", &of("eprint"));
    }
    if parent_kind.is_none() {
        put(&mut serials, "serial", &of("number"));
    }
    if !serials.is_empty() {
        own.insert("serial-number".into(), Json::Object(serials));
    }
    for (field, name) in FIELDS.iter().filter(|(field, _)| *field != "urldate") {
        put(&mut own, name, table::write_term(&of(field)));
    }
    match (of("url"), of("urldate")) {
        (url, date) if !url.is_empty() && !date.is_empty() => {
            own.insert("url".into(), json!({"value": url, "date": date}));
        }
        (url, _) => put(&mut own, "url", &url),
    }
    if let Some(langid) = record.text("langid") {
        put(&mut own, "language", &language::tag(&langid));
    }
    if let Some(Value::Names(translators)) = record.field("translator").map(|it| &it.value) {
        own.insert(
            "affiliated".into(),
            json!([{"role": "translator", "names": list(translators)}]),
        );
    }
    if parent.len() > 1 || parent_kind.is_some() {
        own.insert("parent".into(), Json::Object(parent));
    }
    let mut whole = Map::new();
    whole.insert(record.key.clone(), Json::Object(own));
    yaml::write(&Json::Object(whole), 0, out);
    out.push('\n');
}

fn put_names(map: &mut Map<String, Json>, name: &str, record: &Record, field: &str) {
    if let Some(Value::Names(names)) = record.field(field).map(|it| &it.value)
        && !names.names.is_empty()
    {
        map.insert(name.to_owned(), Json::Array(list(names)));
    }
}

fn list(names: &Names) -> Vec<Json> {
    names
        .names
        .iter()
        .map(|name| {
            if name.is_body {
                return json!({"name": name.family});
            }
            let mut out = Map::new();
            out.insert("name".into(), json!(name.family));
            for (key, part) in
                [("given-name", &name.given), ("prefix", &name.particle), ("suffix", &name.suffix)]
            {
                if !part.is_empty() {
                    out.insert(key.into(), json!(part));
                }
            }
            Json::Object(out)
        })
        .collect()
}
