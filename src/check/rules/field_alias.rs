//! BibTeX's name for a field in a file that otherwise has BibLaTeX's.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Safety, Severity};
use crate::text::edit::Edit;

rule!(
    "field-alias",
    Some(Severity::Info),
    Some(Safety::Safe),
    Look::Entry(look),
    "@article{lie2021, journal = {Nytt}, date = {2021}, location = {Oslo}}",
    Some("@article{lie2021, journaltitle = {Nytt}, date = {2021}, location = {Oslo}}")
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    if entry.view.is_bibtex {
        return;
    }
    for field in &entry.fields {
        let spelt = field.spelt();
        let meant = ["journal", "address", "school", "annote", "archiveprefix", "primaryclass"];
        if meant.contains(&spelt.to_lowercase().as_str())
            && entry.fields.iter().filter(|it| it.name == field.name).count() == 1
        {
            report.field(
                field,
                &[("spelt", &spelt)],
                vec![Edit::new(field.written.name.clone(), field.name)],
            );
        }
    }
}
