//! An address does not answer as it should, which may pass (`--links`).

use super::{Look, Rule, each_link, rule};
use crate::check::links::Answer;
use crate::check::{EntryView, Report, Severity};

rule!(
    "link-failing",
    Some(Severity::Info),
    None,
    Look::Entry(look),
    "@online{lie2021, author = {Lie, Kari}, title = {Groups}, date = {2021}, url = {https://failing.example/a}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    each_link(entry, |field, link, answer| {
        if let Answer::Failing(why) = answer {
            report.field(field, &[("link", link), ("why", why)], Vec::new());
        }
    });
}
