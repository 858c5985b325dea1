//! What BibLaTeX's data model asks of a type (BibLaTeX manual 2.1.1).

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};

rule!(
    "required-missing",
    Some(Severity::Warning),
    None,
    Look::Entry(look),
    "@article{lie2021, author = {Lie, Kari}, title = {Groups}, date = {2021}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    let Some(model) = entry.view.model.entry_type(&entry.entry.entry_type) else { return };
    let lacking = super::lacking(entry, &model.required);
    if !lacking.is_empty() {
        let names = lacking.join("`, `");
        report.entry(
            entry,
            entry.head(),
            &[("type", &entry.entry.entry_type), ("fields", &names)],
            Vec::new(),
        );
    }
}
