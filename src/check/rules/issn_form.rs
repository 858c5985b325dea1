//! An ISSN has seven digits and a check digit that fits (ISO 3297).

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Severity};

rule!(
    "issn-form",
    Some(Severity::Warning),
    None,
    Look::Field(look),
    "@article{lie2021, issn = {1234-5670}}",
    None
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !matches!(field.name, "issn" | "eissn") {
        return;
    }
    for part in field.raw.split([',', ';', ' ', '(', ')']) {
        let digits: Vec<u32> = part
            .chars()
            .filter_map(|c| if matches!(c, 'x' | 'X') { Some(10) } else { c.to_digit(10) })
            .collect();
        if digits.len() < 6 {
            continue;
        }
        let sum: u32 = digits.iter().zip((1..=8).rev()).map(|(digit, weight)| digit * weight).sum();
        if digits.len() != 8 || sum % 11 != 0 {
            report.field(field, &[("value", part)], Vec::new());
        }
    }
}
