//! Layer 4: what a query says. Knows nothing of the index that answers it.
//!
//! Invariants: [`parse`] gives a query for any text whatever, in time linear in its length; what it
//! did not understand it tells as a [`Note`]. Nothing is nested deeper than [`MAX_DEPTH`].
//!
//! ```text
//! or    = and {("OR" | "ELLER" | "|") and}
//! and   = not {["AND" | "OG" | "&" | "adjN"] not}
//! not   = ["NOT" | "IKKE" | "-" | "!"] leaf
//! leaf  = "(" or ")" | field op value | phrase ["~" n] ["*"] | "/" regex "/" | word
//! op    = ":" | "=" | "==" | "=~" | "!=" | ">" | ">=" | "<" | "<="
//! word  = ["="] letters ["*" | "?" | "~" n] ["[" PubMed "]" | "." Ovid "."]
//! ```

pub mod compound;
pub mod field;
pub mod identifier;
pub mod kind;
mod leaf;
mod parse;
pub mod thesaurus;
mod value;

pub use field::{Field, FieldKind, alternatives as field_alternatives, distance};
pub use parse::parse;

use crate::text::said::Said;

/// Bytes of a query that are read; what follows is left out, and a note says so.
pub const MAX_BYTES: usize = 4096;
/// Words, phrases and clauses of a query that are read.
pub const MAX_CLAUSES: usize = 64;
/// How deep parentheses may be nested.
pub const MAX_DEPTH: usize = 32;

/// A query as understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// As typed.
    pub text: String,
    /// What it asks for.
    pub expr: Expr,
    /// What was not understood, was read in a way that may surprise, or is not finished.
    pub notes: Vec<Note>,
    /// Whether the text ends in the middle of a word, which may be the beginning of a longer one.
    pub unfinished: bool,
}

/// Something to tell the person about the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The message.
    pub said: Said,
    /// What it is about: bytes of the query.
    pub at: std::ops::Range<usize>,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// Every entry.
    All,
    /// All of these.
    And(Vec<Expr>),
    /// Any of these.
    Or(Vec<Expr>),
    /// Not this.
    Not(Box<Expr>),
    /// A word.
    Word {
        /// Where to look; `None` is everywhere.
        scope: Option<Field>,
        /// The word as typed, without its signs.
        text: String,
        /// How it may differ from what stands in the entry.
        how: How,
    },
    /// Words beside each other.
    Phrase {
        /// Where to look; `None` is everywhere.
        scope: Option<Field>,
        /// The words as typed.
        text: String,
        /// How many words may stand between them.
        slop: u32,
        /// Whether the last word may go on.
        prefix: bool,
    },
    /// A year between two, both included; an open end is `None`.
    Year(Option<i64>, Option<i64>),
    /// An entry type, a language, a status, a citation key: the whole value, in its one spelling.
    Is(Field, Vec<String>),
    /// An identifier in its one spelling ([`identifier::normal`]).
    Identifier(String),
    /// The field is there and not empty.
    Has(Field),
    /// A regular expression for a whole field.
    Matches(Option<Field>, String),
}

/// How a word may differ from what stands in the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Inflections, parts of compounds, synonyms.
    Freely,
    /// Not at all, but for case.
    Exactly,
    /// It may go on: `selvhj*`.
    Prefix,
    /// `?` is one letter, `*` any number: `wom?n`.
    Wildcard,
    /// This many letters wrong: `gotas~1`.
    Near(u8),
}

impl Expr {
    /// Calls `visit` with this and everything below it.
    pub fn walk(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.walk(visit)),
            Self::Not(inner) => inner.walk(visit),
            _ => {}
        }
    }
}
