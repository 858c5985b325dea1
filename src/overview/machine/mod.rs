//! What programs read in the pages: COinS in lists and Highwire tags on a work's own page, which
//! reference managers take in, and JSON-LD of schema.org, which search engines do.

pub mod coins;
pub mod highwire;
pub mod json_ld;

use super::work::Work;
use crate::model::Name;

/// What a work is to the programs that read pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// In a journal.
    Article,
    /// A whole book.
    Book,
    /// Part of a book.
    Chapter,
    /// Part of a conference's proceedings.
    Paper,
    /// Handed in for a degree.
    Thesis,
    /// Of an institution.
    Report,
    /// Anything else; Zotero's name for it.
    Other(&'static str),
}

/// The class of a work, by its entry type.
pub fn class(work: &Work) -> Class {
    match work.entry.entry_type.as_str() {
        "article" | "suppperiodical" | "review" => Class::Article,
        "book" | "mvbook" | "booklet" | "collection" | "mvcollection" | "proceedings"
        | "mvproceedings" | "reference" | "mvreference" | "manual" | "periodical" => Class::Book,
        "inbook" | "bookinbook" | "suppbook" | "incollection" | "suppcollection"
        | "inreference" => Class::Chapter,
        "inproceedings" => Class::Paper,
        "thesis" => Class::Thesis,
        "report" => Class::Report,
        "online" => Class::Other("webpage"),
        "video" | "movie" => Class::Other("videoRecording"),
        "audio" | "music" => Class::Other("audioRecording"),
        "image" | "artwork" => Class::Other("artwork"),
        "software" => Class::Other("computerProgram"),
        "dataset" => Class::Other("dataset"),
        "patent" => Class::Other("patent"),
        "unpublished" => Class::Other("manuscript"),
        "letter" => Class::Other("letter"),
        _ => Class::Other("document"),
    }
}

/// Whose work it is: authors, for a collection its editors; and whether these are editors.
fn people(work: &Work) -> (Vec<Name>, bool) {
    let authors = work.entry.names("author").names;
    if authors.is_empty() { (work.entry.names("editor").names, true) } else { (authors, false) }
}

/// `Family, Given`; a body ends in a comma, so that no reader takes its words for given names.
fn listed(name: &Name) -> String {
    let inverted = name.inverted();
    let suffix = if name.suffix.is_empty() { String::new() } else { format!(", {}", name.suffix) };
    if name.given.is_empty() { format!("{inverted},") } else { format!("{inverted}{suffix}") }
}

/// Who published it: publisher, institution, organisation.
fn publisher(work: &Work) -> Option<String> {
    ["publisher", "institution", "organization"].iter().find_map(|field| work.entry.text(field))
}

/// First and last page.
fn pages(work: &Work) -> (Option<String>, Option<String>) {
    let Some(pages) = work.entry.text("pages") else { return (None, None) };
    let mut parts = pages.split(['-', '–', '—']).map(str::trim).filter(|part| !part.is_empty());
    (parts.next().map(str::to_owned), parts.next().map(str::to_owned))
}

/// The date as `2012`, `2012-03` or `2012-03-04` with `sign` between its parts.
pub fn date(work: &Work, sign: &str) -> Option<String> {
    let date = work.entry.date("date")?;
    let point = date.start.or(date.end.flatten())?;
    let mut out = format!("{:04}", point.year);
    if let Some(month) = point.month.filter(|month| *month <= 12) {
        out.push_str(&format!("{sign}{month:02}"));
        if let Some(day) = point.day {
            out.push_str(&format!("{sign}{day:02}"));
        }
    }
    Some(out)
}

/// The title of the whole that a part stands in.
fn container(work: &Work, title: &str, subtitle: &str) -> Option<String> {
    let title = work.entry.text(title)?;
    Some(match work.entry.text(subtitle) {
        Some(sub) => format!("{title}: {sub}"),
        None => title,
    })
}
