//! What rendering starts from, and what it leaves for the next item.

use crate::cite::citation::names_registry::NamesRegistry;
use crate::cite::locale::Locale;
use crate::cite::style::Style;

/// What is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cite) enum Area {
    Citation,
    Bibliography,
}

/// How names are shown so that two citations do not look alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::cite) struct Disambiguation {
    /// How many names of each list are shown.
    pub(in crate::cite) names: Vec<usize>,
    /// How much of each given name is shown: nothing, initials, all.
    pub(in crate::cite) givens: Vec<Vec<u8>>,
    /// The letter behind the year, from 0.
    pub(in crate::cite) year_suffix: Option<usize>,
    /// How many conditions that ask for disambiguation are met.
    pub(in crate::cite) disambiguate: usize,
}

/// The position of a citation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::cite) enum Place {
    #[default]
    First,
    Subsequent,
    Ibid,
    IbidWithLocator,
}

/// What a citation adds to its item.
#[derive(Clone, Debug, Default)]
pub(in crate::cite) struct Cite {
    pub(in crate::cite) locator: String,
    pub(in crate::cite) label: String,
    pub(in crate::cite) prefix: String,
    pub(in crate::cite) suffix: String,
    pub(in crate::cite) place: Place,
    pub(in crate::cite) near_note: bool,
    pub(in crate::cite) first_note: Option<usize>,
    pub(in crate::cite) suppress_author: bool,
    pub(in crate::cite) author_only: bool,
}

/// What all renderings of a processor share.
#[derive(Clone, Copy)]
pub(in crate::cite) struct Env<'a> {
    pub(in crate::cite) style: &'a Style,
    pub(in crate::cite) locale: &'a Locale,
    pub(in crate::cite) registry: Option<&'a NamesRegistry>,
}

/// What the list knows of an item.
#[derive(Clone, Debug, Default)]
pub(in crate::cite) struct Entry<'a> {
    /// Its number in the list, from 1.
    pub(in crate::cite) number: usize,
    /// The number that stands for it while citations are sorted.
    pub(in crate::cite) sort_number: usize,
    pub(in crate::cite) label: &'a str,
    pub(in crate::cite) disambiguation: Disambiguation,
}

/// Names that the next entry of a list may leave out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::cite) struct LastNames {
    pub(in crate::cite) names: Vec<String>,
}
