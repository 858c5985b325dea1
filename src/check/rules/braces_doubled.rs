//! `{{A title}}` keeps all capitals as they stand, in every style; usually only a name should.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};

rule!(
    "braces-doubled",
    Some(Severity::Info),
    Some(Safety::Unsafe),
    Look::Field(look),
    "@book{lie2021, title = {{Groups That Help Themselves}}}",
    Some("@book{lie2021, title = {Groups That Help Themselves}}")
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !matches!(field.name, "title" | "subtitle" | "booktitle") || !field.is_single {
        return;
    }
    let value = field.raw.trim();
    let Some(inner) = value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
        return;
    };
    let mut depth = 0_i32;
    let whole = inner.bytes().all(|byte| {
        depth += i32::from(byte == b'{') - i32::from(byte == b'}');
        depth >= 0
    });
    // A few words in braces are a name; so is the title of a journal.
    let long = inner.split_whitespace().count() > 3 && field.entry.entry_type != "periodical";
    if whole && depth == 0 && long && !inner.starts_with('\\') {
        report.field(field, &[], field.replace(inner));
    }
}
