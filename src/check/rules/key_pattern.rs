//! A citation key is not the one that the pattern of the library makes (`[keys] pattern`).

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report};

rule!(
    "key-pattern",
    None,
    None,
    Look::Entry(look),
    "@book{x1, author = {Lie, Kari}, title = {Groups that help}, date = {2021}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    if let Some(expected) = entry.view.facts.keys.get(&entry.at) {
        report.entry(entry, entry.head(), &[("expected", expected)], Vec::new());
    }
}
