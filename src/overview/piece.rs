//! What is made once of a work and put together to many files: its reference and items of lists in
//! each language, and its records in other programs' formats. Pieces are kept from one publishing to
//! the next, so that only what has changed is made anew.
//!
//! Invariants: the name of a piece is a hash of everything that it is made from, so that a piece
//! that is found is the one that would be made; where there is any doubt about what was kept, nothing
//! was kept. What was kept is a row of segments, each with its own hash, so that new pieces are put at
//! the end and half a segment is seen.

use crate::text::rich_text::{Block, Display, Face, Height, RichText, Run};
use std::collections::HashMap;
use std::ops::Range;

/// The name of a piece.
pub type Name = [u8; 16];

/// What a file of kept pieces begins with; the format's version stands in it.
const HEAD: &[u8] = b"kilde pieces 1\n";

/// A hash in such a file.
const HASH: usize = 32;

/// Some texts that are made together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Piece {
    /// The name.
    pub name: Name,
    /// The texts.
    pub parts: Vec<Vec<u8>>,
    /// Whether it is not yet among those that are kept.
    pub is_new: bool,
}

impl Piece {
    /// A part as text; empty where there is none.
    pub fn text(&self, at: usize) -> &str {
        self.parts.get(at).and_then(|it| std::str::from_utf8(it).ok()).unwrap_or_default()
    }

    /// A part in bytes; empty where there is none.
    pub fn bytes(&self, at: usize) -> &[u8] {
        self.parts.get(at).map_or(&[], Vec::as_slice)
    }

    fn length(&self) -> usize {
        size_of::<Name>() + 4 + self.parts.iter().map(|it| it.len() + 4).sum::<usize>()
    }

    fn put(&self, out: &mut Vec<u8>) {
        out.extend(self.name);
        number(self.parts.len(), out);
        for part in &self.parts {
            number(part.len(), out);
            out.extend(part);
        }
    }
}

/// The name of a piece that is made from these texts.
pub fn name(made_from: &[&str]) -> Name {
    let mut hasher = blake3::Hasher::new();
    for text in made_from {
        hasher.update(&text.len().to_le_bytes()).update(text.as_bytes());
    }
    let mut out = Name::default();
    out.copy_from_slice(&hasher.finalize().as_bytes()[..size_of::<Name>()]);
    out
}

/// Pieces of an earlier publishing.
#[derive(Debug, Default)]
pub struct Kept {
    bytes: Vec<u8>,
    at: HashMap<Name, Range<usize>>,
    is_whole: bool,
}

/// What must be done for the pieces to be kept.
#[derive(Debug, PartialEq, Eq)]
pub enum Keep {
    /// Nothing: all are kept.
    Nothing,
    /// These bytes go to the end of the file.
    Append(Vec<u8>),
    /// These bytes are the file.
    Replace(Vec<u8>),
}

impl Kept {
    /// Reads a file of pieces that was written with the same `stamp`; a file of another, or none,
    /// has no pieces. What follows a damaged segment is left out.
    pub fn read(bytes: Vec<u8>, stamp: &str) -> Self {
        let mut out = Self::default();
        let head = head(stamp);
        if bytes.get(..head.len()) != Some(head.as_slice()) {
            return out;
        }
        let mut from = head.len();
        out.is_whole = true;
        while from < bytes.len() {
            let Some(body) = segment(&bytes, from) else {
                out.is_whole = false;
                break;
            };
            from = body.end;
            let mut at = body.start;
            while let Some(piece) = piece(&bytes[..body.end], at) {
                out.at.insert(piece.0, at..piece.1);
                at = piece.1;
            }
        }
        out.bytes = bytes;
        out
    }

    /// The piece with this name, where it was kept.
    pub fn find(&self, name: &Name) -> Option<Piece> {
        let range = self.at.get(name)?.clone();
        let mut at = range.start + size_of::<Name>();
        let mut parts = Vec::new();
        for _ in 0..take(&self.bytes, &mut at)? {
            let length = take(&self.bytes, &mut at)?;
            parts.push(self.bytes.get(at..at + length)?.to_vec());
            at += length;
        }
        Some(Piece { name: *name, parts, is_new: false })
    }

    /// What must be written for `made` to be kept: what was not needed this time goes when it has
    /// become more than what was.
    pub fn keep<'a>(&self, made: impl Iterator<Item = &'a Piece> + Clone, stamp: &str) -> Keep {
        let new: usize = made.clone().filter(|it| it.is_new).map(Piece::length).sum();
        if new == 0 {
            return Keep::Nothing;
        }
        let all: usize = made.clone().map(Piece::length).sum();
        if self.is_whole && self.bytes.len() + new < 2 * all {
            let mut out = Vec::with_capacity(new + 8 + HASH);
            put_segment(made.filter(|it| it.is_new), &mut out);
            return Keep::Append(out);
        }
        let mut out = head(stamp);
        out.reserve(all + 8 + HASH);
        put_segment(made, &mut out);
        Keep::Replace(out)
    }
}

fn head(stamp: &str) -> Vec<u8> {
    let mut out = HEAD.to_vec();
    out.extend(blake3::hash(stamp.as_bytes()).as_bytes());
    out
}

/// Where the body of the segment at `from` stands; `None` where it is not as it was written.
fn segment(bytes: &[u8], from: usize) -> Option<Range<usize>> {
    let length = u64::from_le_bytes(bytes.get(from..from + 8)?.try_into().ok()?);
    let start = from + 8 + HASH;
    let end = start.checked_add(usize::try_from(length).ok()?)?;
    let hash = blake3::hash(bytes.get(start..end)?);
    (bytes[from + 8..start] == *hash.as_bytes()).then_some(start..end)
}

fn put_segment<'a>(pieces: impl Iterator<Item = &'a Piece>, out: &mut Vec<u8>) {
    let from = out.len();
    out.extend([0; 8 + HASH]);
    pieces.for_each(|it| it.put(out));
    let start = from + 8 + HASH;
    let length = (out.len() - start) as u64;
    let hash = blake3::hash(&out[start..]);
    out[from..from + 8].copy_from_slice(&length.to_le_bytes());
    out[from + 8..start].copy_from_slice(hash.as_bytes());
}

/// Name and end of the piece that begins at `at`.
fn piece(bytes: &[u8], at: usize) -> Option<(Name, usize)> {
    let name: Name = bytes.get(at..at + size_of::<Name>())?.try_into().ok()?;
    let mut at = at + size_of::<Name>();
    for _ in 0..take(bytes, &mut at)? {
        let length = take(bytes, &mut at)?;
        at = at.checked_add(length).filter(|end| *end <= bytes.len())?;
    }
    Some((name, at))
}

fn number(value: usize, out: &mut Vec<u8>) {
    out.extend((value as u32).to_le_bytes());
}

fn take(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let value = u32::from_le_bytes(bytes.get(*at..*at + 4)?.try_into().ok()?);
    *at += 4;
    Some(value as usize)
}

/// The places of a block, by number.
const DISPLAYS: [Display; 5] =
    [Display::Inline, Display::Block, Display::LeftMargin, Display::RightInline, Display::Indent];

/// A reference as the bytes of a part.
pub fn write_reference(reference: &RichText) -> Vec<u8> {
    let mut out = Vec::new();
    for block in &reference.blocks {
        out.push(DISPLAYS.iter().position(|it| *it == block.display).unwrap_or(0) as u8);
        number(block.runs.len(), &mut out);
        for run in &block.runs {
            let face = run.face;
            let marks = [face.italic, face.bold, face.small_caps, face.underline];
            let marks = marks.iter().fold(0, |all, it| all << 1 | u8::from(*it));
            let height = match face.height {
                Height::Line => 0,
                Height::Super => 1,
                Height::Sub => 2,
            };
            out.push(marks << 3 | height << 1 | u8::from(run.link.is_some()));
            for text in [Some(&run.text), run.link.as_ref()].into_iter().flatten() {
                number(text.len(), &mut out);
                out.extend(text.as_bytes());
            }
        }
    }
    out
}

/// The reference that [`write_reference`] wrote; what is otherwise is left out.
pub fn read_reference(bytes: &[u8]) -> RichText {
    let mut out = RichText::default();
    let mut at = 0;
    while let Some(block) = read_block(bytes, &mut at) {
        out.blocks.push(block);
    }
    out
}

fn read_block(bytes: &[u8], at: &mut usize) -> Option<Block> {
    let display = *DISPLAYS.get(usize::from(*bytes.get(*at)?))?;
    *at += 1;
    let mut block = Block { display, runs: Vec::new() };
    for _ in 0..take(bytes, at)? {
        let look = *bytes.get(*at)?;
        *at += 1;
        let mark = |bit: u8| look >> bit & 1 == 1;
        let height = match look >> 1 & 3 {
            1 => Height::Super,
            2 => Height::Sub,
            _ => Height::Line,
        };
        let face = Face {
            italic: mark(6),
            bold: mark(5),
            small_caps: mark(4),
            underline: mark(3),
            height,
        };
        let mut text = || -> Option<String> {
            let length = take(bytes, at)?;
            let text = std::str::from_utf8(bytes.get(*at..*at + length)?).ok()?;
            *at += length;
            Some(text.to_owned())
        };
        block.runs.push(Run {
            text: text()?,
            face,
            link: if mark(0) { Some(text()?) } else { None },
        });
    }
    Some(block)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(text: &str, is_new: bool) -> Piece {
        let parts = vec![text.as_bytes().to_vec(), Vec::new(), vec![0, 255]];
        Piece { name: name(&[text]), parts, is_new }
    }

    fn file(keep: Keep, old: &[u8]) -> Vec<u8> {
        match keep {
            Keep::Nothing => old.to_vec(),
            Keep::Append(bytes) => [old, &bytes].concat(),
            Keep::Replace(bytes) => bytes,
        }
    }

    #[test]
    fn pieces_are_found_again_and_new_ones_are_put_at_the_end() {
        let first = [made("a", true), made("b", true)];
        let bytes = file(Kept::default().keep(first.iter(), "s"), &[]);
        let kept = Kept::read(bytes.clone(), "s");
        assert_eq!(kept.find(&name(&["a"])), Some(made("a", false)));
        let second = [made("a", false), made("b", false), made("c", true)];
        let keep = kept.keep(second.iter(), "s");
        assert!(matches!(keep, Keep::Append(_)));
        let kept = Kept::read(file(keep, &bytes), "s");
        assert_eq!(kept.find(&name(&["c"])), Some(made("c", false)));
        assert_eq!(kept.keep(second[..2].iter(), "s"), Keep::Nothing);
    }

    #[test]
    fn what_is_no_longer_needed_goes_in_the_end() {
        let first: Vec<Piece> = (0..9).map(|it| made(&it.to_string(), true)).collect();
        let kept = Kept::read(file(Kept::default().keep(first.iter(), "s"), &[]), "s");
        let second = [made("x", true)];
        let Keep::Replace(bytes) = kept.keep(second.iter(), "s") else { panic!() };
        let kept = Kept::read(bytes, "s");
        assert!(kept.find(&name(&["1"])).is_none() && kept.find(&name(&["x"])).is_some());
    }

    #[test]
    fn of_a_damaged_file_or_anothers_nothing_is_kept() {
        let pieces = [made("a", true), made("b", true)];
        let bytes = file(Kept::default().keep(pieces.iter(), "s"), &[]);
        assert!(Kept::read(bytes.clone(), "other").find(&name(&["a"])).is_none());
        for at in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[at] ^= 1;
            assert!(Kept::read(bad, "s").find(&name(&["a"])).is_none(), "{at}");
            assert!(Kept::read(bytes[..at].to_vec(), "s").find(&name(&["a"])).is_none(), "{at}");
        }
        let torn = [bytes.as_slice(), &[9; 50]].concat();
        let kept = Kept::read(torn, "s");
        assert!(kept.find(&name(&["a"])).is_some());
        let more = [made("a", false), made("b", false), made("c", true)];
        assert!(matches!(kept.keep(more.iter(), "s"), Keep::Replace(_)));
    }

    #[test]
    fn a_reference_is_the_same_again() {
        let mut rich = RichText::default();
        rich.begin(Display::LeftMargin);
        rich.push("1.", Face { bold: true, ..Face::default() }, None);
        rich.begin(Display::RightInline);
        let face = Face { italic: true, height: Height::Sub, underline: true, ..Face::default() };
        rich.push("Blåbær", face, Some("https://x.no"));
        rich.push(".", Face { small_caps: true, height: Height::Super, ..Face::default() }, None);
        assert_eq!(read_reference(&write_reference(&rich)), rich);
        assert_eq!(read_reference(&write_reference(&rich)[..9]), RichText::default());
        assert_eq!(read_reference(&[]), RichText::default());
    }
}
