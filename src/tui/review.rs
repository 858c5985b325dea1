//! Things held side by side and decided on one by one: records that come in, entries that are
//! perhaps one work. Plain data between the screen and the worker.

use crate::text::said::Said;
use std::collections::BTreeMap;

/// What is decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Records that come in.
    Import,
    /// Entries of the library that are one work, or perhaps are.
    Duplicates,
}

/// What a record is to the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing like it is known.
    New,
    /// The same work is there.
    Same,
    /// Perhaps the same work is there.
    Perhaps,
    /// It came before in the same import.
    Twice,
    /// It was looked at before and not wanted.
    Rejected,
}

impl Standing {
    /// The id of its word.
    pub fn id(self) -> &'static str {
        match self {
            Self::New => "tui.standing.new",
            Self::Same => "tui.standing.same",
            Self::Perhaps => "tui.standing.perhaps",
            Self::Twice => "tui.standing.twice",
            Self::Rejected => "tui.standing.rejected",
        }
    }
}

/// What is to be done with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It becomes an entry.
    Add,
    /// What it says more is put into the entry that is there.
    Merge,
    /// Nothing.
    Skip,
    /// Nothing, and it is remembered as not wanted.
    Reject,
}

impl Decision {
    /// The id of its word.
    pub fn id(self) -> &'static str {
        match self {
            Self::Add => "tui.decision.add",
            Self::Merge => "tui.decision.merge",
            Self::Skip => "tui.decision.skip",
            Self::Reject => "tui.decision.reject",
        }
    }

    /// A sign for it, for narrow screens and for those who see no colours.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Merge => "≈",
            Self::Skip => "·",
            Self::Reject => "×",
        }
    }
}

/// What a person chose where things become one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    /// The one that stays; `None` for the one with most in it.
    pub keep: Option<usize>,
    /// From which of them each field is taken, where it was chosen.
    pub fields: BTreeMap<String, usize>,
}

/// One thing to decide on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The entries of the library it is about, as marks name them.
    pub ids: Vec<String>,
    /// The citation keys, in a line.
    pub name: String,
    /// Who, when, what, in a line.
    pub brief: String,
    /// What it is to the library.
    pub standing: Standing,
    /// How certain it is that it is one work, of a hundred.
    pub percent: u8,
    /// Why.
    pub reasons: Vec<Said>,
    /// What is to be done.
    pub decision: Decision,
    /// What was chosen field by field.
    pub chosen: Chosen,
}

/// Everything there is to decide on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// What is decided on.
    pub kind: Kind,
    /// One after another.
    pub items: Vec<Item>,
    /// What there is to know beside: records that could not be read.
    pub notes: Vec<Said>,
}

impl Review {
    /// How many records a decision was made for.
    pub fn count(&self, decision: Decision) -> usize {
        self.items.iter().filter(|item| item.decision == decision).count()
    }

    /// Decides on all records by one threshold (of a hundred): what is at least so certainly there
    /// is merged into what is there, everything else is added. What came twice or was rejected
    /// before stays out.
    pub fn decide(&mut self, threshold: u8) {
        for item in &mut self.items {
            item.decision = match item.standing {
                Standing::Twice | Standing::Rejected => Decision::Skip,
                _ if !item.ids.is_empty() && item.percent >= threshold => Decision::Merge,
                _ => Decision::Add,
            };
        }
    }
}

/// One field of things that are held side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// BibLaTeX's name.
    pub name: String,
    /// The value of each; empty where there is none.
    pub values: Vec<String>,
    /// What the one that comes of them has.
    pub result: String,
    /// From which it is; `None` where it is put together.
    pub from: Option<usize>,
    /// Why.
    pub why: Option<Said>,
}

/// Things side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Which item of the review.
    pub item: usize,
    /// What each is called: type, key, place.
    pub heads: Vec<String>,
    /// The one that stays.
    pub kept: usize,
    /// Field by field.
    pub fields: Vec<Side>,
}
