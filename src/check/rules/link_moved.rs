//! The host says that what stood at an address stands at another for good (`--links`).

use super::{Look, Rule, each_link, rule};
use crate::check::links::Answer;
use crate::check::{EntryView, Report, Safety, Severity};

rule!(
    "link-moved",
    Some(Severity::Info),
    Some(Safety::Unsafe),
    Look::Entry(look),
    "@online{lie2021, author = {Lie, Kari}, title = {Groups}, date = {2021}, url = {https://moved.example/a}}",
    Some(
        "@online{lie2021, author = {Lie, Kari}, title = {Groups}, date = {2021}, url = {https://new.example/b}}"
    )
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    each_link(entry, |field, link, answer| {
        if let Answer::Moved(to) = answer {
            let edits = if field.name == "doi" { Vec::new() } else { field.replace(to) };
            report.field(field, &[("link", link), ("to", to)], edits);
        }
    });
}
