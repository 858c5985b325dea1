//! What should happen outside the state, as data; and what comes back.

use super::find::{Found, Preview, Question};
use crate::text::said::Said;
use std::path::PathBuf;

/// What of an entry goes to the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Yank {
    /// The formatted reference.
    Reference,
    /// The citation in the text.
    Citation,
    /// The citation key.
    Key,
    /// The entry as written.
    Bib,
    /// The DOI.
    Doi,
    /// The address.
    Url,
}

/// A form in which entries leave the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    /// What `--format` calls it.
    pub name: &'static str,
    /// The end of the file's name.
    pub extension: &'static str,
    /// Whether it is a reference list in the chosen style.
    pub is_list: bool,
}

/// Whom an entry's ids are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marking {
    /// Mark them too.
    Add,
    /// Turn their marks round.
    Invert,
}

/// What should happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Ends the program.
    Quit,
    /// Gives the terminal to the shell until the program is continued.
    Suspend,
    /// Draws everything anew.
    Redraw,
    /// Answers a question; only the newest counts.
    Find {
        /// Whose answer it is.
        ticket: u64,
        /// What is asked.
        question: Question,
    },
    /// Shows an entry; only the newest counts.
    Preview {
        /// Whose answer it is.
        ticket: u64,
        /// Which entry.
        id: String,
        /// The style of the reference: a name of [`Reply::Styles`], or nothing for the first.
        style: String,
    },
    /// The ids of the rows that a question gives.
    Ids {
        /// What is asked; its `rows` say which.
        question: Question,
        /// What for.
        marking: Marking,
    },
    /// Makes the text that should be copied.
    Yank {
        /// What of them.
        what: Yank,
        /// Which entries.
        ids: Vec<String>,
        /// The style of references.
        style: String,
    },
    /// Puts a text on the clipboard.
    Copy(Copied),
    /// Writes entries to a file.
    Export {
        /// How.
        format: Format,
        /// Which entries.
        ids: Vec<String>,
        /// The style of references.
        style: String,
        /// Where to.
        path: PathBuf,
        /// Whether a file that is there may be replaced.
        replace: bool,
    },
    /// Keeps a setting for the next start.
    Remember {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: String,
    },
}

/// A text on its way to the clipboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// What it is of.
    pub what: Yank,
    /// How many entries it is made of.
    pub count: usize,
    /// For editors.
    pub plain: String,
    /// For word processors; italics survive.
    pub html: Option<String>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The answer to [`Effect::Find`].
    Found {
        /// Whose answer it is.
        ticket: u64,
        /// The answer.
        found: Found,
    },
    /// The answer to [`Effect::Preview`].
    Previewed {
        /// Whose answer it is.
        ticket: u64,
        /// The entry; `None` where it is no longer there.
        preview: Option<Preview>,
    },
    /// The styles that references can be had in: name and title.
    Styles(Vec<(String, String)>),
    /// The answer to [`Effect::Ids`].
    Ids {
        /// The entries.
        ids: Vec<String>,
        /// What for.
        marking: Marking,
    },
    /// The text that should be copied; `None` where the entries have nothing of that kind.
    Yanked(Option<Copied>),
    /// The text is on the clipboard.
    Copied {
        /// What was copied.
        what: Yank,
        /// Of how many entries.
        count: usize,
        /// By which way: the name of a program, or `OSC 52`.
        by: String,
    },
    /// A file was written.
    Exported {
        /// How many entries.
        count: usize,
        /// Where to.
        path: PathBuf,
    },
    /// There is a file already; nothing was written.
    Exists {
        /// The effect to repeat with leave to replace.
        again: Box<Effect>,
        /// Which file.
        path: PathBuf,
    },
    /// A file of the library was changed by somebody else.
    Changed,
    /// Something did not work; the rest goes on.
    Trouble(Trouble),
}

/// What did not work, as it can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What is so.
    pub said: Said,
    /// What to do.
    pub hints: Vec<Said>,
    /// The technical cause.
    pub cause: Option<String>,
}

impl From<crate::session::Error> for Trouble {
    fn from(error: crate::session::Error) -> Self {
        Self {
            said: error.said,
            hints: error.hints,
            cause: error.source.map(|source| source.to_string()),
        }
    }
}
