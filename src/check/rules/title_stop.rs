//! The style puts the full stop.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};

rule!(
    "title-stop",
    Some(Severity::Info),
    Some(Safety::Safe),
    Look::Field(look),
    "@book{lie2021, title = {Groups that help themselves.}}",
    Some("@book{lie2021, title = {Groups that help themselves}}")
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !matches!(field.name, "title" | "subtitle" | "booktitle" | "journaltitle") {
        return;
    }
    let value = field.raw.trim_end();
    let Some(rest) = value.strip_suffix('.') else { return };
    // `…`, `St.meld.`, `J. Biol.` and `U.S.` end in a stop of their own.
    let last = rest.rsplit(' ').next().unwrap_or(rest);
    if field.name == "journaltitle"
        || rest.ends_with('.')
        || last.contains('.')
        || last.chars().count() <= 3
        || !rest.contains(' ')
    {
        return;
    }
    report.field(field, &[], field.replace(rest));
}
