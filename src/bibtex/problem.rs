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

macro_rules! problems {
    ($($(#[$doc:meta])+ $name:ident = $id:literal),+ $(,)?) => {
        /// The kinds of problems; [`What::id`] names their words in the catalogues.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum What { $($(#[$doc])+ $name),+ }

        impl What {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The message id.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id),+ }
            }

            /// The id of the line that says what to do.
            pub fn help_id(self) -> &'static str {
                match self { $(Self::$name => concat!($id, ".help")),+ }
            }
        }
    };
}

problems! {
    /// An entry whose closing brace is missing.
    UnclosedEntry = "bib-unclosed-entry",
    /// A value whose brace or quote is never closed.
    UnclosedValue = "bib-unclosed-value",
    /// A `@string` or `@preamble` that does not close.
    UnclosedBlock = "bib-unclosed-block",
    /// Two fields without a comma between them.
    MissingComma = "bib-missing-comma",
    /// Two commas with nothing between them.
    DoubledComma = "bib-doubled-comma",
    /// An entry without a citation key.
    MissingKey = "bib-missing-key",
    /// A citation key with blanks in it.
    SpacedKey = "bib-spaced-key",
    /// A field name without `=` or without a value.
    MissingValue = "bib-missing-value",
    /// A value without braces or quotes that is no number and no macro.
    BareValue = "bib-bare-value",
    /// A value that only closes if `\{` and `\}` are read as letters.
    EscapedBrace = "bib-escaped-brace",
    /// A value in quotes that only closes if `\"` is read as a letter.
    EscapedQuote = "bib-escaped-quote",
    /// An entry that begins in a line that `%` makes look like a comment.
    AfterPercent = "bib-after-percent",
    /// Something inside an entry that is no field.
    Junk = "bib-junk",
    /// What reads like a field and stands outside every entry.
    FieldOutside = "bib-field-outside",
}

impl What {
    /// Whether the entry it stands in is broken, rather than only odd.
    pub fn breaks(self) -> bool {
        matches!(self, Self::UnclosedEntry | Self::UnclosedValue | Self::UnclosedBlock)
    }
}
