//! One address cannot be both the full text and only a summary.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};

rule!(
    "fulltext-and-summary",
    Some(Severity::Info),
    None,
    Look::Entry(look),
    "@article{lie2021, fulltext = {https://example.org/a}, summary = {https://example.org/a}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    if let (Some(whole), Some(part)) = (entry.own("fulltext"), entry.own("summary"))
        && whole.raw.trim() == part.raw.trim()
    {
        report.field(part, &[], Vec::new());
    }
}
