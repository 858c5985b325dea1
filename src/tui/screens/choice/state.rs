//! What a choice knows.

use crate::text::fold;
use crate::text::said::{Language, plain};
use crate::tui::command::Command;
use crate::tui::effect::Format;
use crate::tui::input::Input;

/// Words that are looked up when they are shown, or text as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label {
    /// The id of words without places.
    Id(&'static str),
    /// Text as it is.
    Text(String),
}

impl Label {
    /// The words in `language`.
    pub fn words(&self, language: Language) -> &str {
        match self {
            Self::Id(id) => plain(id, language).unwrap_or(id),
            Self::Text(text) => text,
        }
    }
}

/// What follows when a line is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// A command is run.
    Command(Command),
    /// Entries are exported in this form.
    Format(Format),
    /// References are shown in the style with this number.
    Style(usize),
    /// The entries get this screening status.
    Status(&'static str),
    /// The entry gets this type.
    Type(String),
    /// The list goes to this entry.
    Go(String),
    /// This search is made; the name says which saved one it is.
    Search {
        /// The query.
        query: String,
        /// The name of the saved search; none for an earlier one.
        saved: Option<String>,
    },
    /// A new entry of this type is made.
    NewEntry(String),
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is called.
    pub name: Label,
    /// How it is reached without this list.
    pub keys: String,
    /// What it does.
    pub about: Label,
    /// Why it cannot be chosen now.
    pub why_not: Option<&'static str>,
    /// What follows.
    pub pick: Pick,
}

/// What a choice knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The id of its title.
    pub title: &'static str,
    /// Everything that can be chosen.
    pub items: Vec<Item>,
    /// What was typed.
    pub input: Input,
    /// Which of those that fit the cursor is on.
    pub row: usize,
    /// The first that is shown.
    pub top: usize,
}

impl State {
    /// A choice among `items`.
    pub fn new(title: &'static str, items: Vec<Item>) -> Self {
        Self { title, items, input: Input::default(), row: 0, top: 0 }
    }

    /// The items that hold every word typed, those whose name begins with it first.
    pub fn fitting(&self, language: Language) -> Vec<&Item> {
        let typed = fold::base(&self.input.text);
        let words: Vec<&str> = typed.split_whitespace().collect();
        let mut fitting: Vec<(bool, &Item)> = self
            .items
            .iter()
            .filter_map(|item| {
                let name = fold::base(item.name.words(language));
                let about = fold::base(item.about.words(language));
                let fits = words
                    .iter()
                    .all(|word| name.contains(word) || about.contains(word) || item.keys == *word);
                fits.then_some((!name.starts_with(typed.trim()), item))
            })
            .collect();
        fitting.sort_by_key(|(later, _)| *later);
        fitting.into_iter().map(|(_, item)| item).collect()
    }
}
