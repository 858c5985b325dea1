//! `cs:names` and what is in it (CSL 1.0.2, "Names").

use super::StyleError;
use super::attributes;
use super::elements::Context;
use super::tree::Label;
use super::tree::Names;
use super::tree::Plural;
use super::xml::Element;
use crate::cite::item::Variable;
use crate::cite::item::VariableKind;

/// Reads `cs:names`; within `cs:substitute` one without children only names other variables.
pub(super) fn read(
    element: &Element,
    context: &Context,
    in_substitute: bool,
) -> Result<Names, StyleError> {
    let variables = element.get("variable").unwrap_or_default().split_whitespace();
    let mut names = Names {
        variables: variables
            .filter_map(Variable::named)
            .filter(|variable| variable.kind() == VariableKind::Names)
            .collect(),
        is_reference: in_substitute && element.children.is_empty(),
        lacks_name: in_substitute && element.child("name").is_none(),
        delimiter: element.get("delimiter").map(str::to_owned),
        formatting: attributes::formatting(element),
        ..Names::default()
    };
    let name_at = element.children.iter().position(|child| child.name == "name");
    for (at, child) in element.children.iter().enumerate() {
        match child.name.as_str() {
            "name" => {
                names.options = attributes::names(child);
                names.name = attributes::formatting(child);
                for part in child.all("name-part") {
                    let formatting = Some(attributes::formatting(part));
                    match part.get("name") {
                        Some("family") => names.family = formatting,
                        Some("given") => names.given = formatting,
                        _ => {}
                    }
                }
            }
            "et-al" => {
                let term = child.get("term").unwrap_or("et-al").to_owned();
                names.et_al = Some((term, attributes::formatting(child)));
            }
            "label" => {
                let before = match name_at {
                    Some(name_at) => at < name_at,
                    None => in_substitute,
                };
                names.label = Some((label(child), before));
            }
            "substitute" => {
                names.substitute = child
                    .children
                    .iter()
                    .map(|child| super::elements::read(child, context, true))
                    .collect::<Result<_, _>>()?;
            }
            "institution" => {}
            other => return Err(super::elements::misplaced(child, other, "names")),
        }
    }
    Ok(names)
}

/// Reads `cs:label`, within names or on its own.
pub(super) fn label(element: &Element) -> Label {
    Label {
        variable: element.get("variable").and_then(Variable::named),
        form: attributes::form(element),
        has_form: element.get("form").is_some(),
        plural: match element.get("plural") {
            Some("always" | "true") => Plural::Always,
            Some("never" | "false") => Plural::Never,
            _ => Plural::Contextual,
        },
        formatting: attributes::formatting(element),
    }
}
