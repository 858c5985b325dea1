//! A value in square brackets is a description, not what the work says of itself.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Severity};

rule!(
    "placeholder",
    Some(Severity::Warning),
    None,
    Look::Field(look),
    "@thesis{lie2021, institution = {[institution not shown]}}",
    None
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !matches!(field.name, "title" | "booktitle" | "institution" | "publisher" | "journaltitle") {
        return;
    }
    // `[A study …]` in an article of a database is a translated title; with `titleaddon` or another
    // language than English it is a description all the same.
    let value = field.raw.trim().trim_matches(['{', '}']);
    if value.starts_with('[') && value.ends_with(']') {
        report.field(field, &[("value", value)], Vec::new());
    }
}
