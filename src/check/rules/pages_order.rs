//! The last page comes after the first.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};

rule!(
    "pages-order",
    Some(Severity::Warning),
    Some(Safety::Unsafe),
    Look::Field(look),
    "@article{lie2021, pages = {1234--41}}",
    Some("@article{lie2021, pages = {1234--1241}}")
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if field.name != "pages" || field.raw.contains(',') {
        return;
    }
    let Some((from, to)) = field.raw.split_once("--").or_else(|| field.raw.split_once('–'))
    else {
        return;
    };
    let (from, to) = (from.trim(), to.trim());
    let (Ok(first), Ok(last)) = (from.parse::<u64>(), to.parse::<u64>()) else { return };
    if last >= first {
        return;
    }
    // `1234--41` is short for `1234--1241`.
    let whole = from
        .len()
        .checked_sub(to.len())
        .and_then(|cut| from.get(..cut))
        .map(|head| format!("{head}{to}"));
    let mended = whole.filter(|it| it.parse::<u64>().is_ok_and(|it| it >= first));
    let edits = mended.map(|it| field.replace(&format!("{from}--{it}"))).unwrap_or_default();
    report.field(field, &[("value", field.raw.trim())], edits);
}
