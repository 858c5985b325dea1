//! `doi = {https://doi.org/10.1000/182}`: the styles put the resolver before it once more.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};

rule!(
    "doi-as-url",
    Some(Severity::Warning),
    Some(Safety::Safe),
    Look::Field(look),
    "@article{lie2021, doi = {https://doi.org/10.1000/182}}",
    Some("@article{lie2021, doi = {10.1000/182}}")
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if field.name != "doi" {
        return;
    }
    let value = field.raw.trim();
    let Some(at) = value.find("10.").filter(|at| *at > 0) else { return };
    let head = value.get(..at).unwrap_or_default().to_ascii_lowercase();
    let known = ["http://", "https://", "doi:", "doi ", "dx.doi.org/", "doi.org/"];
    if known.iter().any(|it| head.starts_with(it)) {
        let doi = value.get(at..).unwrap_or_default();
        report.field(field, &[("doi", doi)], field.replace(doi));
    }
}
