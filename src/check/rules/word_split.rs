//! A hyphen at the end of a line, left over from a printed page.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};

rule!(
    "word-split",
    Some(Severity::Info),
    Some(Safety::Unsafe),
    Look::Field(look),
    "@book{lie2021, title = {Selv-\n  hjelp i grupper}}",
    Some("@book{lie2021, title = {Selvhjelp i grupper}}")
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !field.is_text() || !field.raw.contains('\n') {
        return;
    }
    let mut out = String::with_capacity(field.raw.len());
    let mut rest = field.raw;
    let mut word = None;
    while let Some((before, after)) = rest.split_once('\n') {
        let next = after.trim_start();
        let head = before.trim_end();
        // `for- og` keeps its hyphen, a dash is not one.
        let joins = head.strip_suffix('-').is_some_and(|it| it.ends_with(char::is_lowercase))
            && next.starts_with(char::is_lowercase)
            && !["og ", "eller ", "and ", "or ", "und ", "och ", "samt "]
                .iter()
                .any(|it| next.starts_with(it));
        if joins {
            word = word.or_else(|| head.rsplit(' ').next());
            out.push_str(head.trim_end_matches('-'));
            rest = next;
        } else {
            out.push_str(before);
            out.push('\n');
            rest = after;
        }
    }
    out.push_str(rest);
    if let Some(word) = word {
        report.field(field, &[("word", word)], field.replace(&out));
    }
}
