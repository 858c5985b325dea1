//! `unverified` names a field that is not there.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};
use crate::model::alias;

rule!(
    "unverified-gone",
    Some(Severity::Info),
    None,
    Look::Entry(look),
    "@book{lie2021, title = {Groups}, unverified = {date}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    let Some(field) = entry.own("unverified") else { return };
    for name in entry.entry.list("unverified") {
        // Remarks stand there as well: only what is the name of a field is meant.
        let known = alias::field(&name);
        let is_there = entry.entry.has(&known)
            || (known == "date" && entry.entry.has("year"))
            || (known == "year" && entry.entry.has("date"));
        if entry.view.model.knows_field(&known) && !is_there {
            report.field(field, &[("name", &name)], Vec::new());
        }
    }
}
