//! Tags and entities of web pages are printed as they stand.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};

rule!(
    "html-in-text",
    Some(Severity::Warning),
    Some(Safety::Safe),
    Look::Field(look),
    "@book{lie2021, title = {Groups &amp; clubs}}",
    Some(r"@book{lie2021, title = {Groups \& clubs}}")
);

const ENTITIES: &[(&str, &str)] = &[
    ("&amp;", "\\&"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "''"),
    ("&nbsp;", "~"),
    ("&#39;", "'"),
    ("&apos;", "'"),
    ("&ndash;", "--"),
    ("&mdash;", "---"),
    ("&aring;", "å"),
    ("&oslash;", "ø"),
    ("&aelig;", "æ"),
    ("&Aring;", "Å"),
    ("&Oslash;", "Ø"),
    ("&AElig;", "Æ"),
    ("&auml;", "ä"),
    ("&ouml;", "ö"),
    ("&uuml;", "ü"),
    ("&eacute;", "é"),
    ("&laquo;", "«"),
    ("&raquo;", "»"),
    ("&rsquo;", "’"),
    ("&lsquo;", "‘"),
    ("&rdquo;", "”"),
    ("&ldquo;", "“"),
];
const TAGS: &[&str] =
    &["<i>", "<b>", "<em>", "<sub>", "<sup>", "<strong>", "<p>", "<br", "<span", "<jats:", "<scp>"];

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !field.is_text() || !field.raw.contains(['&', '<']) {
        return;
    }
    let lower = field.raw.to_ascii_lowercase();
    let tag = TAGS.iter().find(|tag| lower.contains(*tag));
    let mut mended = field.raw.to_owned();
    for (entity, text) in ENTITIES {
        if mended.contains(entity) {
            mended = mended.replace(&format!("\\{entity}"), entity).replace(entity, text);
        }
    }
    if mended != field.raw {
        let found = ENTITIES
            .iter()
            .find(|(entity, _)| field.raw.contains(entity))
            .map_or("", |(entity, _)| *entity);
        report.field(field, &[("found", found)], field.replace(&mended));
    } else if let Some(tag) = tag {
        report.field(field, &[("found", tag)], Vec::new());
    }
}
