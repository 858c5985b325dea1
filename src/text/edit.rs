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
    Ok(slices(text, edits)?.concat())
}

/// What [`apply`] gives, as the stretches it is put together from: no byte of `text` is copied.
pub fn slices<'a>(text: &'a [u8], edits: &'a [Edit]) -> Result<Vec<&'a [u8]>, Misplaced> {
    let pieces = pieces(text.len(), edits)?;
    let slice = |piece: &Piece<'a>| match piece {
        Piece::Old(span) => &text[span.clone()],
        Piece::New(bytes) => *bytes,
    };
    Ok(pieces.iter().map(slice).collect())
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

/// The edits of `first` and then `second` as one: applied to `text` they give what `second` gives
/// on `apply(text, first)`.
pub fn compose(text: &[u8], first: &[Edit], second: &[Edit]) -> Result<Vec<Edit>, Misplaced> {
    let between = pieces(text.len(), first)?;
    let length = between.iter().map(Piece::len).sum();
    let mut out = Vec::new();
    let mut at = 0;
    let mut insert = Vec::new();
    for step in pieces(length, second)? {
        match step {
            Piece::New(bytes) => insert.extend_from_slice(bytes),
            Piece::Old(span) => {
                for part in cut(&between, &span) {
                    match part {
                        Piece::New(bytes) => insert.extend_from_slice(bytes),
                        Piece::Old(kept) => {
                            if at < kept.start || !insert.is_empty() {
                                out.push(Edit::new(at..kept.start, std::mem::take(&mut insert)));
                            }
                            at = kept.end;
                        }
                    }
                }
            }
        }
    }
    if at < text.len() || !insert.is_empty() {
        out.push(Edit::new(at..text.len(), insert));
    }
    Ok(out)
}

/// What an edited text is made of: stretches of the old one, and what was put in.
enum Piece<'a> {
    Old(Range<usize>),
    New(&'a [u8]),
}

impl Piece<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Old(span) => span.len(),
            Self::New(bytes) => bytes.len(),
        }
    }
}

fn pieces(length: usize, edits: &[Edit]) -> Result<Vec<Piece<'_>>, Misplaced> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = Vec::with_capacity(2 * edits.len() + 1);
    let mut at = 0;
    for edit in sorted {
        if edit.span.start < at || edit.span.end < edit.span.start || edit.span.end > length {
            return Err(Misplaced);
        }
        out.push(Piece::Old(at..edit.span.start));
        out.push(Piece::New(&edit.insert));
        at = edit.span.end;
    }
    out.push(Piece::Old(at..length));
    out.retain(|piece| piece.len() > 0);
    Ok(out)
}

/// The part of `pieces` at `span` of the text that they make.
fn cut<'a>(pieces: &[Piece<'a>], span: &Range<usize>) -> Vec<Piece<'a>> {
    let mut out = Vec::new();
    let mut at = 0;
    for piece in pieces {
        let from = span.start.max(at);
        let to = span.end.min(at + piece.len());
        if from < to {
            out.push(match piece {
                Piece::Old(old) => Piece::Old(old.start + from - at..old.start + to - at),
                Piece::New(bytes) => Piece::New(&bytes[from - at..to - at]),
            });
        }
        at += piece.len();
    }
    out
}

/// The one edit, as small as can be, that turns `old` at `span` of a text into `new`; `None` where
/// they are the same. It never splits a character of UTF-8.
pub fn smallest(start: usize, old: &[u8], new: &[u8]) -> Option<Edit> {
    if old == new {
        return None;
    }
    let inside = |byte: Option<&u8>| byte.is_some_and(|byte| (byte & 0xC0) == 0x80);
    let mut head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    while head > 0 && (inside(old.get(head)) || inside(new.get(head))) {
        head -= 1;
    }
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let mut tail =
        old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    while tail > 0 && inside(old_rest.get(old_rest.len() - tail)) {
        tail -= 1;
    }
    let span = start + head..start + old.len() - tail;
    Some(Edit::new(span, &new_rest[..new_rest.len() - tail]))
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

    fn cuts(most: usize) -> impl Strategy<Value = Vec<(usize, String)>> {
        proptest::collection::vec((0..most, "[x-z]{0,3}"), 0..6)
    }

    /// Edits that do not overlap, from any numbers.
    fn placed(cuts: &[(usize, String)], length: usize) -> Vec<Edit> {
        let mut at: Vec<usize> = cuts.iter().map(|(at, _)| (*at).min(length)).collect();
        at.sort_unstable();
        at.chunks_exact(2)
            .zip(cuts)
            .map(|(pair, (_, insert))| Edit::new(pair[0]..pair[1], insert.as_bytes()))
            .collect()
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

        #[test]
        fn two_rounds_of_edits_are_one(
            text in "[a-f]{0,30}", first in cuts(30), second in cuts(60)
        ) {
            let first = placed(&first, text.len());
            let between = apply(text.as_bytes(), &first).unwrap();
            let second = placed(&second, between.len());
            let both = compose(text.as_bytes(), &first, &second).unwrap();
            prop_assert_eq!(
                apply(text.as_bytes(), &both).unwrap(),
                apply(&between, &second).unwrap()
            );
        }

        #[test]
        fn the_smallest_edit_does_the_same(old in "[aåß]{0,8}", new in "[aåß]{0,8}") {
            let edits: Vec<Edit> = smallest(0, old.as_bytes(), new.as_bytes()).into_iter().collect();
            prop_assert_eq!(apply(old.as_bytes(), &edits).unwrap(), new.as_bytes());
            prop_assert!(edits.iter().all(|edit| std::str::from_utf8(&edit.insert).is_ok()));
        }
    }
}
