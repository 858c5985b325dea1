//! Family names all in capitals are printed so.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};
use crate::model::alias;

rule!(
    "names-shouted",
    Some(Severity::Info),
    Some(Safety::Unsafe),
    Look::Field(look),
    "@book{lie2021, author = {BERGSTRØM, Kari}}",
    Some("@book{lie2021, author = {Bergstrøm, Kari}}")
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !alias::is_names(field.name) || field.raw.contains(['{', '\\']) {
        return;
    }
    let mut found: Option<String> = None;
    let names: Vec<String> = crate::model::name::split_list(field.raw)
        .iter()
        .map(|name| {
            let name = name.trim();
            let Some((family, given)) = name.split_once(',') else { return name.to_owned() };
            let letters = family.chars().filter(|c| c.is_alphabetic()).count();
            if letters < 4
                || family.chars().any(char::is_lowercase)
                || family.chars().all(|c| !c.is_uppercase())
            {
                return name.to_owned();
            }
            found.get_or_insert_with(|| family.to_owned());
            let mut start = true;
            let family: String = family
                .chars()
                .flat_map(|c| {
                    let keep = start;
                    start = !c.is_alphabetic();
                    if keep { vec![c] } else { c.to_lowercase().collect() }
                })
                .collect();
            format!("{family},{given}")
        })
        .collect();
    if let Some(family) = found {
        report.field(field, &[("name", &family)], field.replace(&names.join(" and ")));
    }
}
