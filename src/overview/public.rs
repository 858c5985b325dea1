//! What of a library may be seen by all: the entries that belong, and of these the fields that are
//! allowed. Everything that is published is made from what this gives and from nothing else.

use crate::model::Entry;

/// The fields that describe a work and how to find it: published unless the keepers say otherwise.
const FIELDS: &[&str] = &[
    "addendum",
    "afterword",
    "author",
    "authortype",
    "bookauthor",
    "bookpagination",
    "booksubtitle",
    "booktitle",
    "booktitleaddon",
    "chapter",
    "commentator",
    "date",
    "doi",
    "edition",
    "editor",
    "editora",
    "editoratype",
    "editorb",
    "editorbtype",
    "editorc",
    "editorctype",
    "editortype",
    "eid",
    "eissn",
    "entrysubtype",
    "eprint",
    "eprintclass",
    "eprinttype",
    "eventdate",
    "eventtitle",
    "eventtitleaddon",
    "foreword",
    "fulltext",
    "holder",
    "howpublished",
    "ids",
    "institution",
    "introduction",
    "isan",
    "isbn",
    "ismn",
    "isrn",
    "issn",
    "issue",
    "issuesubtitle",
    "issuetitle",
    "issuetitleaddon",
    "iswc",
    "journalsubtitle",
    "journaltitle",
    "journaltitleaddon",
    "keywords",
    "label",
    "langid",
    "langidopts",
    "language",
    "location",
    "mainsubtitle",
    "maintitle",
    "maintitleaddon",
    "month",
    "nameaddon",
    "number",
    "organization",
    "origdate",
    "origlanguage",
    "origlocation",
    "origpublisher",
    "origtitle",
    "pages",
    "pagetotal",
    "pagination",
    "part",
    "pmid",
    "project",
    "publisher",
    "pubstate",
    "related",
    "relatedstring",
    "relatedtype",
    "reprinttitle",
    "series",
    "shortauthor",
    "shorteditor",
    "shortjournal",
    "shortseries",
    "shorttitle",
    "sortname",
    "sorttitle",
    "subtitle",
    "summary",
    "title",
    "titleaddon",
    "translator",
    "type",
    "url",
    "urldate",
    "venue",
    "version",
    "volume",
    "volumes",
    "year",
    "crossref",
    "xref",
    "entryset",
];

/// Fields that name places on the keeper's machine: never published, whatever is asked for.
pub const NEVER: &[&str] = &["file", "local-url", "bdsk-file-1", "groups", "owner", "username"];

/// Whether a field is published, where `more` are the fields that the keepers allow.
pub fn is_published(field: &str, more: &[String]) -> bool {
    !NEVER.contains(&field) && (FIELDS.contains(&field) || more.iter().any(|it| it == field))
}

/// Whether the keepers have put the entry outside the overview, or it describes no work of its own.
pub fn is_outside(entry: &Entry) -> bool {
    let status = entry.text("status").unwrap_or_default().to_lowercase();
    status.starts_with("excluded") || matches!(entry.entry_type.as_str(), "xdata" | "set")
}

/// What may be seen of `entry`: allowed fields, and in them no control characters and no signs that
/// turn the direction of writing.
pub fn entry(entry: &Entry, more: &[String]) -> Entry {
    let mut out = entry.clone();
    out.key = clean(&entry.key);
    out.fields.retain(|field| is_published(&field.name, more));
    for field in &mut out.fields {
        if field.raw.contains(is_hidden) {
            field.raw = clean(&field.raw).into();
        }
    }
    out
}

fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\t' | '\n' | '\r' => Some(' '),
            c if is_hidden(c) => None,
            c => Some(c),
        })
        .collect()
}

/// Controls, overrides of direction, tags, private use and noncharacters. The joiners, marks of
/// direction and soft hyphens that ordinary text needs are kept.
fn is_hidden(c: char) -> bool {
    crate::text::harmless::is_harmful(c)
        && !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{61C}' | '\u{2060}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Library;

    fn read(text: &str) -> Library {
        Library::new(vec![("a.bib".into(), text.as_bytes().into())])
    }

    #[test]
    fn only_fields_that_are_allowed_are_seen() {
        let it = read("@book{k, title={T}, note={N}, file={/home/x.pdf}, myown={M}, annote={A}}");
        let names = |more: &[String]| -> Vec<String> {
            entry(&it.entries[0], more).fields.iter().map(|it| it.name.to_string()).collect()
        };
        assert_eq!(names(&[]), ["title"]);
        assert_eq!(names(&["note".to_owned(), "file".to_owned()]), ["title", "note"]);
    }

    #[test]
    fn overrides_of_direction_are_left_out_and_joiners_kept() {
        let it = read("@book{k, title={a\u{202e}b\u{200d}c\u{1b}d}}");
        assert_eq!(entry(&it.entries[0], &[]).title(), "ab\u{200d}cd");
    }

    #[test]
    fn excluded_works_stay_outside() {
        let it = read("@book{a, status={excluded: guided}} @book{b, status={borderline}}");
        assert!(is_outside(&it.entries[0]) && !is_outside(&it.entries[1]));
    }
}
