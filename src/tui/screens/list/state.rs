//! What the list knows.

use crate::text::said::Said;
use crate::tui::command::Context;
use crate::tui::effect::Look;
use crate::tui::find::{Completion, Counts, Facet, Preview, Question, Row, Saved};
use crate::tui::input::Input;
use std::collections::BTreeSet;

/// The style of references until another is chosen.
pub const STYLE: &str = "norsk-apa-manual";

/// The panes of the list screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    /// The entries.
    #[default]
    List,
    /// The line in which a query is typed.
    Search,
    /// The side bar.
    Facets,
    /// The preview.
    Preview,
}

/// What the user wants of the room there is; `None` lets the size decide.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Room {
    /// Whether the side bar is shown.
    pub facets: Option<bool>,
    /// Whether the preview is shown.
    pub preview: Option<bool>,
    /// How much of the width the side bar was made wider (or narrower), in cells.
    pub facets_by: i16,
    /// The same for the preview, in cells of its width or height.
    pub preview_by: i16,
    /// Whether the pane in front has all the room.
    pub zoomed: bool,
}

/// What the list knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// What is asked, without the rows wanted.
    pub question: Question,
    /// The number of the last question.
    pub ticket: u64,
    /// The number of the last question that was answered.
    pub answered: u64,
    /// Whether the question has changed since it was last asked.
    pub is_stale: bool,
    /// The rows last asked for.
    pub wanted: std::ops::Range<usize>,
    /// Whether a first answer has come.
    pub is_open: bool,
    /// How many entries the library has.
    pub all: usize,
    /// How many the answer has.
    pub total: usize,
    /// The position of the first of `rows`.
    pub from: usize,
    /// The rows at hand.
    pub rows: Vec<Row>,
    /// What the query was widened with.
    pub widened: Vec<String>,
    /// What there is to say of how the query was read.
    pub notes: Vec<Said>,
    /// How many blocks of the files could not be read.
    pub problems: usize,
    /// Whether these were counted since the library changed.
    pub is_counted: bool,
    /// Where the cursor is.
    pub row: usize,
    /// The first row shown.
    pub top: usize,
    /// The pane in front.
    pub pane: Pane,
    /// The marked entries.
    pub marks: BTreeSet<String>,
    /// Whether the entries that are to be marked are being looked up.
    pub is_marking: bool,
    /// Where a range that is being marked began.
    pub anchor: Option<usize>,
    /// The query that is being typed.
    pub input: Input,
    /// The saved searches; the first nine are those of the keys 1 to 9.
    pub saved: Vec<Saved>,
    /// What the query can go on with.
    pub completion: Option<Completion>,
    /// Which of that stands in the line.
    pub taken: Option<usize>,
    /// The query and the caret that the last completion was asked for.
    pub completed: (String, usize),
    /// Earlier queries, the last one last.
    pub history: Vec<String>,
    /// Which earlier query stands in the line.
    pub recalled: Option<usize>,
    /// The counts of the answer.
    pub facets: Vec<Counts>,
    /// The facets whose values are hidden.
    pub closed: BTreeSet<Facet>,
    /// The line of the side bar the cursor is on.
    pub facet_row: usize,
    /// The first line of the side bar shown.
    pub facet_top: usize,
    /// The entry in the preview.
    pub preview: Option<Preview>,
    /// The number of the last preview asked for.
    pub preview_ticket: u64,
    /// The entry and the look that the last preview was asked for.
    pub previewed: (String, Look),
    /// How far the preview is scrolled.
    pub preview_top: usize,
    /// The styles there are: name and title.
    pub styles: Vec<(String, String)>,
    /// Which of them is chosen.
    pub style: usize,
    /// What the user wants of the room.
    pub room: Room,
}

/// One line of the side bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FacetLine<'a> {
    /// The name of a facet.
    Head(Facet),
    /// A value with its count, and whether it is chosen (kept or left out).
    Value(Facet, &'a str, usize, Option<bool>),
    /// The name of the part with the saved searches.
    SavedHead,
    /// A saved search with its number from 0, and whether it is what is asked.
    Saved(usize, &'a str, bool),
}

impl State {
    /// What is in front.
    pub fn context(&self) -> Context {
        match self.pane {
            Pane::List => Context::List,
            Pane::Search => Context::Search,
            Pane::Facets => Context::Facets,
            Pane::Preview => Context::Preview,
        }
    }

    /// The row at `position`, if it is at hand.
    pub fn at(&self, position: usize) -> Option<&Row> {
        self.rows.get(position.checked_sub(self.from)?)
    }

    /// The row the cursor is on.
    pub fn current(&self) -> Option<&Row> {
        self.at(self.row)
    }

    /// The entries a command is about: the marked ones, else the one the cursor is on.
    pub fn meant(&self) -> Vec<String> {
        if self.marks.is_empty() {
            self.current().map(|row| row.id.clone()).into_iter().collect()
        } else {
            self.marks.iter().cloned().collect()
        }
    }

    /// The name of the style chosen; [`STYLE`] before it is known which there are.
    pub fn style_name(&self) -> &str {
        self.styles.get(self.style).map_or(STYLE, |(name, _)| name)
    }

    /// The lines of the side bar.
    pub fn facet_lines(&self) -> Vec<FacetLine<'_>> {
        let mut lines = Vec::new();
        for counts in &self.facets {
            let chosen = |value: &str| {
                self.question
                    .narrowings
                    .iter()
                    .find(|it| it.facet == counts.facet && it.value == value)
                    .map(|it| it.keeps)
            };
            lines.push(FacetLine::Head(counts.facet));
            if self.closed.contains(&counts.facet) {
                continue;
            }
            for (value, count) in &counts.values {
                lines.push(FacetLine::Value(counts.facet, value, *count, chosen(value)));
            }
        }
        if !self.saved.is_empty() {
            lines.push(FacetLine::SavedHead);
        }
        for (at, saved) in self.saved.iter().enumerate() {
            let is_asked = self.question.query.trim() == saved.query.trim();
            lines.push(FacetLine::Saved(at, &saved.name, is_asked));
        }
        lines
    }
}
