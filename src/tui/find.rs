//! What the interface asks of a library and what it is answered: plain data between the screen and
//! the worker that reads.

use crate::text::rich_text::RichText;
use crate::text::said::Said;
use std::collections::BTreeSet;
use std::ops::Range;

/// In which order the list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By creators, then year.
    #[default]
    Author,
    /// Newest first.
    Year,
    /// By title.
    Title,
    /// The best hit first; without a query as [`Sort::Author`].
    Relevance,
}

impl Sort {
    /// The id of its name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Author => "tui.sort.author",
            Self::Year => "tui.sort.year",
            Self::Title => "tui.sort.title",
            Self::Relevance => "tui.sort.relevance",
        }
    }
}

/// What a facet counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// The entry type.
    Type,
    /// The decade.
    Decade,
    /// The language of the work.
    Language,
    /// The project it belongs to in the overview.
    Project,
    /// A keyword.
    Keyword,
    /// A creator.
    Author,
    /// The screening status.
    Status,
}

impl Facet {
    /// All of them, in the order of the side bar.
    pub const ALL: [Self; 7] = [
        Self::Type,
        Self::Decade,
        Self::Language,
        Self::Project,
        Self::Keyword,
        Self::Author,
        Self::Status,
    ];

    /// The id of its name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Type => "tui.facet.type",
            Self::Decade => "tui.facet.decade",
            Self::Language => "tui.facet.language",
            Self::Project => "tui.facet.project",
            Self::Keyword => "tui.facet.keyword",
            Self::Author => "tui.facet.author",
            Self::Status => "tui.facet.status",
        }
    }
}

/// One value that narrows the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrowing {
    /// Of which facet.
    pub facet: Facet,
    /// The value.
    pub value: String,
    /// Whether entries with it are kept (or left out).
    pub keeps: bool,
}

/// What the list should show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// The query as typed.
    pub query: String,
    /// The facets chosen.
    pub narrowings: Vec<Narrowing>,
    /// The order.
    pub sort: Sort,
    /// Whether the words are not widened by the thesaurus.
    pub exact: bool,
    /// Whether the query is being typed, so that its last word may go on.
    pub is_typing: bool,
    /// Entries like this one are wanted, when set, and not those that have the query.
    pub like: Option<String>,
    /// Only these entries, when set.
    pub only: Option<BTreeSet<String>>,
    /// The rows wanted: positions in the answer.
    pub rows: Range<usize>,
    /// The entry whose position is wanted, so that the cursor can stay on it.
    pub keep: Option<String>,
}

/// A search that was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Its name.
    pub name: String,
    /// The query.
    pub query: String,
}

/// What a query can go on with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completion {
    /// The query as it was.
    pub query: String,
    /// Where the caret stood, in bytes.
    pub caret: usize,
    /// What would be replaced, in bytes.
    pub at: Range<usize>,
    /// What may be put there, and how many entries have it.
    pub offers: Vec<(String, usize)>,
}

/// Small facts about an entry that the list shows as letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Badges {
    /// The full text can be read on the net.
    pub full_text: bool,
    /// A file lies beside the library.
    pub file: bool,
    /// The parser did not understand all of it.
    pub problem: bool,
    /// Some facts are still to be checked.
    pub unverified: bool,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// What names the entry in marks and effects: its citation key, made unique where it is not.
    pub id: String,
    /// Who made it, short.
    pub creators: String,
    /// The year; empty when unknown.
    pub year: String,
    /// Title and subtitle.
    pub title: String,
    /// The entry type.
    pub kind: String,
    /// The projects it belongs to.
    pub project: String,
    /// Small facts.
    pub badges: Badges,
    /// What of the title the query found, in bytes.
    pub title_hits: Vec<Range<usize>>,
    /// What of the creators the query found, in bytes.
    pub creator_hits: Vec<Range<usize>>,
    /// Why it is here, where neither title nor creators show it.
    pub reasons: Vec<Said>,
    /// What else of it the query found.
    pub passages: Vec<Passage>,
}

/// A stretch of a field in which the query found something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passage {
    /// The field.
    pub field: String,
    /// The text, with `…` where it is cut.
    pub text: String,
    /// What was found in it, in bytes.
    pub hits: Vec<Range<usize>>,
}

/// The counts of one facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Which.
    pub facet: Facet,
    /// Values and how many entries of the answer have them, most first (decades: newest first).
    pub values: Vec<(String, usize)>,
}

/// The answer to a [`Question`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// How many entries the library has.
    pub all: usize,
    /// How many the answer has.
    pub total: usize,
    /// The position of the first of `rows`.
    pub from: usize,
    /// The rows that were asked for.
    pub rows: Vec<Row>,
    /// The facets of the answer.
    pub facets: Vec<Counts>,
    /// Where [`Question::keep`] stands, if it is in the answer.
    pub kept: Option<usize>,
    /// What the query was widened with.
    pub widened: Vec<String>,
    /// What there is to say of how the query was read.
    pub notes: Vec<Said>,
}

/// One entry as the preview shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// Which entry.
    pub id: String,
    /// The reference in the chosen style.
    pub reference: RichText,
    /// Type, citation key and place: `@thesis gotaas2020takk · data/selvhjelp.bib:1412`.
    pub head: String,
    /// Name and value of every field, with the key of the entry it is inherited from.
    pub fields: Vec<(String, String, Option<String>)>,
    /// What is not right about it.
    pub problems: Vec<Said>,
}
