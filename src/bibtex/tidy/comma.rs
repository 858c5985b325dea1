//! A comma behind the last field, or none.

use super::Aspects;
use crate::bibtex::Entry;
use crate::text::edit::Edit;

pub(super) fn edits(bytes: &[u8], entry: &Entry, aspects: &Aspects) -> Vec<Edit> {
    let (Some(wanted), Some(last), Some(close)) =
        (aspects.trailing_comma, entry.fields.last(), entry.close)
    else {
        return Vec::new();
    };
    let tail = &bytes[last.value.end..close];
    // A comment behind the last field would swallow what is put before it.
    if !tail.iter().all(|byte| byte.is_ascii_whitespace() || *byte == b',') {
        return Vec::new();
    }
    let end = last.value.end;
    match (wanted, tail.iter().position(|byte| *byte == b',')) {
        (true, None) => vec![Edit::new(end..end, ",")],
        (false, Some(at)) => vec![Edit::new(end + at..end + at + 1, "")],
        _ => Vec::new(),
    }
}
