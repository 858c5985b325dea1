//! An address leads to the front page of a site, which is what many do with what they have taken away (`--links`).

use super::{Look, Rule, each_link, rule};
use crate::check::links::Answer;
use crate::check::{EntryView, Report, Severity};

rule!(
    "link-front-page",
    Some(Severity::Info),
    None,
    Look::Entry(look),
    "@online{lie2021, author = {Lie, Kari}, title = {Groups}, date = {2021}, url = {https://front.example/a}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    each_link(entry, |field, link, answer| {
        if let Answer::Front(why) = answer {
            report.field(field, &[("link", link), ("why", why)], Vec::new());
        }
    });
}
