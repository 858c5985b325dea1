//! Names of fields and types in small letters.

use super::Aspects;
use crate::bibtex::Entry;
use crate::text::edit::Edit;

pub(super) fn edits(bytes: &[u8], entry: &Entry, aspects: &Aspects) -> Vec<Edit> {
    if !aspects.lower_case {
        return Vec::new();
    }
    let names = entry.fields.iter().map(|field| field.name.clone());
    std::iter::once(entry.entry_type.clone())
        .chain(names)
        .filter(|span| bytes[span.clone()].iter().any(u8::is_ascii_uppercase))
        .map(|span| Edit::new(span.clone(), bytes[span].to_ascii_lowercase()))
        .collect()
}
