//! From an entry to what the index holds of it.

use super::row::{Badges, Row, encode_texts};
use super::schema::Fields;
use super::tokenizer::NAME_END;
use crate::model::{Entry, alias};
use crate::query::identifier;
use crate::query::kind::{self, Kind};
use crate::text::collate;
use tantivy::TantivyDocument;

/// Fields that nobody searches for in the whole entry: what they hold is of use to programs, or
/// stands in the entry in better words.
const SILENT: &[&str] = &[
    "crossref",
    "xref",
    "xdata",
    "file",
    "urldate",
    "options",
    "langid",
    "langidopts",
    "hyphenation",
    "provenance",
    "unverified",
    "url",
    "fulltext",
    "summary",
    "timestamp",
    "related",
    "relatedtype",
    "entryset",
    "eprinttype",
    "pages",
    "pagetotal",
    "ids",
    "sortkey",
    "presort",
    "date",
    "year",
    "month",
    "doi",
    "isbn",
    "issn",
    "owner",
    "bdsk-file-1",
    "bdsk-url-1",
];

/// Fields short enough, and of enough weight, for the net of trigrams.
const IN_NET: &[&str] = &[
    "title",
    "subtitle",
    "titleaddon",
    "shorttitle",
    "author",
    "editor",
    "translator",
    "keywords",
    "journaltitle",
    "booktitle",
    "series",
    "publisher",
    "institution",
    "organization",
    "number",
    "maintitle",
    "bookauthor",
    "type",
];

/// Fields whose text is kept for highlights, after the title and the names.
const SHOWN: &[&str] = &[
    "abstract",
    "keywords",
    "journaltitle",
    "booktitle",
    "institution",
    "publisher",
    "note",
    "number",
];

/// The number of an entry: a hash of what it says, so that an entry that is written otherwise but
/// says the same keeps it. `nth` tells apart entries that say the same.
pub fn id(entry: &Entry, nth: u32) -> u64 {
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    add(&entry.key);
    add(&entry.entry_type);
    add(if entry.is_broken { "broken" } else { "" });
    for field in &entry.fields {
        add(&field.name);
        add(&field.raw);
    }
    hasher.update(&nth.to_le_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(first)
}

/// The document for `entry`. `order` is its place in the library, which stands in for the time it
/// was added where the entry does not say.
pub fn document(fields: &Fields, entry: &Entry, id: u64, order: usize) -> TantivyDocument {
    let mut doc = TantivyDocument::default();
    let texts = texts(entry);
    for (name, text) in &texts {
        doc.add_text(fields.has, name);
        if !SILENT.contains(name) {
            doc.add_text(fields.all, text);
            doc.add_text(fields.exact, text);
        }
        doc.add_text(fields.by_field, format!("{name}{NAME_END}{text}"));
        if IN_NET.contains(name) {
            doc.add_text(fields.trigram, text);
        }
    }
    let year = entry.year();
    if let Some(year) = year {
        doc.add_i64(fields.year, i64::from(year));
        doc.add_text(fields.all, year.to_string());
        doc.add_text(fields.exact, year.to_string());
    }
    let language = languages(fields, &mut doc, entry);
    kinds(fields, &mut doc, entry);
    doc.add_text(fields.key, &entry.key);
    doc.add_text(fields.exact, &entry.key);
    doc.add_text(fields.all, &entry.key);
    let lower = entry.key.to_lowercase();
    if lower != entry.key {
        doc.add_text(fields.key, lower);
    }
    for alias in entry.list("ids") {
        doc.add_text(fields.key, alias);
    }
    for number in identifiers(entry, &texts) {
        doc.add_text(fields.identifier, number);
    }
    for keyword in entry.list("keywords") {
        doc.add_text(fields.keyword, keyword);
    }
    for project in entry.list("project") {
        doc.add_text(fields.project, project);
    }
    let names = entry.creators().names;
    for name in &names {
        doc.add_text(fields.author, name.inverted());
    }
    doc.add_u64(fields.id, id);
    doc.add_i64(fields.added, added(entry, order));
    doc.add_bytes(fields.sort_author, &collate::sort_key(&entry.filed_under()));
    doc.add_bytes(fields.sort_title, &collate::sort_key(&entry.title()));
    doc.add_bytes(fields.row, &Row { language, id, ..row(entry) }.encode());
    let shown: Vec<(&str, String)> =
        texts.into_iter().filter(|(name, _)| SHOWN.contains(name)).collect();
    if !shown.is_empty() {
        doc.add_bytes(fields.text, &encode_texts(&shown));
    }
    doc
}

/// What the list shows of `entry`, without its number, language tag and place.
pub fn row(entry: &Entry) -> Row {
    let names = entry.creators().names;
    Row {
        key: entry.key.clone(),
        entry_type: entry.entry_type.clone(),
        year: entry.year(),
        author: entry.short_creators(),
        authors: names.iter().map(crate::model::Name::inverted).collect::<Vec<_>>().join("; "),
        title: entry.title(),
        project: entry.list("project").join(", "),
        badges: badges(entry),
        ..Row::default()
    }
}

/// Every field of the entry as plain text; name lists as names, given name first.
fn texts(entry: &Entry) -> Vec<(&str, String)> {
    let mut out: Vec<(&str, String)> = Vec::with_capacity(entry.fields.len());
    for field in &entry.fields {
        let name = &*field.name;
        if out.iter().any(|(known, _)| *known == name) {
            continue;
        }
        let text = if alias::is_names(name) {
            let names = entry.names(name).names;
            names.iter().map(crate::model::Name::display).collect::<Vec<_>>().join(", ")
        } else {
            entry.text(name).unwrap_or_default()
        };
        if !text.is_empty() {
            out.push((name, text));
        }
    }
    out
}

/// The language of the entry, and the words for it.
fn languages(fields: &Fields, doc: &mut TantivyDocument, entry: &Entry) -> String {
    let written = entry.text("langid").or_else(|| entry.text("language")).unwrap_or_default();
    let tag = Kind::Language.of(&written);
    let language = tag.map_or_else(|| written.to_lowercase(), str::to_owned);
    if !language.is_empty() {
        doc.add_text(fields.language, &language);
    }
    for word in tag.map_or(&[][..], |tag| Kind::Language.words(tag)) {
        doc.add_text(fields.all, word);
    }
    language
}

/// Entry type and status, and the words for them.
fn kinds(fields: &Fields, doc: &mut TantivyDocument, entry: &Entry) {
    let rows = kind::types(&entry.entry_type, &entry.text("type").unwrap_or_default());
    for row in &rows {
        doc.add_text(fields.entry_type, row);
        for word in Kind::Type.words(row) {
            doc.add_text(fields.all, word);
        }
    }
    if !rows.contains(&entry.entry_type.as_str()) {
        doc.add_text(fields.entry_type, &entry.entry_type);
    }
    doc.add_text(fields.counted_type, &entry.entry_type);
    for name in ["pubstate", "status"] {
        let Some(written) = entry.text(name) else { continue };
        let row = Kind::Status.of(&written);
        doc.add_text(fields.status, row.map_or_else(|| written.to_lowercase(), str::to_owned));
        for word in row.map_or(&[][..], |row| Kind::Status.words(row)) {
            doc.add_text(fields.all, word);
        }
    }
}

fn identifiers(entry: &Entry, texts: &[(&str, String)]) -> Vec<String> {
    let mut out = Vec::new();
    for (name, text) in texts {
        match *name {
            "doi" => out.push(identifier::normal(text)),
            "isbn" => {
                let parts = text.split([',', ';', ' ']).filter(|it| it.len() > 8);
                out.extend(parts.map(|it| identifier::isbn(it).unwrap_or(identifier::normal(it))));
            }
            "issn" | "pmid" | "eprint" | "eid" | "isrn" => out.push(identifier::normal(text)),
            "title" | "subtitle" | "titleaddon" | "shorttitle" | "series" | "note" | "type" => {
                out.extend(identifier::series(text));
            }
            "url" | "fulltext" => out.extend(identifier::doi(text)),
            "number" => {
                out.extend(identifier::series(text));
                for series in ["series", "type"].iter().filter_map(|it| entry.text(it)) {
                    out.extend(identifier::series(&format!("{series} {text}")));
                }
                out.push(identifier::normal(text));
            }
            _ => {}
        }
    }
    out.sort();
    out.dedup();
    out
}

/// A number that grows with the time the entry was added: the digits of the field that says so,
/// and below any of these the place in the library.
fn added(entry: &Entry, order: usize) -> i64 {
    let said = ["timestamp", "dateadded", "date-added", "creationdate", "added"]
        .iter()
        .find_map(|name| entry.text(name));
    let digits: String = said
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_digit)
        .chain(std::iter::repeat('0'))
        .take(14)
        .collect();
    let time: i64 = digits.parse().unwrap_or(0);
    if time > 0 { time } else { order as i64 }
}

fn badges(entry: &Entry) -> Badges {
    let mut badges = 0;
    let mut when = |is: bool, badge: u8| badges |= if is { badge } else { 0 };
    when(entry.has("file"), Badges::FILE);
    when(entry.has("doi"), Badges::DOI);
    when(entry.has("url") || entry.has("fulltext"), Badges::LINK);
    when(entry.has("unverified"), Badges::UNVERIFIED);
    when(entry.has("pubstate"), Badges::UNPUBLISHED);
    when(entry.is_broken, Badges::BROKEN);
    when(entry.has("abstract"), Badges::ABSTRACT);
    Badges(badges)
}
