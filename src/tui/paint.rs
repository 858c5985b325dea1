//! How a role looks and what an id says: views name only these.
//!
//! Looks are data: `data/builtin/theme/*.toml`, with the user's `theme.toml` laid on top.

use super::depth::Depth;
use crate::text::said::{Language, Said, plain, words};
use ratatui::style::{Color, Modifier, Style};
use std::collections::HashMap;
use std::str::FromStr as _;

/// What a piece of the screen is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are what a theme file writes; docs/themes.md has them")]
pub enum Role {
    Text,
    Faint,
    Title,
    Creator,
    Year,
    Kind,
    Badge,
    Mark,
    Selected,
    Unfocused,
    Hit,
    Border,
    Focus,
    Bar,
    Key,
    Notice,
    Warning,
    Error,
    Input,
    Caret,
    Chosen,
    Count,
    Field,
    Link,
    Heading,
    Popup,
    Added,
    Removed,
    Emphasis,
    Strong,
    Disabled,
}

impl Role {
    /// All of them, with the name a theme file uses and a letter for pictures of roles in tests.
    pub const ALL: &[(Self, &'static str, char)] = &[
        (Self::Text, "text", '.'),
        (Self::Faint, "faint", 'f'),
        (Self::Title, "title", 't'),
        (Self::Creator, "creator", 'c'),
        (Self::Year, "year", 'y'),
        (Self::Kind, "kind", 'k'),
        (Self::Badge, "badge", 'b'),
        (Self::Mark, "mark", 'm'),
        (Self::Selected, "selected", 's'),
        (Self::Unfocused, "unfocused", 'u'),
        (Self::Hit, "hit", 'h'),
        (Self::Border, "border", '-'),
        (Self::Focus, "focus", '='),
        (Self::Bar, "bar", 'B'),
        (Self::Key, "key", 'K'),
        (Self::Notice, "notice", 'n'),
        (Self::Warning, "warning", 'w'),
        (Self::Error, "error", 'e'),
        (Self::Input, "input", 'i'),
        (Self::Caret, "caret", '_'),
        (Self::Chosen, "chosen", 'x'),
        (Self::Count, "count", '#'),
        (Self::Field, "field", 'F'),
        (Self::Link, "link", 'l'),
        (Self::Heading, "heading", 'H'),
        (Self::Popup, "popup", 'p'),
        (Self::Added, "added", '+'),
        (Self::Removed, "removed", '~'),
        (Self::Emphasis, "emphasis", 'I'),
        (Self::Strong, "strong", 'S'),
        (Self::Disabled, "disabled", 'd'),
    ];
}

/// The themes that are compiled in, in the order in which the interface switches between them.
pub const THEMES: &[(&str, &str)] = &[
    ("dark", include_str!("../../data/builtin/theme/dark.toml")),
    ("light", include_str!("../../data/builtin/theme/light.toml")),
    ("high-contrast", include_str!("../../data/builtin/theme/high-contrast.toml")),
    ("colour-blind", include_str!("../../data/builtin/theme/colour-blind.toml")),
    ("plain", include_str!("../../data/builtin/theme/plain.toml")),
];

/// One look, as a theme file writes it.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Look {
    fg: Option<String>,
    bg: Option<String>,
    bold: bool,
    dim: bool,
    italic: bool,
    underlined: bool,
    reversed: bool,
}

impl Look {
    fn style(&self) -> Style {
        let colour =
            |name: &Option<String>| name.as_deref().and_then(|it| Color::from_str(it).ok());
        let mut style = Style { fg: colour(&self.fg), bg: colour(&self.bg), ..Style::default() };
        for (on, modifier) in [
            (self.bold, Modifier::BOLD),
            (self.dim, Modifier::DIM),
            (self.italic, Modifier::ITALIC),
            (self.underlined, Modifier::UNDERLINED),
            (self.reversed, Modifier::REVERSED),
        ] {
            if on {
                style = style.add_modifier(modifier);
            }
        }
        style
    }
}

/// What every view is handed: looks, words, and the keymap for hints.
#[derive(Debug, Clone)]
pub struct Paint {
    looks: HashMap<Role, Style>,
    /// The name of the theme.
    pub name: String,
    /// The language of the interface.
    pub language: Language,
}

impl Paint {
    /// The looks of the built-in theme `name` (the first where there is none of that name).
    pub fn new(name: &str, language: Language) -> Self {
        let text = THEMES.iter().find(|(known, _)| *known == name).unwrap_or(&THEMES[0]).1;
        let mut paint = Self { looks: HashMap::new(), name: name.to_owned(), language };
        let wrong = paint.lay(text);
        debug_assert_eq!(wrong, [], "the built-in themes are tested");
        paint
    }

    /// Lays the looks written in `text` on top. Gives what could not be understood.
    pub fn lay(&mut self, text: &str) -> Vec<Said> {
        let looks: HashMap<String, Look> = match toml::from_str(text) {
            Ok(looks) => looks,
            Err(error) => {
                let why = error.message().to_owned();
                return vec![Said::new("tui.theme-unreadable").with("why", why)];
            }
        };
        let mut wrong = Vec::new();
        for (name, look) in looks {
            match Role::ALL.iter().find(|(_, known, _)| *known == name) {
                Some((role, ..)) => drop(self.looks.insert(*role, look.style())),
                None => wrong.push(Said::new("tui.no-such-role").with("name", name)),
            }
        }
        wrong
    }

    /// The same looks in the colours that the terminal shows.
    pub fn with_depth(mut self, depth: Depth) -> Self {
        for style in self.looks.values_mut() {
            style.fg = style.fg.map(|colour| depth.nearest(colour));
            style.bg = style.bg.map(|colour| depth.nearest(colour));
        }
        self
    }

    /// The look of `role`.
    pub fn style(&self, role: Role) -> Style {
        self.looks.get(&role).copied().unwrap_or_default()
    }

    /// Gives `role` a look of its own; for pictures of roles in tests.
    pub fn set(&mut self, role: Role, style: Style) {
        self.looks.insert(role, style);
    }

    /// The words of `said`.
    pub fn words(&self, said: &Said) -> String {
        words(said, self.language)
    }

    /// The words with this id and no places; the id itself where there are none.
    pub fn plain<'a>(&self, id: &'a str) -> &'a str {
        plain(id, self.language).unwrap_or(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_can_be_read_and_says_how_every_role_looks() {
        for (name, text) in THEMES {
            let mut paint = Paint::new("none", Language::En);
            paint.looks.clear();
            assert_eq!(paint.lay(text), [], "{name}");
            for (role, ..) in Role::ALL {
                assert!(paint.looks.contains_key(role), "{name}: {role:?}");
            }
        }
    }

    #[test]
    fn the_plain_theme_has_no_colour() {
        let paint = Paint::new("plain", Language::En);
        assert!(paint.looks.values().all(|style| style.fg.is_none() && style.bg.is_none()));
    }
}
