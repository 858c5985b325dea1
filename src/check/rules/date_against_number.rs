//! A number that names a year, `2013:107`, and another year in `date`: one may be wrong, or the
//! report came out late.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};

rule!(
    "date-against-number",
    Some(Severity::Info),
    None,
    Look::Entry(look),
    "@report{lie2014, number = {2013:107}, date = {2014-02}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    let Some(field) = entry.own("number") else { return };
    let Some(year) = entry.entry.year() else { return };
    let value = field.raw.trim();
    let head: String = value.chars().take_while(char::is_ascii_digit).collect();
    let separator = value.get(head.len()..).unwrap_or_default().trim_start();
    let named = head.parse::<i32>().ok().filter(|it| head.len() == 4 && (1900..=2100).contains(it));
    if let Some(named) = named
        && separator.starts_with([':', '/'])
        && named != year
    {
        report.field(field, &[("number", value), ("year", &year.to_string())], Vec::new());
    }
}
