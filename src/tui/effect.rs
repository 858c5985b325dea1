//! What should happen outside the state, as data. What comes back: [`super::reply`].

use super::change::{Edit, Way};
use super::find::Question;
use super::review::{Chosen, Decision};
use crate::cite;
use crate::exchange;
use crate::text::said::Language;
use std::path::PathBuf;

/// What of an entry goes to the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Yank {
    /// The formatted reference.
    Reference,
    /// The formatted reference as HTML, for word processors.
    Html,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A reference list in the chosen style.
    List(cite::format::Format),
    /// Another program's format.
    Data(exchange::Format),
}

/// How references look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// The name of the style.
    pub style: String,
    /// The language of the words in it.
    pub language: Language,
}

/// What is opened outside the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// The full text, else the file beside the library, else the address.
    FullText,
    /// The DOI at doi.org.
    Doi,
    /// The address.
    Url,
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
    /// Says what a query can go on with; only the newest counts.
    Complete {
        /// The query.
        query: String,
        /// Where the caret stands, in bytes.
        caret: usize,
    },
    /// Reads the saved searches.
    Searches,
    /// Saves what is asked, with its narrowings.
    SaveSearch {
        /// Its name.
        name: String,
        /// What is asked.
        question: Question,
    },
    /// Takes a saved search away.
    ForgetSearch {
        /// Its name.
        name: String,
    },
    /// Shows an entry; only the newest counts.
    Preview {
        /// Whose answer it is.
        ticket: u64,
        /// Which entry.
        id: String,
        /// How its reference looks.
        look: Look,
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
        /// How references look.
        look: Look,
    },
    /// Puts a text on the clipboard.
    Copy(Copied),
    /// Writes entries to a file.
    Export {
        /// How.
        format: Format,
        /// Which entries.
        ids: Vec<String>,
        /// How references look.
        look: Look,
        /// Where to.
        path: PathBuf,
        /// Whether a file that is there may be replaced.
        replace: bool,
    },
    /// Changes entries. Where more than one is changed and it is not `sure`, what would change is
    /// shown first.
    Change {
        /// What to change.
        edits: Vec<Edit>,
        /// Whether the user has seen what will change.
        sure: bool,
    },
    /// Makes the fixes that keep the meaning.
    Fix {
        /// Of which entries; all where there are none.
        ids: Vec<String>,
        /// Whether the user has seen what will change.
        sure: bool,
    },
    /// Makes the fixes of these findings of the last [`Effect::Check`].
    FixFound {
        /// Which of them.
        found: Vec<usize>,
        /// Whether the user has seen what will change.
        sure: bool,
    },
    /// The lines of the file around a finding of the last [`Effect::Check`].
    Excerpt {
        /// Which of them.
        found: usize,
    },
    /// Goes back or forward in the history.
    Step(Way),
    /// Shows an entry as a form.
    Form {
        /// Which entry.
        id: String,
    },
    /// Says how an entry would look and what the rules would find in it; only the newest counts.
    Draft {
        /// Whose answer it is.
        ticket: u64,
        /// Which entry.
        id: String,
        /// A field that is being edited, and its value so far.
        edit: Option<(String, String)>,
        /// How its reference looks.
        look: Look,
    },
    /// Looks up the values that the library has in a field.
    Values {
        /// Which field.
        field: String,
    },
    /// The text of an entry, to be edited outside.
    Source {
        /// Which entry.
        id: String,
    },
    /// Lends the terminal to the user's editor.
    Lend {
        /// Which entry.
        id: String,
        /// Its text.
        text: String,
    },
    /// Holds the library against the rules.
    Check,
    /// Opens something outside.
    Open {
        /// What.
        link: Link,
        /// Of which entry.
        id: String,
    },
    /// Holds what was pasted against the library: a text in any format, or the name of a file.
    BringIn {
        /// The text.
        text: String,
    },
    /// Does what was decided on each record of the last [`Effect::BringIn`].
    TakeIn {
        /// The decisions, in the order of the records.
        decided: Vec<(Decision, Chosen)>,
        /// Whether the user has seen what will change.
        sure: bool,
    },
    /// Holds an item of a review side by side with what it is like.
    Compare {
        /// Which item.
        item: usize,
        /// The entries it is about; none for a record that comes in.
        ids: Vec<String>,
        /// What was chosen so far.
        chosen: Chosen,
    },
    /// Counts what of the files cannot be read.
    CountUnreadable,
    /// Reads the files again where they hold something else than before.
    Reread,
    /// Looks for entries that are one work.
    Duplicates,
    /// Makes one entry of several.
    Merge {
        /// Which.
        ids: Vec<String>,
        /// What was chosen field by field.
        chosen: Chosen,
        /// Whether the user has seen what will change.
        sure: bool,
    },
    /// Merges everything that is at least so certainly one work.
    MergeAll {
        /// How certain, of a hundred.
        threshold: u8,
        /// Whether the user has seen what will change.
        sure: bool,
    },
    /// Remembers that entries are different works.
    Apart {
        /// Which.
        ids: Vec<String>,
    },
    /// Stops what is going on.
    Cancel,
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
