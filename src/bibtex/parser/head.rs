//! Where blocks begin.

use super::super::Span;
use super::{Parser, is_name};

/// `@ name {`: the name, and where the delimiter stands.
pub(super) struct Head {
    pub name: Span,
    pub open: usize,
    /// It stands in a line that begins with `%`.
    pub after_percent: bool,
}

/// What is known of the line last looked at, so that a line with many `@` is read once.
#[derive(Default)]
pub(super) struct Line {
    seen: usize,
    known: bool,
    percent: bool,
    percent_below: bool,
}

/// How far a key may reach; more is no key but prose.
const LONGEST_KEY: usize = 1024;

impl Parser<'_> {
    /// The head at `at`, by rules 1 and 5; `block_end` is where the block before it ended.
    pub(super) fn head(&mut self, at: usize, block_end: usize) -> Option<Head> {
        let (name, open) = self.shape(at)?;
        let plain = self.column_of(at).is_some()
            || (block_end > 0 && self.bytes[block_end..at].trim_ascii().is_empty());
        if plain {
            let blank = name.start > at + 1 || name.end < open;
            let sure = !blank || is_known(&self.bytes[name.clone()]) || self.is_keyed(open + 1);
            return sure.then_some(Head { name, open, after_percent: false });
        }
        let known = is_known(&self.bytes[name.clone()]);
        if !known && (name.start > at + 1 || !self.is_keyed(open + 1)) {
            return None;
        }
        self.look_at_line(at);
        if self.line.percent && self.line.percent_below {
            return None;
        }
        Some(Head { name, open, after_percent: self.line.percent })
    }

    /// `@ name {` at `at`, whatever stands around it.
    pub(super) fn shape(&self, at: usize) -> Option<(Span, usize)> {
        let start = self.blanks(at + 1);
        let mut end = start;
        while self.byte(end).is_some_and(is_name) {
            end += 1;
        }
        if end == start || self.bytes[start].is_ascii_digit() {
            return None;
        }
        let open = self.blanks(end);
        matches!(self.byte(open), Some(b'{' | b'(')).then_some((start..end, open))
    }

    /// Whether `key ,` stands at `at`.
    fn is_keyed(&self, at: usize) -> bool {
        let start = self.blanks(at);
        let end = self.bytes.len().min(start + LONGEST_KEY);
        let found = self.bytes[start..end]
            .iter()
            .position(|b| matches!(b, b',' | b'{' | b'}' | b'=' | b'\n' | b'\r' | b'"' | b'@'));
        found.is_some_and(|found| found > 0 && self.bytes[start + found] == b',')
    }

    /// The column, from 0, of a thing that stands first on its line.
    pub(super) fn column_of(&self, at: usize) -> Option<usize> {
        let before = &self.bytes[..at];
        let text = before.iter().rposition(|b| !matches!(b, b' ' | b'\t'));
        match text {
            None => Some(at),
            Some(text) if matches!(before[text], b'\n' | b'\r') => Some(at - text - 1),
            // A byte order mark is no text.
            Some(2) if before.starts_with(b"\xEF\xBB\xBF") => Some(at - 3),
            Some(_) => None,
        }
    }

    /// Finds out whether the line of `at` and the one below it begin with `%`.
    fn look_at_line(&mut self, at: usize) {
        let fresh = &self.bytes[self.line.seen.min(at)..at];
        let start = match memchr::memrchr2(b'\n', b'\r', fresh) {
            Some(found) => self.line.seen + found + 1,
            None if self.line.known => {
                self.line.seen = at;
                return;
            }
            None => self.line.seen,
        };
        let first = |from: usize| {
            self.bytes[from..].iter().find(|b| !matches!(b, b' ' | b'\t')).copied() == Some(b'%')
        };
        let below = self.line_end(at);
        let below = match self.bytes.get(below..below + 2) {
            Some(b"\r\n") => below + 2,
            _ => (below + 1).min(self.bytes.len()),
        };
        self.line =
            Line { seen: at, known: true, percent: first(start), percent_below: first(below) };
    }

    pub(super) fn line_end(&self, at: usize) -> usize {
        memchr::memchr2(b'\n', b'\r', &self.bytes[at..]).map_or(self.bytes.len(), |end| at + end)
    }

    /// Whether a head stands at `at`, first on its line, that nobody could take for prose.
    pub(super) fn is_sure_head(&self, at: usize) -> Option<usize> {
        let column = self.column_of(at)?;
        let (name, open) = self.shape(at)?;
        (is_known(&self.bytes[name]) || self.is_keyed(open + 1)).then_some(column)
    }

    /// The first sure head after `from`. Asked again from further on, it looks no byte over twice.
    pub(super) fn sure_head_after(&mut self, from: usize) -> Option<usize> {
        if let Some((asked, found)) = self.ahead
            && asked <= from
            && found.is_none_or(|found| found > from)
        {
            return found;
        }
        let found = memchr::memchr_iter(b'@', &self.bytes[from + 1..])
            .map(|found| from + 1 + found)
            .find(|at| self.is_sure_head(*at).is_some());
        self.ahead = Some((from, found));
        found
    }

    /// The next head after `from`, at the start of a line or, with a known type and a key, within.
    pub(super) fn next_head(&self, from: usize) -> Option<usize> {
        memchr::memchr_iter(b'@', &self.bytes[from..]).map(|found| from + found).find(|at| {
            self.is_sure_head(*at).is_some()
                || self.shape(*at).is_some_and(|(name, open)| {
                    is_known(&self.bytes[name]) && self.is_keyed(open + 1)
                })
        })
    }
}

/// The types of BibTeX and BibLaTeX, and the three words that are no types.
fn is_known(name: &[u8]) -> bool {
    const KNOWN: &[&str] = &[
        "article",
        "artwork",
        "audio",
        "bibnote",
        "book",
        "bookinbook",
        "booklet",
        "collection",
        "comment",
        "commentary",
        "conference",
        "customa",
        "customb",
        "customc",
        "customd",
        "custome",
        "customf",
        "dataset",
        "electronic",
        "image",
        "inbook",
        "incollection",
        "inproceedings",
        "inreference",
        "jurisdiction",
        "legal",
        "legislation",
        "letter",
        "manual",
        "mastersthesis",
        "misc",
        "movie",
        "music",
        "mvbook",
        "mvcollection",
        "mvproceedings",
        "mvreference",
        "online",
        "patent",
        "performance",
        "periodical",
        "phdthesis",
        "preamble",
        "proceedings",
        "reference",
        "report",
        "review",
        "set",
        "software",
        "standard",
        "string",
        "suppbook",
        "suppcollection",
        "suppperiodical",
        "techreport",
        "thesis",
        "unpublished",
        "video",
        "www",
        "xdata",
    ];
    let mut lower = [0_u8; 16];
    let Some(lower) = lower.get_mut(..name.len()) else { return false };
    lower.copy_from_slice(name);
    lower.make_ascii_lowercase();
    KNOWN.binary_search_by(|known| known.as_bytes().cmp(lower)).is_ok()
}
