//! An ISBN has 10 or 13 digits and a check digit that fits (ISO 2108).

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Severity};

rule!(
    "isbn-form",
    Some(Severity::Warning),
    None,
    Look::Field(look),
    "@book{lie2021, isbn = {978-82-02-12345-6}}",
    None
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if field.name != "isbn" {
        return;
    }
    // Several numbers of one book stand beside each other: `(print)` and the like are passed over.
    for part in field.raw.split([',', ';', '(', ')', '/']) {
        let digits: Vec<char> =
            part.chars().filter(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X')).collect();
        if digits.len() >= 8 && !is_isbn(&digits) {
            report.field(field, &[("value", part.trim())], Vec::new());
        }
    }
}

fn is_isbn(digits: &[char]) -> bool {
    let value = |c: &char| c.to_digit(10).unwrap_or(10);
    match digits.len() {
        10 => {
            digits[..9].iter().all(char::is_ascii_digit)
                && digits
                    .iter()
                    .zip((1..=10).rev())
                    .map(|(c, weight)| value(c) * weight)
                    .sum::<u32>()
                    % 11
                    == 0
        }
        13 => {
            digits.iter().all(char::is_ascii_digit)
                && digits
                    .iter()
                    .zip([1, 3].iter().cycle())
                    .map(|(c, weight)| value(c) * weight)
                    .sum::<u32>()
                    % 10
                    == 0
        }
        _ => false,
    }
}
