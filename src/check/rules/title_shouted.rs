//! A title all in capitals cannot be set in lower case by any style.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};

rule!(
    "title-shouted",
    Some(Severity::Info),
    Some(Safety::Unsafe),
    Look::Field(look),
    "@book{lie2021, title = {GROUPS THAT HELP THEMSELVES}}",
    Some("@book{lie2021, title = {Groups that help themselves}}")
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !matches!(field.name, "title" | "subtitle" | "booktitle") || field.raw.contains('\\') {
        return;
    }
    let letters = field.raw.chars().filter(|c| c.is_alphabetic()).count();
    let words = field.raw.split_whitespace().filter(|word| word.chars().count() > 3).count();
    if letters < 12 || words < 3 || field.raw.chars().any(char::is_lowercase) {
        return;
    }
    // Scripts without case cannot shout.
    if !field.raw.chars().any(char::is_uppercase) {
        return;
    }
    let mut first = true;
    let lower: String = field
        .raw
        .chars()
        .flat_map(|c| {
            let keep = first && c.is_alphabetic();
            first = if c.is_alphabetic() { false } else { first || matches!(c, '?' | '!') };
            if keep { vec![c] } else { c.to_lowercase().collect() }
        })
        .collect();
    report.field(field, &[], field.replace(&lower));
}
