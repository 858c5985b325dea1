//! `crossref`, `xref` and `xdata` lead to an entry of the library.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};

rule!(
    "crossref-missing",
    Some(Severity::Error),
    None,
    Look::Entry(look),
    "@incollection{dahl2005, crossref = {handbok2004}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    for field in
        entry.fields.iter().filter(|field| matches!(field.name, "crossref" | "xref" | "xdata"))
    {
        for key in field.raw.split(',').map(str::trim).filter(|key| !key.is_empty()) {
            // `xdata = {location=…}` is the granular form (BibLaTeX manual 3.13.6).
            let key =
                key.split_once('=').map_or(key, |(_, rest)| rest.split('-').next().unwrap_or(rest));
            if entry.view.library.by_key(key).is_none() {
                report.field(field, &[("key", key), ("entry", &entry.entry.key)], Vec::new());
            }
        }
    }
}
