//! Keywords are separated by commas (BibLaTeX manual 2.2.3).

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};

rule!(
    "keywords-separator",
    Some(Severity::Info),
    Some(Safety::Unsafe),
    Look::Field(look),
    "@book{lie2021, keywords = {grupper; selvhjelp}}",
    Some("@book{lie2021, keywords = {grupper, selvhjelp}}")
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if field.name != "keywords" || !field.raw.contains(';') || field.raw.contains('&') {
        return;
    }
    // Where commas are part of the keywords themselves, replacing would break them apart.
    let edits = if field.raw.contains(',') {
        Vec::new()
    } else {
        let words: Vec<&str> =
            field.raw.split(';').map(str::trim).filter(|word| !word.is_empty()).collect();
        field.replace(&words.join(", "))
    };
    report.field(field, &[], edits);
}
