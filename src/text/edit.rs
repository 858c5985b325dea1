//! Edits: the only way in which a file's bytes change.

use std::ops::Range;

/// Replaces the bytes at `span` by `insert`; an empty span inserts, an empty `insert` deletes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Bytes to be replaced.
    pub span: Range<usize>,
    /// What stands there afterwards.
    pub insert: Vec<u8>,
}

impl Edit {
    /// An edit that puts `insert` in the place of `span`.
    pub fn new(span: Range<usize>, insert: impl Into<Vec<u8>>) -> Self {
        Self { span, insert: insert.into() }
    }
}

/// Edits that cannot be carried out: they overlap or reach past the end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("edits overlap or reach past the end of the text")]
pub struct Misplaced;

/// Carries out `edits` on `text`; their spans speak of `text` as it is now, in any order.
///
/// Edits at the same empty span are carried out in the order given.
pub fn apply(text: &[u8], edits: &[Edit]) -> Result<Vec<u8>, Misplaced> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    for edit in sorted {
        if edit.span.start < at || edit.span.end < edit.span.start || edit.span.end > text.len() {
            return Err(Misplaced);
        }
        out.extend_from_slice(&text[at..edit.span.start]);
        out.extend_from_slice(&edit.insert);
        at = edit.span.end;
    }
    out.extend_from_slice(&text[at..]);
    Ok(out)
}

/// The edits that turn `apply(text, edits)` back into `text`.
pub fn inverse(text: &[u8], edits: &[Edit]) -> Result<Vec<Edit>, Misplaced> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = Vec::with_capacity(edits.len());
    let (mut at, mut grown, mut shrunk) = (0, 0, 0);
    for edit in sorted {
        if edit.span.start < at || edit.span.end < edit.span.start || edit.span.end > text.len() {
            return Err(Misplaced);
        }
        let start = edit.span.start + grown - shrunk;
        out.push(Edit::new(start..start + edit.insert.len(), &text[edit.span.clone()]));
        grown += edit.insert.len();
        shrunk += edit.span.len();
        at = edit.span.end;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn overlapping_edits_are_refused() {
        let edits = [Edit::new(0..2, "x"), Edit::new(1..3, "y")];
        assert_eq!(apply(b"abc", &edits), Err(Misplaced));
        assert_eq!(apply(b"abc", &[Edit::new(2..9, "")]), Err(Misplaced));
    }

    proptest! {
        #[test]
        fn an_edit_and_its_inverse_give_the_text_back(
            text in ".{0,40}", cuts in proptest::collection::vec((0usize..41, ".{0,5}"), 0..6)
        ) {
            let bytes = text.as_bytes();
            let mut at: Vec<usize> = cuts.iter().map(|(at, _)| (*at).min(bytes.len())).collect();
            at.sort_unstable();
            let edits: Vec<Edit> = at
                .chunks(2)
                .zip(&cuts)
                .filter(|(pair, _)| pair.len() == 2)
                .map(|(pair, (_, insert))| Edit::new(pair[0]..pair[1], insert.as_bytes()))
                .collect();
            let edited = apply(bytes, &edits).unwrap();
            let back = apply(&edited, &inverse(bytes, &edits).unwrap()).unwrap();
            prop_assert_eq!(back, bytes);
        }
    }
}
