//! Layer 4: what a user and a library may set, from TOML text; no disk.
//!
//! Built-in values, then the user's own `kilde.toml`, then the library's `data/kilde.toml`, each laid
//! over the one before. A library's file is written by others and so may set nothing that concerns
//! the user's machine: no programs, no paths, no language or looks of the interface.

use crate::text::position::Lines;
use crate::text::said::{Language, Said};
use toml::de::{DeTable, DeValue};

/// What can be set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The language of the interface (`language`).
    pub language: Option<Language>,
    /// The theme of the interface (`theme`).
    pub theme: Option<String>,
    /// The style of reference lists, by id or path (`style`).
    pub style: Option<String>,
    /// The locale of reference lists (`locale`).
    pub locale: Option<String>,
}

/// Whose file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The user's own.
    User,
    /// The library's, written by others.
    Library,
}

/// Something in a settings file that was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// The line, from 1.
    pub line: usize,
    /// What is so.
    pub said: Said,
}

/// Tables that other parts of the program read for themselves.
const TABLES: &[&str] = &["check", "format", "keys", "overview", "search", "tui", "dedupe"];

impl Settings {
    /// Lays the settings of `text` over these; gives what was passed over, with its line.
    pub fn lay(&mut self, text: &str, whose: Whose) -> Vec<Passed> {
        let lines = Lines::new(text.as_bytes());
        let line = |at: usize| lines.position(text.as_bytes(), at).line;
        let table = match DeTable::parse(text) {
            Ok(table) => table,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let said = Said::new("app.settings-not-toml").with("cause", error.message());
                return vec![Passed { line: line(at), said }];
            }
        };
        let mut passed = Vec::new();
        for (key, value) in table.get_ref() {
            let name: &str = key.get_ref();
            let mut pass = |said: Said| passed.push(Passed { line: line(key.span().start), said });
            let own = matches!(name, "language" | "theme");
            if own && whose == Whose::Library {
                pass(Said::new("app.settings-not-here").with("name", name));
                continue;
            }
            match (name, value.get_ref()) {
                ("language", DeValue::String(tag)) => match Language::from_tag(tag) {
                    Some(language) => self.language = Some(language),
                    None => pass(Said::new("app.settings-no-language").with("value", tag)),
                },
                ("theme", DeValue::String(text)) => self.theme = Some(text.to_string()),
                ("style", DeValue::String(text)) if whose == Whose::User || !is_path(text) => {
                    self.style = Some(text.to_string());
                }
                ("locale", DeValue::String(text)) => self.locale = Some(text.to_string()),
                ("style", DeValue::String(_)) => {
                    pass(Said::new("app.settings-not-here").with("name", name));
                }
                (name, DeValue::Table(_)) if TABLES.contains(&name) => {}
                ("language" | "theme" | "style" | "locale", _) => {
                    pass(Said::new("app.settings-not-text").with("name", name));
                }
                _ => pass(Said::new("app.settings-unknown").with("name", name)),
            }
        }
        passed
    }
}

fn is_path(text: &str) -> bool {
    text.contains(['/', '\\'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_set_and_the_rest_is_told_with_its_line() {
        let mut it = Settings::default();
        let passed = it.lay("language = \"nn\"\nlocal = \"x\"\n[check]\na = 1\n", Whose::User);
        assert_eq!(it.language, Some(Language::Nn));
        assert_eq!(passed.len(), 1);
        assert_eq!((passed[0].line, passed[0].said.id), (2, "app.settings-unknown"));
    }

    #[test]
    fn a_library_cannot_set_what_is_the_users_own() {
        let mut it = Settings::default();
        let text = "language = \"en\"\nstyle = \"../../x.csl\"\nlocale = \"nb-NO\"\n";
        let passed = it.lay(text, Whose::Library);
        assert_eq!(passed.len(), 2);
        assert_eq!(it, Settings { locale: Some("nb-NO".into()), ..Settings::default() });
    }

    #[test]
    fn a_file_that_is_not_toml_sets_nothing() {
        let mut it = Settings::default();
        let passed = it.lay("style = \"apa\"\n= x", Whose::User);
        assert_eq!(passed[0].line, 2);
        assert_eq!(it, Settings::default());
    }
}
