//! What was forthcoming years ago has come out, or never will.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};

rule!(
    "pubstate-overdue",
    Some(Severity::Warning),
    None,
    Look::Entry(look),
    "@article{lie2011, pubstate = {submitted}, date = {2011}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    let Some((today, _, _)) = entry.view.facts.today else { return };
    let Some(field) = entry.own("pubstate") else { return };
    // Two years are long enough for a paper to come out.
    let since = entry.entry.year().or_else(|| entry.entry.date("urldate")?.year());
    if let Some(year) = since
        && year + 2 <= today
        && field.raw.trim() != "prepublished"
    {
        report.field(
            field,
            &[("state", field.raw.trim()), ("year", &year.to_string())],
            Vec::new(),
        );
    }
}
