//! What the parser did not understand.

use super::Span;

/// Something in the file that could not be read as it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub what: What,
}

/// The kinds of problems; [`What::id`] names their words in the catalogues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// An entry whose closing brace is missing.
    UnclosedEntry,
    /// A value whose brace or quote is never closed.
    UnclosedValue,
    /// Two fields without a comma between them.
    MissingComma,
    /// An entry without a citation key.
    MissingKey,
    /// A field name without `=` or without a value.
    MissingValue,
    /// Something inside an entry that is no field.
    Junk,
}

impl What {
    /// The message id.
    pub fn id(self) -> &'static str {
        match self {
            Self::UnclosedEntry => "bib-unclosed-entry",
            Self::UnclosedValue => "bib-unclosed-value",
            Self::MissingComma => "bib-missing-comma",
            Self::MissingKey => "bib-missing-key",
            Self::MissingValue => "bib-missing-value",
            Self::Junk => "bib-junk",
        }
    }

    /// The id of the line that says what to do.
    pub fn help_id(self) -> &'static str {
        match self {
            Self::UnclosedEntry => "bib-unclosed-entry.help",
            Self::UnclosedValue => "bib-unclosed-value.help",
            Self::MissingComma => "bib-missing-comma.help",
            Self::MissingKey => "bib-missing-key.help",
            Self::MissingValue => "bib-missing-value.help",
            Self::Junk => "bib-junk.help",
        }
    }

    /// Whether the entry it stands in is broken, rather than only odd.
    pub fn breaks(self) -> bool {
        matches!(self, Self::UnclosedEntry | Self::UnclosedValue)
    }
}
