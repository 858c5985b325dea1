//! Of two fields with one name only one counts, and programs do not agree on which.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Safety, Severity};

rule!(
    "field-doubled",
    Some(Severity::Error),
    Some(Safety::Safe),
    Look::Entry(look),
    "@book{lie2021, note = {A}, note = {A}}",
    Some("@book{lie2021, note = {A}}")
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    for (at, field) in entry.fields.iter().enumerate() {
        let before = entry.fields[..at].iter().find(|it| it.name == field.name);
        if let Some(before) = before {
            let edits = if before.raw == field.raw { entry.without(field) } else { Vec::new() };
            report.field(field, &[("spelt", &field.spelt())], edits);
        }
    }
}
