//! `year` holds a year; what is not out yet has `pubstate`.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Severity};
use crate::model::date;

rule!(
    "year-form",
    Some(Severity::Warning),
    None,
    Look::Field(look),
    "@book{lie2021, year = {in press}}",
    None
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    let value = field.raw.trim();
    if field.name == "year" && !value.is_empty() && date::parse(value).is_none() {
        report.field(field, &[("value", value)], Vec::new());
    }
}
