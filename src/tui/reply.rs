//! What came back from outside the state, as data.

use super::change::{Form, Problem};
use super::effect::{Copied, Effect, Marking, Yank};
use super::find::{Completion, Found, Preview, Saved};
use super::paint::Role;
use super::review::{Comparison, Review};
use crate::text::rich_text::RichText;
use crate::text::said::Said;
use std::path::PathBuf;

/// What is going on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Working {
    /// The id of what is done.
    pub what: &'static str,
    /// How many are done.
    pub done: usize,
    /// Of how many, where that is known.
    pub all: Option<usize>,
    /// Whether it can be stopped.
    pub can_stop: bool,
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
    /// The answer to [`Effect::Complete`].
    Completed(Completion),
    /// The saved searches.
    Searches(Vec<Saved>),
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
    /// How far the making of the index has come; `None` when it is over.
    Indexing(Option<Said>),
    /// The answer to [`Effect::CountUnreadable`]: how many blocks.
    Unreadable(usize),
    /// Something happened to a file of the library.
    Touched,
    /// The library has changed: what is shown is asked for again.
    Changed,
    /// The answer to [`Effect::Form`].
    Form(Form),
    /// The answer to [`Effect::Draft`].
    Drafted {
        /// Whose answer it is.
        ticket: u64,
        /// The reference as it would be.
        reference: RichText,
        /// What the rules would find.
        problems: Vec<Said>,
    },
    /// The answer to [`Effect::Values`].
    Values(Vec<String>),
    /// The answer to [`Effect::Source`], or what came back from the editor.
    Source {
        /// Which entry.
        id: String,
        /// Its text.
        text: String,
    },
    /// What the editor left.
    Edited {
        /// Which entry.
        id: String,
        /// Its new text.
        text: String,
    },
    /// What would change; nothing has.
    Diff {
        /// The lines.
        lines: Vec<(Role, String)>,
        /// The effect that changes it.
        again: Box<Effect>,
    },
    /// Something was saved.
    Saved(Said),
    /// The answer to [`Effect::Check`].
    Problems(Vec<Problem>),
    /// The answer to [`Effect::Excerpt`].
    Excerpt(Vec<(Role, String)>),
    /// The answer to [`Effect::BringIn`] and [`Effect::Duplicates`].
    Review(Review),
    /// The answer to [`Effect::Compare`].
    Compared(Comparison),
    /// What was decided on is done: these entries became one, or the import came in.
    Done(Vec<String>),
    /// What goes on, while it does.
    Working(Option<Working>),
    /// Something was opened outside.
    Opened(String),
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
