//! The rendering elements (CSL 1.0.2, "Rendering Elements").

use super::StyleError;
use super::attributes;
use super::names;
use super::tree::Branch;
use super::tree::DateElement;
use super::tree::DatePart;
use super::tree::Element;
use super::tree::Match;
use super::tree::NumberForm;
use super::tree::Part;
use super::tree::Position;
use super::tree::Test;
use super::xml;
use crate::cite::item::Variable;
use std::collections::HashMap;

/// What elements need to know of the style around them.
pub(super) struct Context {
    /// The places of the macros by name.
    pub(super) macros: HashMap<String, usize>,
}

pub(super) fn misplaced(element: &xml::Element, name: &str, parent: &str) -> StyleError {
    let what = format!("`<{name}>` has no place in `<{parent}>`");
    StyleError::Invalid { line: element.line, what }
}

/// Reads the children of an element.
pub(super) fn children(
    element: &xml::Element,
    context: &Context,
    in_substitute: bool,
) -> Result<Vec<Element>, StyleError> {
    element.children.iter().map(|child| read(child, context, in_substitute)).collect()
}

/// Reads one rendering element.
pub(super) fn read(
    element: &xml::Element,
    context: &Context,
    in_substitute: bool,
) -> Result<Element, StyleError> {
    let formatting = attributes::formatting(element);
    Ok(match element.name.as_str() {
        "text" => text(element, context)?,
        "number" => match variable(element) {
            Some(variable) => Element::Number(variable, number_form(element), formatting),
            None => nothing(),
        },
        "label" => match variable(element) {
            Some(_) => Element::Label(names::label(element)),
            None => nothing(),
        },
        "date" => match variable(element) {
            Some(variable) => Element::Date(DateElement {
                variable,
                form: element.get("form").map(str::to_owned),
                parts: element.get("date-parts").map(str::to_owned),
                given: element.all("date-part").filter_map(date_part).collect(),
                formatting,
            }),
            None => nothing(),
        },
        "names" => Element::Names(Box::new(names::read(element, context, in_substitute)?)),
        "group" => Element::Group(children(element, context, in_substitute)?, formatting),
        "choose" => Element::Choose(
            element
                .children
                .iter()
                .map(|child| branch(child, context, in_substitute))
                .collect::<Result<_, _>>()?,
        ),
        other => return Err(misplaced(element, other, "layout")),
    })
}

/// What an element with an unknown variable renders.
fn nothing() -> Element {
    Element::Choose(Vec::new())
}

fn variable(element: &xml::Element) -> Option<Variable> {
    element
        .get("variable")
        .and_then(|name| name.split_whitespace().next())
        .and_then(Variable::named)
}

fn text(element: &xml::Element, context: &Context) -> Result<Element, StyleError> {
    let formatting = attributes::formatting(element);
    let form = attributes::form(element);
    if let Some(name) = element.get("macro") {
        let Some(at) = context.macros.get(name) else {
            let what = format!("macro `{name}` is called but not there");
            return Err(StyleError::Invalid { line: element.line, what });
        };
        return Ok(Element::Macro(*at, formatting));
    }
    if element.get("variable").is_some() {
        return Ok(match variable(element) {
            Some(variable) => Element::Variable(variable, form, formatting),
            None => nothing(),
        });
    }
    if let Some(term) = element.get("term") {
        let plural = matches!(element.get("plural"), Some("true" | "always"));
        return Ok(Element::Term(term_name(term), form, plural, formatting));
    }
    Ok(match element.get("value") {
        Some(value) => Element::Value(value.to_owned(), formatting),
        None => nothing(),
    })
}

/// Terms have hyphens in their names, but one had a space once.
pub(in crate::cite) fn term_name(name: &str) -> String {
    if name == "sub verbo" { "sub-verbo".into() } else { name.to_owned() }
}

fn number_form(element: &xml::Element) -> NumberForm {
    match element.get("form") {
        Some("ordinal") => NumberForm::Ordinal,
        Some("long-ordinal") => NumberForm::LongOrdinal,
        Some("roman") => NumberForm::Roman,
        _ => NumberForm::Numeric,
    }
}

/// Reads `cs:date-part`; `None` for a part that CSL does not know.
pub(in crate::cite) fn date_part(element: &xml::Element) -> Option<DatePart> {
    let part = match element.get("name") {
        Some("year") => Part::Year,
        Some("month") => Part::Month,
        Some("day") => Part::Day,
        _ => return None,
    };
    const LAID_OVER: [&str; 6] =
        ["form", "prefix", "suffix", "range-delimiter", "text-case", "strip-periods"];
    Some(DatePart {
        part,
        form: element.get("form").map(str::to_owned),
        range_delimiter: element.get("range-delimiter").map(str::to_owned),
        formatting: attributes::formatting(element),
        given: LAID_OVER.into_iter().filter(|name| element.get(name).is_some()).collect(),
    })
}

fn branch(
    element: &xml::Element,
    context: &Context,
    in_substitute: bool,
) -> Result<Branch, StyleError> {
    let mut tests = Vec::new();
    let matching = match element.get("match") {
        Some("any") => Match::Any,
        Some("none") => Match::None,
        Some("nand") => Match::Nand,
        _ => Match::All,
    };
    match element.name.as_str() {
        "if" | "else-if" => {
            for (name, value) in &element.attributes {
                conditions(name, value, &mut tests);
            }
        }
        "else" => {}
        other => return Err(misplaced(element, other, "choose")),
    }
    if element.name != "else" && tests.is_empty() {
        // A condition with no tests is never met.
        tests.push(Test::Never);
    }
    Ok(Branch { tests, matching, children: children(element, context, in_substitute)? })
}

fn conditions(name: &str, value: &str, tests: &mut Vec<Test>) {
    let words = value.split_whitespace();
    let variables = |test: fn(Variable) -> Test| {
        value.split_whitespace().map(move |name| Variable::named(name).map_or(Test::Never, test))
    };
    match name {
        "disambiguate" => tests.push(Test::Disambiguate),
        "is-numeric" => tests.extend(variables(Test::IsNumeric)),
        "is-uncertain-date" => tests.extend(variables(Test::IsUncertainDate)),
        "variable" => tests.extend(variables(Test::Variable)),
        "locator" => {
            let value = value.replace("sub verbo", "sub-verbo");
            tests.extend(value.split_whitespace().map(|label| Test::Locator(label.to_owned())));
        }
        "position" => tests.extend(words.map(|word| match word {
            "first" => Test::Position(Position::First),
            "subsequent" => Test::Position(Position::Subsequent),
            "ibid" => Test::Position(Position::Ibid),
            "ibid-with-locator" => Test::Position(Position::IbidWithLocator),
            "near-note" => Test::Position(Position::NearNote),
            "far-note" => Test::Position(Position::FarNote),
            _ => Test::Never,
        })),
        "type" => {
            tests.push(Test::Type(words.map(str::to_owned).collect()));
        }
        "context" => tests.push(Test::Context(value == "bibliography")),
        _ => {}
    }
}
