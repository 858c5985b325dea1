//! Dates are ISO 8601-2 (EDTF), level 1: `2014`, `2014-02`, `2014-02-28`, `2014/2018` (BibLaTeX
//! manual 2.3.8).

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Severity};
use crate::model::date;

rule!(
    "date-form",
    Some(Severity::Warning),
    None,
    Look::Field(look),
    "@book{lie2021, date = {March 2021}}",
    None
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !matches!(field.name, "date" | "urldate" | "origdate" | "eventdate")
        || field.raw.trim().is_empty()
    {
        return;
    }
    let sound = date::parse(field.raw).is_some_and(|it| {
        [it.start, it.end.flatten()].iter().flatten().all(|point| match (point.month, point.day) {
            (Some(month @ 1..=12), Some(day)) => day <= days(point.year, month),
            _ => true,
        })
    });
    if !sound {
        report.field(field, &[("value", field.raw)], Vec::new());
    }
}

fn days(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}
