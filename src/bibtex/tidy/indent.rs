//! What stands before a field at the beginning of a line.

use super::{Aspects, Indent, blanks_before};
use crate::bibtex::Entry;
use crate::text::edit::Edit;

pub(super) fn edits(bytes: &[u8], entry: &Entry, aspects: &Aspects) -> Vec<Edit> {
    let wanted = match aspects.indent {
        None => return Vec::new(),
        Some(Indent::Tab) => "\t".to_owned(),
        Some(Indent::Blanks(count)) => " ".repeat(count),
    };
    entry
        .fields
        .iter()
        .map(|field| blanks_before(bytes, field.name.start))
        .filter(|(blanks, is_first)| *is_first && bytes[blanks.clone()] != *wanted.as_bytes())
        .map(|(blanks, _)| Edit::new(blanks, wanted.as_str()))
        .collect()
}
