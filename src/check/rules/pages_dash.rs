//! A range of pages is written with `--`; BibLaTeX reads one hyphen as part of a number.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};

rule!(
    "pages-dash",
    Some(Severity::Info),
    Some(Safety::Safe),
    Look::Field(look),
    "@article{lie2021, pages = {12-19}}",
    Some("@article{lie2021, pages = {12--19}}")
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if field.name != "pages" {
        return;
    }
    let mut out = Vec::new();
    for part in field.raw.split(',') {
        let range = part.replace(['–', '—', '‐', '‑', '−'], "-");
        let sides: Vec<&str> = range.split('-').map(str::trim).collect();
        // `1-2-3` and `A-12` are numbers of their own kind.
        match sides.as_slice() {
            [from, to] if is_page(from) && is_page(to) && !(part.contains("--")) => {
                out.push(format!("{from}--{to}"));
            }
            _ => out.push(part.trim().to_owned()),
        }
    }
    let mended = out.join(", ");
    if mended.replace(' ', "") != field.raw.replace(' ', "") && mended.contains("--") {
        report.field(
            field,
            &[("value", field.raw.trim()), ("mended", &mended)],
            field.replace(&mended),
        );
    }
}

fn is_page(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let roman = !text.is_empty() && text.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c'));
    roman
        || (!digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && text.len() - digits.len() <= 2)
}
