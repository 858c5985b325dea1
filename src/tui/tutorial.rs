//! A page that teaches the program in three minutes. Its words stand in the catalogues.

use super::paint::Role;
use super::screens::page;
use crate::text::said::{Language, plain};

/// The steps, in order; each has a heading and a text.
const STEPS: &[(&str, &str)] = &[
    ("tui.tutorial.find", "tui.tutorial.find.text"),
    ("tui.tutorial.narrow", "tui.tutorial.narrow.text"),
    ("tui.tutorial.take", "tui.tutorial.take.text"),
    ("tui.tutorial.change", "tui.tutorial.change.text"),
    ("tui.tutorial.bring", "tui.tutorial.bring.text"),
    ("tui.tutorial.help", "tui.tutorial.help.text"),
];

/// The page in `language`.
pub fn page(language: Language) -> page::State {
    let mut lines = Vec::new();
    for (heading, text) in STEPS {
        lines.push((Role::Heading, plain(heading, language).unwrap_or_default().to_owned()));
        lines.push((Role::Text, plain(text, language).unwrap_or_default().to_owned()));
        lines.push((Role::Text, String::new()));
    }
    page::State { title: "tui.tutorial", lines, top: 0, accept: None }
}
