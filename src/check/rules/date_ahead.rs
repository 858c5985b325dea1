//! A work cannot have come out after today.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};

rule!(
    "date-ahead",
    Some(Severity::Warning),
    None,
    Look::Entry(look),
    "@book{lie2999, date = {2999}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    let Some((today, _, _)) = entry.view.facts.today else { return };
    let Some(field) = entry.own("date").or_else(|| entry.own("year")) else { return };
    if let Some(year) = entry.entry.year()
        && year > today + 1
        && !entry.entry.has("pubstate")
    {
        report.field(field, &[("year", &year.to_string())], Vec::new());
    }
}
