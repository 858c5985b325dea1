//! What an address leads to is gone (`--links`).

use super::{Look, Rule, each_link, rule};
use crate::check::links::Answer;
use crate::check::{EntryView, Report, Severity};

rule!(
    "link-dead",
    Some(Severity::Warning),
    None,
    Look::Entry(look),
    "@online{lie2021, author = {Lie, Kari}, title = {Groups}, date = {2021}, url = {https://dead.example/a}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    each_link(entry, |field, link, answer| {
        if let Answer::Dead(why) = answer {
            report.field(field, &[("link", link), ("why", why)], Vec::new());
        }
    });
}
