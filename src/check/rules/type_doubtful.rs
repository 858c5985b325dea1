//! A journal in a book, or a book around an article: one of the two is meant.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};

rule!(
    "type-doubtful",
    Some(Severity::Warning),
    None,
    Look::Entry(look),
    "@book{lie2021, title = {Groups}, journaltitle = {Nytt}, volume = {3}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    let stranger = match entry.entry.entry_type.as_str() {
        "book" | "collection" | "incollection" | "inbook" | "thesis" | "report" => "journaltitle",
        "article" => "booktitle",
        _ => return,
    };
    if let Some(field) = entry.own(stranger).filter(|field| !field.raw.trim().is_empty()) {
        report.field(field, &[("type", &entry.entry.entry_type)], Vec::new());
    }
}
