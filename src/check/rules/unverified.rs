//! Fields that somebody has noted as still to be checked.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};

rule!(
    "unverified",
    Some(Severity::Info),
    None,
    Look::Entry(look),
    "@book{lie2021, date = {2021}, unverified = {date}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    if let Some(field) = entry.own("unverified").filter(|field| !field.raw.trim().is_empty()) {
        report.field(field, &[("fields", field.raw.trim())], Vec::new());
    }
}
