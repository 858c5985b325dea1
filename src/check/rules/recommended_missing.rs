//! What the data model asks for and what often cannot be had: who edited an anthology.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};

rule!(
    "recommended-missing",
    Some(Severity::Info),
    None,
    Look::Entry(look),
    "@incollection{lie2021, author = {Lie, Kari}, title = {Groups}, booktitle = {Book}, date = {2021}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    let Some(model) = entry.view.model.entry_type(&entry.entry.entry_type) else { return };
    let lacking = super::lacking(entry, &model.recommended);
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
