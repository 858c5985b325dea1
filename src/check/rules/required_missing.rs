//! What BibLaTeX's data model asks of a type (BibLaTeX manual 2.1.1).

use super::{Look, Rule, rule, tell_lacking};
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
    tell_lacking(entry, report, |model| &model.required);
}
