//! Layer 4: citation keys made by pattern. One evaluator, two ways of writing a pattern: JabRef's,
//! `[auth:lower][year]`, and Better BibTeX's, `auth.lower + year`.
//!
//! Nothing here gives an entry another key: it only says which key the pattern makes.

mod better_bibtex;
mod filters;
mod jabref;
mod letters;
mod people;
mod titles;
mod told_apart;
mod unique;
mod values;

pub use unique::proposals;

use crate::model::Entry;

/// A pattern, read and found to be sound.
#[derive(Debug, Clone)]
pub struct Pattern {
    dialect: Dialect,
    /// The first alternative that gives something counts.
    alternatives: Vec<Vec<Term>>,
}

/// Whose language a pattern is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// JabRef's: `[auth][year]`.
    JabRef,
    /// Better BibTeX's: `auth + year`.
    BetterBibTeX,
}

/// One part of a pattern.
#[derive(Debug, Clone)]
enum Term {
    /// Stands in the key as it is.
    Literal(String),
    /// A value made from the entry, then sent through filters.
    Value { name: String, args: Vec<String>, filters: Vec<Filter> },
}

/// A filter with its arguments.
#[derive(Debug, Clone)]
struct Filter {
    name: String,
    args: Vec<String>,
    /// Where the name takes a pattern: read once.
    regex: Option<regex::Regex>,
}

/// A pattern that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// A bracket, parenthesis or quote is never closed.
    #[error("`{0}` is never closed")]
    Unclosed(char),
    /// There is no value of this name.
    #[error("there is no value `{0}`")]
    NoValue(String),
    /// There is no filter of this name.
    #[error("there is no filter `{0}`")]
    NoFilter(String),
    /// Something stands where it cannot.
    #[error("`{0}` cannot stand there")]
    Stray(String),
    /// A regular expression that cannot be read.
    #[error("`{0}` is not a regular expression")]
    NoRegex(String),
    /// Nothing at all.
    #[error("the pattern is empty")]
    Empty,
}

impl Pattern {
    /// Reads a pattern: JabRef's where it has a `[`, else Better BibTeX's.
    pub fn parse(text: &str) -> Result<Self, Wrong> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Wrong::Empty);
        }
        if text.contains('[') {
            let terms = jabref::parse(text)?;
            return Ok(Self { dialect: Dialect::JabRef, alternatives: vec![terms] });
        }
        let alternatives = better_bibtex::parse(text)?;
        Ok(Self { dialect: Dialect::BetterBibTeX, alternatives })
    }

    /// Whose language it is written in.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The key that the pattern makes for `entry`, without anything to make it unique; `None` where
    /// it makes nothing.
    pub fn key(&self, entry: &Entry) -> Option<String> {
        self.alternatives.iter().find_map(|terms| {
            let mut key = String::new();
            let mut any = false;
            for term in terms {
                match term {
                    Term::Literal(text) => key.push_str(text),
                    Term::Value { name, args, filters } => {
                        // A condition that does not hold ends this alternative.
                        let value = values::value(self.dialect, entry, name, args)?;
                        let value = filters::run(self.dialect, value, filters)?;
                        any |= !value.is_empty();
                        key.push_str(&value);
                    }
                }
            }
            let key = letters::clean(&key, self.dialect);
            (any && !key.is_empty()).then_some(key)
        })
    }
}

#[cfg(test)]
mod tests;
