//! An ORCID iD has fifteen digits and a check digit that fits (ISO 27729, ISO 7064 MOD 11-2).

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Severity};

rule!(
    "orcid-form",
    Some(Severity::Warning),
    None,
    Look::Field(look),
    "@article{lie2021, orcid = {0000-0002-1825-0098}}",
    None
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !field.name.starts_with("orcid") {
        return;
    }
    for part in field.raw.split([',', ';', ' ']).filter(|part| !part.trim().is_empty()) {
        let tail = part.rsplit('/').next().unwrap_or(part);
        let digits: Vec<u32> = tail
            .chars()
            .filter_map(|c| if matches!(c, 'x' | 'X') { Some(10) } else { c.to_digit(10) })
            .collect();
        let total = digits.iter().take(15).fold(0, |sum, digit| (sum + digit) * 2 % 11);
        let wanted = (12 - total) % 11;
        if digits.len() != 16 || digits.last() != Some(&wanted) {
            report.field(field, &[("value", part)], Vec::new());
        }
    }
}
