//! `pubstate` is one of the words that BibLaTeX translates (BibLaTeX manual 4.9.2.11).

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};

rule!(
    "pubstate-unknown",
    Some(Severity::Info),
    None,
    Look::Entry(look),
    "@article{lie2021, pubstate = {soon}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    if let Some(field) = entry.own("pubstate") {
        let known = &entry.view.model.pubstate;
        if !known.iter().any(|it| it == field.raw.trim()) {
            report.field(
                field,
                &[("value", field.raw.trim()), ("known", &known.join(", "))],
                Vec::new(),
            );
        }
    }
}
