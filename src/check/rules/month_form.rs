//! `month` is a number, or one of BibTeX's `jan` to `dec` without braces (BibLaTeX manual 2.3.8).

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};
use crate::model::date;

rule!(
    "month-form",
    Some(Severity::Warning),
    Some(Safety::Safe),
    Look::Field(look),
    "@book{lie2021, month = {March}, year = 2021}",
    Some("@book{lie2021, month = {3}, year = 2021}")
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    let value = field.raw.trim();
    if field.name != "month" || field.is_bare || value.is_empty() || !field.is_single {
        return;
    }
    let number = value.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
    if number {
        return;
    }
    let edits = date::month_number(value)
        .filter(|_| value.chars().all(|c| c.is_alphabetic() || c == '.'))
        .map(|month| field.replace(&month.to_string()))
        .unwrap_or_default();
    report.field(field, &[("value", value)], edits);
}
