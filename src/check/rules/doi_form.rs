//! A DOI is `10.`, a registrant, a slash and a suffix (DOI Handbook 2.2).

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Severity};

rule!(
    "doi-form",
    Some(Severity::Warning),
    None,
    Look::Field(look),
    "@article{lie2021, doi = {182/abc}}",
    None
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if field.name != "doi" || field.raw.trim().is_empty() {
        return;
    }
    let value = field.raw.trim();
    let from = value.find("10.");
    let sound = from
        .and_then(|at| value.get(at + 3..))
        .and_then(|rest| rest.split_once('/'))
        .is_some_and(|(registrant, suffix)| {
            registrant.len() >= 4
                && registrant.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
                && !suffix.is_empty()
                && !suffix.contains(char::is_whitespace)
        });
    if !sound {
        report.field(field, &[("value", value)], Vec::new());
    }
}
