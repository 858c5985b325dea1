//! An empty field is noise, and hides what could be inherited.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Safety, Severity};

rule!(
    "field-empty",
    Some(Severity::Info),
    Some(Safety::Safe),
    Look::Entry(look),
    "@book{lie2021, title = {Groups}, note = {}}",
    Some("@book{lie2021, title = {Groups}}")
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    for field in entry.fields.iter().filter(|field| field.raw.trim().is_empty()) {
        report.field(field, &[], entry.without(field));
    }
}
