//! `edition` is a number; the style writes "2nd ed." or «2. utg.» itself (BibLaTeX manual 2.2.2).

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};

rule!(
    "edition-form",
    Some(Severity::Info),
    Some(Safety::Safe),
    Look::Field(look),
    "@book{lie2021, edition = {2nd}}",
    Some("@book{lie2021, edition = {2}}")
);

const WORDS: &[(&str, u8)] = &[
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
];

fn look(field: &FieldView<'_>, report: &mut Report) {
    if field.name != "edition" {
        return;
    }
    let value = field.raw.trim();
    let lower = value.to_ascii_lowercase();
    let word = lower
        .trim_end_matches(['.', ' '])
        .trim_end_matches(" ed")
        .trim_end_matches(" edition")
        .trim_end_matches(" utgave")
        .trim_end_matches(" utg")
        .trim_end_matches('.');
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    let ordinal = word.get(digits.len()..).unwrap_or_default();
    let number = match WORDS.iter().find(|(name, _)| *name == word) {
        Some((_, number)) => Some(number.to_string()),
        None if !digits.is_empty() && matches!(ordinal, "st" | "nd" | "rd" | "th" | "") => {
            Some(digits)
        }
        None => None,
    };
    if let Some(number) = number.filter(|number| number != value) {
        report.field(field, &[("value", value), ("number", &number)], field.replace(&number));
    }
}
