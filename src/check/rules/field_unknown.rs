//! A field that no type of BibLaTeX has is not shown anywhere.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};
use crate::text::fold;

rule!(
    "field-unknown",
    Some(Severity::Info),
    None,
    Look::Entry(look),
    "@book{lie2021, publsher = {Novus}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    for field in &entry.fields {
        if entry.view.model.knows_field(field.name) || field.name.starts_with("orcid") {
            continue;
        }
        // Only what looks like a slip of the pen: fields of other programs are their own business.
        let known = [
            "author",
            "editor",
            "title",
            "subtitle",
            "journaltitle",
            "booktitle",
            "publisher",
            "institution",
            "location",
            "volume",
            "number",
            "pages",
            "edition",
            "series",
            "abstract",
            "keywords",
            "organization",
            "chapter",
            "language",
        ];
        let name = fold::base(field.name);
        if let Some(near) = known.iter().find(|it| is_slip(&name, it)) {
            report.field(field, &[("near", near)], Vec::new());
        }
    }
}

/// One letter more, less, other, or two turned round.
fn is_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail =
        a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (left, right) = (a.len() - head - tail, b.len() - head - tail);
    a != b
        && (left.max(right) <= 1
            || (left == 2 && right == 2 && a[head] == b[head + 1] && a[head + 1] == b[head]))
}
