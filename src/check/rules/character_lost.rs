//! U+FFFD, or a question mark inside a word: a letter was lost on the way.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Severity};

rule!(
    "character-lost",
    Some(Severity::Warning),
    None,
    Look::Field(look),
    "@book{lie2021, title = {P?r?rende}}",
    None
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !field.is_text() || !field.raw.contains(['\u{fffd}', '?']) {
        return;
    }
    let lost = |word: &&str| {
        word.contains('\u{fffd}') || {
            let chars: Vec<char> = word.chars().collect();
            !word.contains("://")
                && !word.contains('=')
                && chars
                    .windows(3)
                    .any(|it| it[0].is_alphabetic() && it[1] == '?' && it[2].is_lowercase())
        }
    };
    if let Some(word) = field.raw.split_whitespace().find(lost) {
        report.field(field, &[("word", word)], Vec::new());
    }
}
