//! Attributes that many elements share: affixes, delimiter, formatting, text case, display, options
//! of names (CSL 1.0.2, "Formatting", "Affixes", "Name Options").

use super::tree::Form;
use super::tree::Formatting;
use super::tree::NameOptions;
use super::tree::TextCase;
use super::xml::Element;
use crate::cite::output::blob::Decoration;

/// The formatting of an element.
pub(in crate::cite) fn formatting(element: &Element) -> Formatting {
    let text = |name: &str| element.get(name).unwrap_or_default().into();
    let mut decorations = Vec::new();
    for (name, values) in DECORATIONS {
        let value = element.get(name).unwrap_or_default();
        decorations.extend(values.iter().find(|(known, _)| *known == value).map(|(_, it)| *it));
    }
    Formatting {
        prefix: text("prefix"),
        suffix: text("suffix"),
        delimiter: text("delimiter"),
        decorations,
        text_case: element.get("text-case").and_then(text_case),
        strip_periods: element.get("strip-periods") == Some("true"),
        display: element.get("display").and_then(display),
    }
}

type Values = &'static [(&'static str, Decoration)];

/// From the inside to the outside.
const DECORATIONS: [(&str, Values); 6] = [
    (
        "font-style",
        &[
            ("italic", Decoration::Italic),
            ("oblique", Decoration::Oblique),
            ("normal", Decoration::Upright),
        ],
    ),
    ("font-variant", &[("small-caps", Decoration::SmallCaps), ("normal", Decoration::NoSmallCaps)]),
    (
        "font-weight",
        &[
            ("bold", Decoration::Bold),
            ("light", Decoration::Light),
            ("normal", Decoration::NotBold),
        ],
    ),
    ("text-decoration", &[("underline", Decoration::Underline), ("none", Decoration::NoUnderline)]),
    (
        "vertical-align",
        &[("sup", Decoration::Sup), ("sub", Decoration::Sub), ("baseline", Decoration::Baseline)],
    ),
    ("quotes", &[("true", Decoration::Quotes), ("false", Decoration::NoQuotes)]),
];

fn text_case(value: &str) -> Option<TextCase> {
    Some(match value {
        "lowercase" => TextCase::Lowercase,
        "uppercase" => TextCase::Uppercase,
        "capitalize-first" => TextCase::CapitalizeFirst,
        "capitalize-all" => TextCase::CapitalizeAll,
        "sentence" => TextCase::Sentence,
        "title" => TextCase::Title,
        _ => return None,
    })
}

fn display(value: &str) -> Option<Decoration> {
    Some(match value {
        "block" => Decoration::Block,
        "left-margin" => Decoration::LeftMargin,
        "right-inline" => Decoration::RightInline,
        "indent" => Decoration::Indent,
        _ => return None,
    })
}

/// The form of a term or of names.
pub(super) fn form(element: &Element) -> Form {
    element.get("form").map_or(Form::Long, form_named)
}

pub(in crate::cite) fn form_named(value: &str) -> Form {
    match value {
        "short" => Form::Short,
        "verb" => Form::Verb,
        "verb-short" => Form::VerbShort,
        "symbol" => Form::Symbol,
        "count" => Form::Count,
        _ => Form::Long,
    }
}

fn number(element: &Element, name: &str) -> Option<usize> {
    element.get(name).and_then(|value| value.trim().parse().ok())
}

/// Options of names. `cs:name` calls some `form` and `delimiter` which the elements around it call
/// `name-form` and `name-delimiter`.
pub(super) fn names(element: &Element) -> NameOptions {
    let own = |name: &str| element.get(name).map(str::to_owned);
    let is_name = element.name == "name";
    NameOptions {
        and: own("and"),
        delimiter: own(if is_name { "delimiter" } else { "name-delimiter" }),
        names_delimiter: own("names-delimiter"),
        delimiter_precedes_et_al: own("delimiter-precedes-et-al"),
        delimiter_precedes_last: own("delimiter-precedes-last"),
        et_al_min: number(element, "et-al-min").or(number(element, "names-min")),
        et_al_use_first: number(element, "et-al-use-first").or(number(element, "names-use-first")),
        et_al_subsequent_min: number(element, "et-al-subsequent-min"),
        et_al_subsequent_use_first: number(element, "et-al-subsequent-use-first"),
        et_al_use_last: element
            .get("et-al-use-last")
            .or(element.get("names-use-last"))
            .map(|value| value == "true"),
        form: element.get(if is_name { "form" } else { "name-form" }).map(form_named),
        initialize: (element.get("initialize") == Some("false")).then_some(false),
        initialize_with: own("initialize-with"),
        name_as_sort_order: own("name-as-sort-order"),
        sort_separator: own("sort-separator"),
    }
}
