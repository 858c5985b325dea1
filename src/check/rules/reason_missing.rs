//! What is left out of the overview, or stands at its border, says why.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Severity};

rule!(
    "reason-missing",
    Some(Severity::Info),
    None,
    Look::Field(look),
    "@book{lie2021, project = {NIBR}, status = {excluded}}",
    None
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    let ours = field.entry.has("project") || field.entry.has("provenance");
    if field.name == "status" && ours && matches!(field.raw.trim(), "excluded" | "borderline") {
        report.field(field, &[("value", field.raw.trim())], Vec::new());
    }
}
