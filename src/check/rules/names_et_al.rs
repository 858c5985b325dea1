//! `et al.` is read as a person; BibLaTeX's word is `and others`.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};
use crate::model::alias;

rule!(
    "names-et-al",
    Some(Severity::Warning),
    Some(Safety::Safe),
    Look::Field(look),
    "@book{lie2021, author = {Lie, Kari and et al.}}",
    Some("@book{lie2021, author = {Lie, Kari and others}}")
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !alias::is_names(field.name) {
        return;
    }
    let value = field.raw.trim_end();
    let lower = value.to_ascii_lowercase();
    for tail in [
        " and et al.",
        " and et al",
        ", et al.",
        ", et al",
        " et al.",
        " et al",
        " and {et al.}",
        " m.fl.",
        " m. fl.",
    ] {
        if lower.ends_with(tail) {
            let head = value
                .get(..value.len() - tail.len())
                .unwrap_or_default()
                .trim_end_matches([',', ' ']);
            report.field(field, &[], field.replace(&format!("{head} and others")));
            return;
        }
    }
}
