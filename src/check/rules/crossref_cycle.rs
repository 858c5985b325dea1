//! Entries that inherit from each other in a circle.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};

rule!(
    "crossref-cycle",
    Some(Severity::Error),
    None,
    Look::Entry(look),
    "@book{a, crossref = {b}}\n@book{b, crossref = {a}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    for name in ["crossref", "xdata"] {
        let Some(field) = entry.own(name) else { continue };
        let library = entry.view.library;
        let mut next = library.position(field.raw.split(',').next().unwrap_or_default().trim());
        // A chain longer than the library has entries goes round.
        let mut steps = 0;
        while let Some(at) = next {
            steps += 1;
            if at == entry.at || steps > 64 {
                if at == entry.at {
                    report.field(field, &[("entry", &entry.entry.key)], Vec::new());
                }
                break;
            }
            let parent = library.entries[at].field(name).filter(|field| field.from.is_none());
            next = parent.and_then(|it| {
                library.position(it.raw.split(',').next().unwrap_or_default().trim())
            });
        }
    }
}
