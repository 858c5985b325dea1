//! `related` and `entryset` lead to entries of the library.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};

rule!(
    "related-missing",
    Some(Severity::Warning),
    None,
    Look::Entry(look),
    "@book{lie2021, related = {lie2019}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    for field in entry.fields.iter().filter(|field| matches!(field.name, "related" | "entryset")) {
        for key in field.raw.split(',').map(str::trim).filter(|key| !key.is_empty()) {
            if entry.view.library.by_key(key).is_none() {
                report.field(field, &[("key", key)], Vec::new());
            }
        }
    }
}
