//! `langid` is a name that babel or polyglossia knows, or a language tag.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};

rule!(
    "language-unknown",
    Some(Severity::Warning),
    None,
    Look::Entry(look),
    "@book{lie2021, langid = {norwegianish}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    let Some(field) = entry.own("langid") else { return };
    let value = field.raw.trim();
    let lower = value.to_lowercase();
    let head = lower.split(['-', '_']).next().unwrap_or_default();
    let is_tag =
        (2..=3).contains(&head.len()) && head.bytes().all(|byte| byte.is_ascii_lowercase());
    if !value.is_empty() && !is_tag && !entry.view.model.languages.contains(&lower) {
        report.field(field, &[("value", value)], Vec::new());
    }
}
