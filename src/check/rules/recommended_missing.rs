//! What the data model asks for and what often cannot be had: who edited an anthology.

use super::{Look, Rule, rule, tell_lacking};
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
    tell_lacking(entry, report, |model| &model.recommended);
}
