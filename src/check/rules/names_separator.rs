//! Names are separated by ` and `; at commas and semicolons they run into one.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};
use crate::model::alias;

rule!(
    "names-separator",
    Some(Severity::Warning),
    Some(Safety::Unsafe),
    Look::Field(look),
    "@book{lie2021, author = {Lie, Kari; Berg, Ola}}",
    Some("@book{lie2021, author = {Lie, Kari and Berg, Ola}}")
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !alias::is_names(field.name)
        || field.raw.contains(['{', '=', '\\'])
        || field.raw.contains("&#")
    {
        return;
    }
    if field.raw.contains(';') {
        let names: Vec<&str> =
            field.raw.split(';').map(str::trim).filter(|name| !name.is_empty()).collect();
        report.field(field, &[("sign", ";")], field.replace(&names.join(" and ")));
        return;
    }
    // Three commas in one name are more than BibTeX has parts for.
    let names = crate::model::name::split_list(field.raw);
    if names.iter().any(|name| name.matches(',').count() > 2) {
        report.field(field, &[("sign", ",")], Vec::new());
    }
}
