//! One entry and what its fields say.

use super::alias;
use super::date::{self, Date};
use super::name::{self, Names};
use crate::text::tex;
use std::ops::Range;

/// Where an entry stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Which of the library's sources.
    pub source: usize,
    /// Its block in that file, in bytes.
    pub span: Range<usize>,
    /// The line of its `@`, from 1.
    pub line: usize,
}

/// A field of an entry: resolved, not yet decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// BibLaTeX's name, lower case.
    pub name: Box<str>,
    /// The value as TeX: macros put in, pieces joined, delimiters off.
    pub raw: Box<str>,
    /// The value in the file, with delimiters; empty where it is inherited.
    pub span: Range<usize>,
    /// The citation key of the entry it is inherited from.
    pub from: Option<Box<str>>,
}

/// One description of one work.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The citation key as written; empty where there is none.
    pub key: String,
    /// BibLaTeX's entry type, lower case.
    pub entry_type: String,
    /// Where it stands.
    pub place: Place,
    /// In file order, inherited ones last. Of doubled names the first counts.
    pub fields: Vec<Field>,
    /// Whether the parser could not read all of it.
    pub is_broken: bool,
}

impl Entry {
    /// The field with this BibLaTeX name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| &*field.name == name)
    }

    /// Whether the field is there with something in it.
    pub fn has(&self, name: &str) -> bool {
        self.field(name).is_some_and(|field| !field.raw.trim().is_empty())
    }

    /// The value as TeX.
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.field(name).map(|field| &*field.raw).filter(|raw| !raw.trim().is_empty())
    }

    /// The value as plain Unicode text; verbatim fields as they are. `None` when missing or empty.
    pub fn text(&self, name: &str) -> Option<String> {
        let raw = self.raw(name)?;
        let text =
            if alias::is_verbatim(name) { raw.trim().to_owned() } else { tex::to_unicode(raw) };
        (!text.is_empty()).then_some(text)
    }

    /// The names in a name field; none when it is missing.
    pub fn names(&self, name: &str) -> Names {
        self.raw(name).map(name::parse).unwrap_or_default()
    }

    /// The names the entry is filed under: authors, else editors; none for an anonymous work.
    pub fn creators(&self) -> Names {
        let authors = self.names("author");
        if authors.names.is_empty() { self.names("editor") } else { authors }
    }

    /// The parts of a list field: `keywords` and the like at commas, literal lists at ` and `.
    pub fn list(&self, name: &str) -> Vec<String> {
        let Some(raw) = self.raw(name) else { return Vec::new() };
        let verbatim = alias::is_verbatim(name);
        let parts: Vec<&str> = match name {
            "provenance" => raw.split(" ; ").collect(),
            "keywords" | "ids" | "related" | "entryset" | "xdata" | "unverified" | "project" => {
                raw.split([',', ';']).collect()
            }
            _ => name::split_list(raw),
        };
        parts
            .into_iter()
            .map(|part| if verbatim { part.trim().to_owned() } else { tex::to_unicode(part) })
            .filter(|part| !part.is_empty())
            .collect()
    }

    /// The date in `date` (or `urldate`, `origdate`, `eventdate`), for `date` also from `year` and
    /// `month`.
    pub fn date(&self, name: &str) -> Option<Date> {
        if let Some(date) = self.raw(name).and_then(date::parse) {
            return Some(date);
        }
        if name != "date" {
            return None;
        }
        let month = self.text("month");
        self.text("year").and_then(|year| date::legacy(&year, month.as_deref()))
    }

    /// The year of `date`.
    pub fn year(&self) -> Option<i32> {
        self.date("date")?.year()
    }

    /// Title and subtitle, as plain text. Empty for an untitled work.
    pub fn title(&self) -> String {
        let title = self.text("title").unwrap_or_default();
        match self.text("subtitle") {
            Some(sub) if title.ends_with(['?', '!', '.', ':']) => format!("{title} {sub}"),
            Some(sub) if !title.is_empty() => format!("{title}: {sub}"),
            Some(sub) => sub,
            None => title,
        }
    }

    /// The creators as one short text: `Gotaas`, `Berg & Dahl`, `Aglen et al.`
    pub fn short_creators(&self) -> String {
        let names = self.creators();
        let family = |name: &name::Name| {
            if name.particle.is_empty() {
                name.family.clone()
            } else {
                format!("{} {}", name.particle, name.family)
            }
        };
        match names.names.as_slice() {
            [] => String::new(),
            [one] if !names.others => family(one),
            [one, two] if !names.others => format!("{} & {}", family(one), family(two)),
            [one, ..] => format!("{} et al.", family(one)),
        }
    }

    /// What the entry is filed under in an alphabetical list: the creators in full, else the title.
    pub fn filed_under(&self) -> String {
        let names = self.creators().names;
        if names.is_empty() {
            return self.title();
        }
        names
            .iter()
            .map(|name| match (name.particle.as_str(), name.given.as_str()) {
                ("", "") => name.family.clone(),
                ("", given) => format!("{} {given}", name.family),
                (particle, given) => format!("{particle} {} {given}", name.family),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }
}
