//! Citation keys that stand in fields: where entries point to each other.

use super::value::{Piece, pieces};
use super::{Entry, Span};
use crate::text::edit::Edit;

/// Fields whose values are citation keys, one or more with commas between them
/// (BibLaTeX manual, section 2.2.3 and 3.13).
pub const FIELDS: [&str; 6] = ["crossref", "xref", "xdata", "related", "entryset", "ids"];

/// The citation keys that `entry` points to, each with the place where it stands; not those in
/// `ids`, which are its own.
pub fn all<'a>(bytes: &'a [u8], entry: &Entry) -> Vec<(Span, &'a str)> {
    let mut out = Vec::new();
    for field in &entry.fields {
        let name = bytes[field.name.clone()].to_ascii_lowercase();
        let listed = FIELDS[..5].iter().any(|known| known.as_bytes() == name);
        for piece in pieces(bytes, &field.value) {
            let (Piece::Braced(inner) | Piece::Quoted(inner)) = piece else { continue };
            if listed {
                out.extend(keys(bytes, &inner));
            } else if bytes[inner.clone()].starts_with(b"xdata=") {
                out.extend(granular(bytes, &inner));
            }
        }
    }
    out
}

/// The keys of a list at `span`.
pub fn keys<'a>(bytes: &'a [u8], span: &Span) -> Vec<(Span, &'a str)> {
    let mut out = Vec::new();
    let mut start = span.start;
    for part in bytes[span.clone()].split(|byte| *byte == b',') {
        let blanks = part.len() - part.trim_ascii_start().len();
        let key = part.trim_ascii();
        if let Ok(text) = std::str::from_utf8(key)
            && !text.is_empty()
        {
            out.push((start + blanks..start + blanks + key.len(), text));
        }
        start += part.len() + 1;
    }
    out
}

/// `xdata=KEY-FIELD`, BibLaTeX's way to take one field of a data set: every way to split it.
fn granular<'a>(bytes: &'a [u8], span: &Span) -> Vec<(Span, &'a str)> {
    let start = span.start + b"xdata=".len();
    let Ok(text) = std::str::from_utf8(&bytes[start..span.end]) else { return Vec::new() };
    text.match_indices('-').map(|(dash, _)| (start..start + dash, &text[..dash])).collect()
}

/// The edits that make what points to `old` in `entry` point to `new`.
pub fn renamed(bytes: &[u8], entry: &Entry, is_old: impl Fn(&str) -> bool, new: &str) -> Vec<Edit> {
    all(bytes, entry)
        .into_iter()
        .filter(|(_, key)| is_old(key))
        .map(|(span, _)| Edit::new(span, new))
        .collect()
}
