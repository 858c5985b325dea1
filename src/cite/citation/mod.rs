//! Citations: how they are told apart, drawn together and placed.

pub(in crate::cite) mod cluster;
pub(in crate::cite) mod disambiguate;
mod disambiguate_step;
pub(in crate::cite) mod label;
pub(in crate::cite) mod look;
pub(in crate::cite) mod names_registry;
pub(in crate::cite) mod place;

use crate::text::rich_text::RichText;

/// One citation of a text: the items that are cited together in one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Citation {
    /// The items in the order in which they were cited.
    pub items: Vec<CitationItem>,
    /// The number of the note that it stands in; 0 for the running text.
    pub note: usize,
    /// What is shown of it.
    pub mode: Mode,
    /// Text before the whole, within its brackets.
    pub prefix: String,
    /// Text after the whole, within its brackets.
    pub suffix: String,
    /// Text between author and the rest, for [`Mode::Composite`].
    pub infix: String,
    /// Whether the items keep their order although the style sorts them.
    pub unsorted: bool,
}

/// What is shown of a citation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// All of it.
    #[default]
    Full,
    /// The author of the first item alone.
    AuthorOnly,
    /// All but the author of the first item.
    SuppressAuthor,
    /// The author in the running text, the rest as a citation: "Hagen (2010)".
    Composite,
}

/// One item within a citation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CitationItem {
    /// The id of the item.
    pub id: String,
    /// The place in it, such as a page.
    pub locator: String,
    /// What the locator is: `page`, `chapter`, …; empty for a page.
    pub label: String,
    /// Text before the item.
    pub prefix: String,
    /// Text after the item.
    pub suffix: String,
    /// Whether the author is left out.
    pub suppress_author: bool,
    /// Whether only the author is shown.
    pub author_only: bool,
    /// The position where it is known already, as CSL numbers it: first, subsequent, ibid,
    /// ibid-with-locator; `None` to find it.
    pub position: Option<Position>,
    /// Whether an earlier citation is near, where the position is given.
    pub near_note: bool,
    /// The note of the first citation of the item, where the position is given.
    pub first_note: Option<usize>,
}

/// The position of a citation among those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Position {
    /// The first of the item.
    #[default]
    First,
    /// A later one.
    Subsequent,
    /// The same as the one right before.
    Ibid,
    /// The same with another locator.
    IbidWithLocator,
}

impl CitationItem {
    /// An item cited without anything else.
    pub fn new(id: &str) -> CitationItem {
        CitationItem { id: id.to_owned(), ..CitationItem::default() }
    }
}

/// A citation as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CitationText {
    /// The text.
    pub text: RichText,
    /// The same as HTML, element for element as citeproc-js writes it.
    pub reference_html: String,
}
