//! What a question for a text knows.

use crate::text::said::Said;
use crate::tui::effect::Format;
use crate::tui::input::Input;

/// What the text is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// The file to export to.
    ExportTo(Format),
    /// A field and its value, for every entry that is meant.
    SetField,
    /// Tags that are put in or taken out.
    Tag,
    /// The new citation key.
    Rename,
    /// The name of a field to add.
    AddField,
    /// Why an entry has this screening status.
    Reason(&'static str),
    /// What comes in.
    BringIn,
    /// The name of a search to be saved.
    SaveSearch,
    /// The citation key of a new entry of this type.
    NewEntry(String),
    /// From which certainty on things are one, of a hundred.
    Threshold,
}

/// What a question for a text knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// What is asked.
    pub question: Said,
    /// The answer so far.
    pub input: Input,
    /// What it is for.
    pub purpose: Purpose,
}
