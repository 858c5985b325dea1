//! Characters that can steer a terminal or turn the direction of writing.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};
use crate::text::harmless;

rule!(
    "character-unsafe",
    Some(Severity::Warning),
    Some(Safety::Unsafe),
    Look::Field(look),
    "@book{lie2021, title = {Gro\u{200b}ups}}",
    Some("@book{lie2021, title = {Groups}}")
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    // Line ends and tabs are white space; a soft hyphen is harmless in a file.
    let harmful = |c: char| harmless::is_harmful(c) && !matches!(c, '\n' | '\r' | '\t');
    if let Some(found) = field.raw.chars().find(|c| harmful(*c)) {
        let clean: String = field.raw.chars().filter(|c| !harmful(*c)).collect();
        let name = format!("U+{:04X}", u32::from(found));
        report.field(field, &[("character", &name)], field.replace(&clean));
    }
}
