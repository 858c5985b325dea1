//! What a reference lacks for a style. Which variables a type of work is expected to have stands in
//! `data/builtin/csl/expected.toml`; whether the style would show one is found by trying it.

use super::item::Date;
use super::item::Item;
use super::item::Name;
use super::item::Variable;
use super::item::VariableKind;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Table {
    types: HashMap<String, Vec<String>>,
}

static EXPECTED: LazyLock<HashMap<String, Vec<Vec<Variable>>>> = LazyLock::new(|| {
    let text = include_str!("../../data/builtin/csl/expected.toml");
    let table: Table = toml::from_str(text).expect("a test reads the table that is compiled in");
    let read = |list: Vec<String>| {
        list.iter().map(|names| names.split('|').filter_map(Variable::named).collect()).collect()
    };
    table.types.into_iter().map(|(kind, list)| (kind, read(list))).collect()
});

/// Variables of which one would be enough; the style shows every one of them.
pub type Missing = Vec<Variable>;

/// What `item` lacks and the style asks for: `render` gives the reference to an item in that style
/// as plain text. Nothing for a type of which nothing is expected.
pub fn missing(item: &Item, render: &dyn Fn(&Item) -> String) -> Vec<Missing> {
    let Some(expected) = EXPECTED.get(&item.kind) else { return Vec::new() };
    expected
        .iter()
        .filter(|variables| !variables.iter().any(|variable| item.has(*variable)))
        .map(|variables| {
            let shown = |variable: &&Variable| is_shown(item, **variable, render);
            variables.iter().filter(shown).copied().collect::<Missing>()
        })
        .filter(|variables| !variables.is_empty())
        .collect()
}

/// Whether the reference would show the variable if the item had it.
fn is_shown(item: &Item, variable: Variable, render: &dyn Fn(&Item) -> String) -> bool {
    let mut tried = item.clone();
    let name = variable.name();
    let sign = match (variable.kind(), name) {
        (VariableKind::Names, _) => {
            tried.set_names(name, vec![Name::literal("Qzvx")]);
            "qzvx"
        }
        (VariableKind::Date, _) => {
            tried.set_date(name, Date::day(7919, 5, 17));
            "7919"
        }
        (VariableKind::Number, _) => {
            tried.set_text(name, "7919");
            "7919"
        }
        (VariableKind::Text, "DOI") => {
            tried.set_text(name, "10.7919/qzvx");
            "qzvx"
        }
        (VariableKind::Text, "URL") => {
            tried.set_text(name, "https://qzvx.example");
            "qzvx"
        }
        (VariableKind::Text, _) => {
            tried.set_text(name, "Qzvx");
            "qzvx"
        }
    };
    render(&tried).to_lowercase().contains(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_types_and_variables_that_there_are() {
        let text = include_str!("../../data/builtin/csl/expected.toml");
        let table: Table = toml::from_str(text).expect("readable");
        for name in table.types.values().flatten().flat_map(|names| names.split('|')) {
            assert!(Variable::named(name).is_some(), "{name}");
        }
        for own in crate::model::csl::table().types.values() {
            assert!(table.types.contains_key(own), "{own}");
        }
    }

    #[test]
    fn only_what_the_style_would_show_is_missing() {
        let mut item = Item::new("a", "book");
        item.set_text("title", "Selvhjelp");
        let style = |item: &Item| {
            let text = |variable| item.text(variable).unwrap_or_default().to_owned();
            let author = item.names(Variable::AUTHOR).first().map(|it| it.literal.clone());
            format!(
                "{}{}{}",
                author.unwrap_or_default(),
                text(Variable::TITLE),
                text(Variable::PUBLISHER)
            )
        };
        let found = missing(&item, &style);
        assert_eq!(found, [vec![Variable::AUTHOR], vec![Variable::PUBLISHER]]);
    }
}
