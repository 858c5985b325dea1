//! A day of access without an address says nothing.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};

rule!(
    "urldate-alone",
    Some(Severity::Warning),
    None,
    Look::Entry(look),
    "@book{lie2021, title = {Groups}, urldate = {2021-03-01}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    let links = ["url", "doi", "eprint", "fulltext", "summary", "howpublished", "note"];
    if let Some(field) = entry.own("urldate")
        && !links.iter().any(|name| entry.entry.has(name))
    {
        report.field(field, &[], Vec::new());
    }
}
