//! `date` and `year` are two ways of saying one thing; only one may be there.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Safety, Severity};
use crate::model::date;

rule!(
    "date-twice",
    Some(Severity::Warning),
    Some(Safety::Safe),
    Look::Entry(look),
    "@book{lie2021, date = {2021-03}, year = {2021}}",
    Some("@book{lie2021, date = {2021-03}}")
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    let (Some(date), Some(year)) = (entry.own("date"), entry.own("year")) else { return };
    let known = date::parse(date.raw).and_then(|it| it.year());
    let other = year.raw.trim().parse::<i32>().ok();
    let edits = if known.is_some() && known == other { entry.without(year) } else { Vec::new() };
    report.field(year, &[("date", date.raw.trim()), ("year", year.raw.trim())], edits);
}
