//! What the interface changes: plain data between the screen and the worker that saves.

use crate::text::said::Said;

/// One thing to change; entries are named as marks name them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Sets a field to TeX without delimiters; nothing takes it away.
    Set {
        /// The entry.
        id: String,
        /// The field.
        field: String,
        /// The value.
        value: String,
    },
    /// Puts a value into a list of values, or takes it out.
    Tag {
        /// The entry.
        id: String,
        /// The field that holds the list, parted by commas.
        field: &'static str,
        /// The value.
        value: String,
        /// Whether it is put in.
        on: bool,
    },
    /// Gives the entry another type.
    Type {
        /// The entry.
        id: String,
        /// The type.
        to: String,
    },
    /// Gives the entry another citation key, and whatever points to it.
    Rename {
        /// The entry.
        id: String,
        /// The new key.
        to: String,
    },
    /// Makes a new entry that has only its citation key so far.
    New {
        /// Its type.
        kind: String,
        /// Its citation key.
        key: String,
    },
    /// Takes the entry out of the library; undoing brings it back.
    Remove {
        /// The entry.
        id: String,
    },
    /// Puts another text in the entry's place.
    Rewrite {
        /// The entry.
        id: String,
        /// The text.
        text: String,
    },
}

impl Edit {
    /// The entry it is about.
    pub fn id(&self) -> &str {
        match self {
            Self::Set { id, .. }
            | Self::Tag { id, .. }
            | Self::Type { id, .. }
            | Self::Rename { id, .. }
            | Self::Remove { id }
            | Self::Rewrite { id, .. } => id,
            Self::New { key, .. } => key,
        }
    }
}

/// Which way through the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Back.
    Undo,
    /// Forward again.
    Redo,
}

/// How much an entry's type needs a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// It must be there.
    Required,
    /// It should be there.
    Recommended,
    /// It may be there.
    Other,
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField {
    /// BibLaTeX's name.
    pub name: String,
    /// The value as TeX; empty where there is none.
    pub value: String,
    /// How much the type needs it.
    pub need: Need,
    /// The entry it is inherited from.
    pub from: Option<String>,
}

/// An entry as a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    /// Which entry.
    pub id: String,
    /// Its type.
    pub kind: String,
    /// Required fields first, then recommended ones, then all that it has beside these.
    pub fields: Vec<FormField>,
}

/// Something that the rules found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The entry; empty outside entries.
    pub id: String,
    /// The rule.
    pub rule: &'static str,
    /// A sign of how grave it is: `!`, `?` or `·`.
    pub sign: char,
    /// What is so.
    pub said: Said,
    /// What to do.
    pub help: Said,
    /// Where: file and line.
    pub place: String,
    /// Whether there is a fix, and if so whether it keeps the meaning.
    pub fix: Option<bool>,
}
