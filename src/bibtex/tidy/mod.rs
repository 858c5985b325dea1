//! Tidying: each aspect by itself, as edits that touch nothing else.
//!
//! An aspect looks at one entry and gives the edits that make it so; done twice, the second time
//! there are none. Broken entries, text between entries and values (but for their delimiters) stay
//! as they are.

mod align;
mod comma;
mod delimiters;
mod indent;
mod letters;
mod order;

use super::{Entry, File, Kind, parse};
use crate::text::edit::{Edit, apply};

/// What is to be made so; `None` leaves it as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aspects {
    /// What stands before a field at the beginning of a line.
    pub indent: Option<Indent>,
    /// Whether the `=` of an entry stand below each other (`true`), or a blank after the name.
    pub align: Option<bool>,
    /// Names of fields and types in small letters.
    pub lower_case: bool,
    /// What stands around values.
    pub delimiters: Option<Delimiters>,
    /// Whether numbers stand without delimiters.
    pub bare_numbers: Option<bool>,
    /// Whether the last field has a comma behind it.
    pub trailing_comma: Option<bool>,
    /// Names of fields, lower case, in the order in which they should stand; those that are not
    /// named come after, in the order they have. Empty: as it is.
    pub order: Vec<String>,
}

/// What stands before a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indent {
    /// So many blanks.
    Blanks(usize),
    /// A tab.
    Tab,
}

/// What stands around values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiters {
    /// `{…}`
    Braces,
    /// `"…"`, where the value holds no quote itself.
    Quotes,
}

impl Aspects {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

type Aspect = fn(&[u8], &Entry, &Aspects) -> Vec<Edit>;

/// In the order in which they are made: each sees what the one before has done.
const ALL: &[Aspect] =
    &[letters::edits, delimiters::edits, order::edits, comma::edits, indent::edits, align::edits];

/// The bytes of the entry at `span` of `bytes` as `aspects` want it; `None` where it is so already,
/// or is broken.
pub fn tidied(bytes: &[u8], span: std::ops::Range<usize>, aspects: &Aspects) -> Option<Vec<u8>> {
    let written = bytes.get(span)?;
    let mut text = written.to_vec();
    for aspect in ALL {
        let file = parse(&text);
        let entry = only(&file)?;
        let edits = aspect(&text, entry, aspects);
        if !edits.is_empty() {
            text = apply(&text, &edits).ok()?;
        }
    }
    // What is not an entry any more must not be written.
    only(&parse(&text))?;
    (text != written).then_some(text)
}

/// The entry, if the file is one whole entry and nothing else.
fn only(file: &File) -> Option<&Entry> {
    match file.blocks.as_slice() {
        [block] if file.problems.is_empty() => match &block.kind {
            Kind::Entry(entry) if entry.close.is_some() => Some(entry),
            _ => None,
        },
        _ => None,
    }
}

/// The blanks right before `at`, and whether a line begins there.
fn blanks_before(bytes: &[u8], at: usize) -> (std::ops::Range<usize>, bool) {
    let blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
    let start = at - bytes[..at].iter().rev().take_while(blank).count();
    let is_first = matches!(bytes[..start].last(), None | Some(b'\n' | b'\r'));
    (start..at, is_first)
}

#[cfg(test)]
mod tests;
