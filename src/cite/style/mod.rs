//! Styles: independent ones as a tree of elements, dependent ones through the style they name.

mod attributes;
mod calls;
mod elements;
mod names;
mod reader;
pub mod tree;
pub mod xml;

use crate::cite::locale::Locale;
use std::fmt;
use tree::Macro;
use tree::NameOptions;
use tree::Section;

pub(in crate::cite) use attributes::form_named;
pub(in crate::cite) use attributes::formatting;
pub(in crate::cite) use elements::date_part;
pub(in crate::cite) use elements::term_name;

/// A style that is ready for use.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// Its address in the style repository, or whatever its `id` says.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its abbreviated title; empty where there is none.
    pub short_title: String,
    /// Whether citations stand in notes and not in the text.
    pub is_note: bool,
    /// The locale it is written for, such as `nb-NO`; empty where it is for any.
    pub default_locale: String,
    /// The macros, found by their place.
    pub macros: Vec<Macro>,
    /// How to cite.
    pub citation: Section,
    /// How to list; `None` where the style has no list.
    pub bibliography: Option<Section>,
    /// Names options for both.
    pub names: NameOptions,
    /// Terms, dates and options that the style lays over a locale: `""` is for all languages.
    pub locales: Vec<(String, Locale)>,
    /// `never`, `sort-only` or `display-and-sort`.
    pub demote_non_dropping_particle: String,
    /// Whether hyphens between given names stay between the initials.
    pub initialize_with_hyphen: bool,
    /// How ranges of pages are written; empty where nothing is said.
    pub page_range_format: String,
    /// How ranges of years are written (an extension).
    pub year_range_format: String,
    /// Whether the style puts the year suffix somewhere itself.
    pub places_year_suffix: bool,
    /// Whether a condition asks if two citations look alike.
    pub asks_disambiguate: bool,
    /// Whether citations show their numbers in the list.
    pub shows_citation_number: bool,
    /// Whether a condition or an option asks where a citation stands.
    pub asks_position: bool,
}

/// Why a style or a locale cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StyleError {
    /// It is no XML, or more than will be read.
    #[error("line {line}: not XML that can be read: {what}")]
    NotXml {
        /// From 1.
        line: usize,
        /// The fault.
        what: String,
    },
    /// It is XML but no style.
    #[error("not a CSL style: the outermost element is `<{0}>`, not `<style>`")]
    NotCsl(String),
    /// It is XML but no locale.
    #[error("not a CSL locale: the outermost element is `<{0}>`, not `<locale>`")]
    NotLocale(String),
    /// It says nothing itself, and what it points to is not there.
    #[error("the style depends on `{0}`, which is missing")]
    ParentMissing(String),
    /// An element or attribute is wrong.
    #[error("line {line}: {what}")]
    Invalid {
        /// From 1.
        line: usize,
        /// The fault.
        what: String,
    },
    /// Macros that never come to an end.
    #[error("macros call each other in a circle: {}", Arrows(.0))]
    Circle(Vec<String>),
    /// Macros that call each other so often that rendering would not come to an end.
    #[error("macro `{0}` calls others so often that one reference would take {1} steps")]
    TooManySteps(String, u64),
}

struct Arrows<'a>(&'a [String]);

impl fmt::Display for Arrows<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" → "))
    }
}

impl Style {
    /// Reads a style. `parent` gives the text of another style by its id (the address at the end of
    /// which its file name stands), for styles that only point to another.
    ///
    /// # Errors
    /// See [`StyleError`]; every fault that makes a style unusable is found here and not while
    /// rendering.
    pub fn read(xml: &str, parent: &dyn Fn(&str) -> Option<String>) -> Result<Style, StyleError> {
        reader::read(xml, parent)
    }
}
