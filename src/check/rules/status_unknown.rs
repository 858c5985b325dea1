//! `status` says whether the overview takes the work in: `included`, `borderline` or `excluded`.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Severity};

rule!(
    "status-unknown",
    Some(Severity::Info),
    None,
    Look::Field(look),
    "@book{lie2021, project = {NIBR}, status = {perhaps}}",
    None
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    // Other programs have a `status` as well: only beside the overview's own fields is it ours.
    let ours = field.entry.has("project") || field.entry.has("provenance");
    let word = field.raw.split(':').next().unwrap_or_default().trim();
    if field.name == "status"
        && ours
        && !word.is_empty()
        && !matches!(word, "included" | "borderline" | "excluded")
    {
        report.field(field, &[("value", word)], Vec::new());
    }
}
