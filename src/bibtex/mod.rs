//! Layer 2: the file as written. Knows nothing of what a field means.
//!
//! Invariants: the blocks of a [`File`] tile its bytes, from the first to the last, with nothing
//! between them; every span lies within its block; [`parse`] gives a file for any bytes whatever,
//! in time linear in their number and without recursion. What it does not understand it keeps and
//! tells as a [`Problem`].

pub mod change;
pub mod diff;
pub mod encoding;
pub mod habits;
pub mod hunk;
pub mod merge;
mod parser;
pub mod problem;
pub mod reference;
pub mod tidy;
pub mod value;
pub mod verify;
pub mod write;

pub use parser::parse;
pub use problem::Problem;

/// Bytes from the start of the file, end excluded.
pub type Span = std::ops::Range<usize>;

/// One `.bib` file as spans of its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    /// Tiling the file, in order.
    pub blocks: Vec<Block>,
    /// What was not understood, in order.
    pub problems: Vec<Problem>,
}

impl File {
    /// The entries in order, with the span of their block.
    pub fn entries(&self) -> impl Iterator<Item = (&Span, &Entry)> {
        self.blocks.iter().filter_map(|block| match &block.kind {
            Kind::Entry(entry) => Some((&block.span, entry)),
            _ => None,
        })
    }
}

/// A stretch of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// All bytes of the block.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Text between entries: a comment to BibTeX.
    Text,
    /// `@comment`, with its braces if it has them.
    Comment,
    /// `@preamble`: the span of its value.
    Preamble(Span),
    /// `@string`: macros and their values.
    Strings(Vec<Field>),
    /// An entry.
    Entry(Entry),
}

/// An entry as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The type, without `@`.
    pub entry_type: Span,
    /// The citation key without blanks around it; empty where there is none.
    pub key: Span,
    /// The fields in order, doubled names included.
    pub fields: Vec<Field>,
    /// The closing delimiter; `None` where the entry is broken and never closes.
    pub close: Option<usize>,
}

/// A field as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: Span,
    /// Its value with delimiters and all pieces joined by `#`, without blanks around it.
    pub value: Span,
}

/// The bytes at `span` as text, with what is not UTF-8 replaced.
pub fn text<'a>(bytes: &'a [u8], span: &Span) -> std::borrow::Cow<'a, str> {
    String::from_utf8_lossy(bytes.get(span.clone()).unwrap_or_default())
}
