//! Addresses and identifiers are read as they stand: `\_` becomes two characters.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};

rule!(
    "verbatim-escaped",
    Some(Severity::Warning),
    Some(Safety::Safe),
    Look::Field(look),
    r"@online{lie2021, url = {https://example.org/a\_b}}",
    Some("@online{lie2021, url = {https://example.org/a_b}}")
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !matches!(field.name, "url" | "doi" | "eprint" | "fulltext" | "summary")
        || !field.raw.contains('\\')
    {
        return;
    }
    let mut plain = field.raw.to_owned();
    for (tex, sign) in [
        ("{\\_}", "_"),
        ("\\_", "_"),
        ("\\%", "%"),
        ("\\&", "&"),
        ("\\#", "#"),
        ("{\\textasciitilde}", "~"),
        ("\\textasciitilde{}", "~"),
        ("\\textasciitilde ", "~"),
        ("\\~{}", "~"),
        ("\\$", "$"),
    ] {
        plain = plain.replace(tex, sign);
    }
    if plain != field.raw {
        report.field(field, &[], field.replace(&plain));
    }
}
