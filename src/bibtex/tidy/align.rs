//! `=` below each other, or a blank after each name.

use super::{Aspects, blanks_before};
use crate::bibtex::Entry;
use crate::text::edit::Edit;

pub(super) fn edits(bytes: &[u8], entry: &Entry, aspects: &Aspects) -> Vec<Edit> {
    let Some(align) = aspects.align else { return Vec::new() };
    let width = |field: &crate::bibtex::Field| {
        String::from_utf8_lossy(&bytes[field.name.clone()]).chars().count()
    };
    let longest = entry.fields.iter().map(width).max().unwrap_or(0);
    let mut edits = Vec::new();
    for field in &entry.fields {
        let between = &bytes[field.name.end..field.value.start];
        let plain = between.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'='));
        // A field beside another on one line has nothing to stand below.
        if !plain || !blanks_before(bytes, field.name.start).1 {
            continue;
        }
        let pad = if align { longest - width(field) + 1 } else { 1 };
        let wanted = format!("{}= ", " ".repeat(pad));
        if between != wanted.as_bytes() {
            edits.push(Edit::new(field.name.end..field.value.start, wanted));
        }
    }
    edits
}
