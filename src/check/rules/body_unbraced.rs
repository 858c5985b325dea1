//! A body without braces is taken apart as if it were a person.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};
use crate::model::alias;
use crate::text::fold;

rule!(
    "body-unbraced",
    Some(Severity::Warning),
    Some(Safety::Unsafe),
    Look::Field(look),
    "@report{lie2021, author = {Norsk selvhjelpsforum}}",
    Some("@report{lie2021, author = {{Norsk selvhjelpsforum}}}")
);

/// Words, or ends of words, that bodies have and people do not.
const WORDS: &[&str] = &[
    "university",
    "universitet",
    "universitetet",
    "hogskole",
    "hogskolen",
    "department",
    "departement",
    "departementet",
    "institute",
    "institutt",
    "institutet",
    "directorate",
    "direktoratet",
    "ministry",
    "association",
    "organization",
    "organisation",
    "organisasjon",
    "foundation",
    "stiftelsen",
    "committee",
    "council",
    "commission",
    "consortium",
    "collaboration",
    "centre",
    "center",
    "senter",
    "society",
    "kommune",
    "forbund",
    "forbundet",
    "forening",
    "foreningen",
    "forum",
    "nettverk",
    "company",
    "press",
    "forlag",
    "group",
    "gruppen",
];
const ENDS: &[&str] =
    &["forbundet", "foreningen", "direktoratet", "departementet", "forum", "senteret", "kommune"];

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !alias::is_names(field.name) || field.raw.contains(['{', '\\', '=']) {
        return;
    }
    let mut found: Option<String> = None;
    let names: Vec<String> = crate::model::name::split_list(field.raw)
        .iter()
        .map(|name| {
            let name = name.trim();
            let folded = fold::base(name);
            let is_body = name.contains(' ')
                && !name.contains(',')
                && folded.split(' ').any(|word| {
                    WORDS.contains(&word)
                        || ENDS.iter().any(|end| word.len() > end.len() && word.ends_with(end))
                });
            if is_body {
                found.get_or_insert_with(|| name.to_owned());
                format!("{{{name}}}")
            } else {
                name.to_owned()
            }
        })
        .collect();
    if let Some(name) = found {
        report.field(field, &[("name", &name)], field.replace(&names.join(" and ")));
    }
}
