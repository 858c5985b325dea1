//! Two works cannot have one DOI; parts of a book may carry that of the book.

use super::{Look, Rule, rule};
use crate::check::{LibraryView, Report, Severity};
use std::collections::HashMap;

rule!(
    "doi-doubled",
    Some(Severity::Warning),
    None,
    Look::Library(look),
    "@article{a, doi = {10.1000/182}}\n@article{b, doi = {10.1000/182}}",
    None
);

fn look(view: &LibraryView<'_>, report: &mut Report) {
    let mut first: HashMap<String, usize> = HashMap::new();
    for (at, entry) in view.library.entries.iter().enumerate() {
        if entry.entry_type.starts_with("in") || entry.entry_type.starts_with("supp") {
            continue;
        }
        let Some(doi) = entry.field("doi").filter(|field| field.from.is_none()) else { continue };
        let doi = doi.raw.trim().to_ascii_lowercase();
        if doi.is_empty() {
            continue;
        }
        match first.get(&doi) {
            None => {
                first.insert(doi, at);
            }
            Some(other) => {
                let Some(it) = view.entry(at) else { continue };
                let Some(field) = it.own("doi") else { continue };
                let other = &view.library.entries[*other].key;
                report.field(field, &[("other", other)], Vec::new());
            }
        }
    }
}
