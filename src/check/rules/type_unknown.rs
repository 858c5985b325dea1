//! A type that BibLaTeX does not know is printed as `@misc`, or not at all.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};

rule!(
    "type-unknown",
    Some(Severity::Warning),
    None,
    Look::Entry(look),
    "@artcle{lie2021, title = {Groups}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    let name = &entry.entry.entry_type;
    if entry.view.model.entry_type(name).is_none() {
        report.entry(entry, entry.block.entry_type.clone(), &[("type", name)], Vec::new());
    }
}
