//! Highwire's `citation_*` tags, as Google Scholar asks for them and Zotero's "Embedded Metadata"
//! reads them: one work a page.

use super::{Class, class, container, date, listed, pages, people, publisher};
use crate::overview::link::bare_doi;
use crate::overview::work::Work;

/// Names and values of the tags that describe `work`, in order.
pub fn tags(work: &Work) -> Vec<(&'static str, String)> {
    let class = class(work);
    let mut out: Vec<(&'static str, String)> = Vec::new();
    let mut put = |name: &'static str, value: Option<String>| {
        if let Some(value) = value.filter(|it| !it.trim().is_empty()) {
            out.push((name, value));
        }
    };
    put("citation_title", Some(work.title.clone()));
    let (names, are_editors) = people(work);
    for name in &names {
        let tag =
            if are_editors && class != Class::Book { "citation_editor" } else { "citation_author" };
        put(tag, Some(author(name, names.len() == 1)));
    }
    put("citation_publication_date", date(work, "/"));
    let field = |name: &str| work.entry.text(name);
    let publisher = publisher(work);
    match class {
        Class::Article => put("citation_journal_title", field("journaltitle")),
        Class::Chapter => {
            put("citation_book_title", container(work, "booktitle", "booksubtitle"));
        }
        Class::Paper => {
            let event = field("eventtitle").or_else(|| field("booktitle"));
            put("citation_conference_title", event);
        }
        Class::Thesis => put("citation_dissertation_institution", publisher.clone()),
        Class::Report => {
            put("citation_technical_report_institution", publisher.clone());
            put("citation_technical_report_number", field("number"));
        }
        Class::Book | Class::Other(_) => {}
    }
    if matches!(class, Class::Book | Class::Chapter | Class::Article | Class::Other(_)) {
        put("citation_publisher", publisher);
    }
    put("citation_series_title", field("series"));
    put("citation_volume", field("volume"));
    if class == Class::Article {
        put("citation_issue", field("number"));
    }
    let (first, last) = pages(work);
    put("citation_firstpage", first);
    put("citation_lastpage", last);
    put("citation_doi", field("doi").and_then(|doi| bare_doi(&doi)));
    put("citation_issn", field("issn"));
    put("citation_isbn", field("isbn"));
    put("citation_pmid", field("pmid"));
    put("citation_language", work.tongue.clone());
    put("citation_keywords", Some(work.entry.list("keywords").join("; ")));
    for link in &work.links {
        match (link.kind, link.file) {
            ("fulltext", Some("pdf")) => put("citation_pdf_url", Some(link.address.clone())),
            ("fulltext", _) => put("citation_fulltext_html_url", Some(link.address.clone())),
            ("summary", _) => put("citation_abstract_html_url", Some(link.address.clone())),
            _ => {}
        }
    }
    out
}

/// Zotero's own name of the kind of work, for the tag `z:itemType`: only where no Highwire tag tells
/// the kind (a book, or an article whose journal is not known).
pub fn zotero_type(work: &Work, tags: &[(&'static str, String)]) -> Option<&'static str> {
    let has = |name: &str| tags.iter().any(|(tag, _)| *tag == name);
    let (telling, kind) = match class(work) {
        Class::Article => ("citation_journal_title", "journalArticle"),
        Class::Chapter => ("citation_book_title", "bookSection"),
        Class::Paper => ("citation_conference_title", "conferencePaper"),
        Class::Thesis => ("citation_dissertation_institution", "thesis"),
        Class::Report => ("citation_technical_report_institution", "report"),
        Class::Book => ("citation_isbn", "book"),
        Class::Other(kind) => ("", kind),
    };
    (!has(telling)).then_some(kind)
}

/// `Family, Given`. A single name with blanks on both sides of the comma is taken for two by older
/// readers: there the blanks of the family name do not break.
fn author(name: &crate::model::Name, alone: bool) -> String {
    let listed = listed(name);
    match listed.split_once(", ") {
        Some((family, given)) if alone && family.contains(' ') && given.contains(' ') => {
            format!("{}, {given}", family.replace(' ', "\u{A0}"))
        }
        _ => listed,
    }
}
