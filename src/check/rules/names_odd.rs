//! A name with a digit, an address or nothing in it is no name.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Severity};
use crate::model::alias;

rule!(
    "names-odd",
    Some(Severity::Warning),
    None,
    Look::Field(look),
    "@book{lie2021, author = {Lie, Kari and  and Berg1, Ola}}",
    None
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !alias::is_names(field.name) || field.raw.trim().is_empty() {
        return;
    }
    for name in crate::model::name::split_list(field.raw) {
        let name = name.trim();
        let odd = name.is_empty()
            || (!name.contains(['{', '=', '\\', '$'])
                && (name.contains('@') || name.chars().any(|c| c.is_ascii_digit())));
        if odd {
            report.field(field, &[("name", name)], Vec::new());
            return;
        }
    }
}
