//! Braces or quotes around values, numbers with or without them.

use super::{Aspects, Delimiters};
use crate::bibtex::value::{Piece, pieces};
use crate::bibtex::{Entry, Span};
use crate::text::edit::Edit;

pub(super) fn edits(bytes: &[u8], entry: &Entry, aspects: &Aspects) -> Vec<Edit> {
    let mut edits = Vec::new();
    for field in &entry.fields {
        let all = pieces(bytes, &field.value);
        for piece in &all {
            edits.extend(one(bytes, piece, all.len() == 1, aspects));
        }
    }
    edits
}

/// The edits for one piece; `is_whole` says that the value is nothing else.
fn one(bytes: &[u8], piece: &Piece, is_whole: bool, aspects: &Aspects) -> Vec<Edit> {
    let digits =
        |span: &Span| !span.is_empty() && bytes[span.clone()].iter().all(u8::is_ascii_digit);
    let around = |inner: &Span, open: &str, close: &str| {
        vec![
            Edit::new(inner.start - 1..inner.start, open),
            Edit::new(inner.end..inner.end + 1, close),
        ]
    };
    match piece {
        Piece::Bare(span) if aspects.bare_numbers == Some(false) && is_whole && digits(span) => {
            let (open, close) = match aspects.delimiters {
                Some(Delimiters::Quotes) => ("\"", "\""),
                _ => ("{", "}"),
            };
            vec![Edit::new(span.start..span.start, open), Edit::new(span.end..span.end, close)]
        }
        Piece::Bare(_) => Vec::new(),
        Piece::Braced(inner) | Piece::Quoted(inner)
            if aspects.bare_numbers == Some(true) && is_whole && digits(inner) =>
        {
            around(inner, "", "")
        }
        Piece::Quoted(inner) if aspects.delimiters == Some(Delimiters::Braces) => {
            around(inner, "{", "}")
        }
        // A quote in the value would end it; a backslash before one does not help in BibTeX.
        Piece::Braced(inner)
            if aspects.delimiters == Some(Delimiters::Quotes)
                && !bytes[inner.clone()].contains(&b'"') =>
        {
            around(inner, "\"", "\"")
        }
        _ => Vec::new(),
    }
}
