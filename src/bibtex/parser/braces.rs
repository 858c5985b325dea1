//! Which brace closes which, for a whole file at once.
//!
//! A value is read straight on as long as all is well. The first time that it is not, this table is
//! made, and from then on a brace that closes far away, or never, is looked up and not looked for:
//! so a file of nothing but unclosed braces is read in time linear in its length.

use std::collections::HashMap;

use super::Parser;

/// Pairs of braces in a file, and the heads that a value may not run over.
pub(super) struct Braces {
    /// Where each `{` closes, by where it stands; those that never close are not there.
    plain: Vec<(usize, usize)>,
    /// The same where `\{` and `\}` are letters.
    escaped: Vec<(usize, usize)>,
    /// Sure heads by column, in order.
    heads: HashMap<usize, Vec<usize>>,
}

/// How far a brace is looked for before the table is asked.
const NEAR: usize = 256;

/// What was found for a brace.
#[derive(Clone, Copy)]
pub(super) struct Closed {
    /// Where it closes.
    pub at: usize,
    /// A brace within it stands behind a backslash.
    pub escapes: bool,
    /// A head at the entry's own column stands within it.
    pub runs_over: bool,
}

impl Parser<'_> {
    /// Where the brace at `open` closes, as BibTeX counts.
    pub(super) fn matching(&mut self, open: usize) -> Option<usize> {
        self.closed(open).map(|closed| closed.at)
    }

    /// Where the brace at `open` closes before the limit, and what lies between.
    pub(super) fn closed(&mut self, open: usize) -> Option<Closed> {
        let far = if self.braces.is_some() { self.limit.min(open + NEAR) } else { self.limit };
        if let Some(found) = self.scan(open, far) {
            return Some(found);
        }
        let at = self.look_up(open, false)?;
        Some(Closed { at, escapes: true, runs_over: self.runs_over(open, at) })
    }

    /// Where the brace at `open` closes if `\{` and `\}` are letters.
    pub(super) fn closed_escaped(&mut self, open: usize) -> Option<usize> {
        let at = self.look_up(open, true)?;
        (!self.runs_over(open, at)).then_some(at)
    }

    fn scan(&self, open: usize, end: usize) -> Option<Closed> {
        let bytes = &self.bytes[..end];
        let mut depth = 0_usize;
        let (mut escapes, mut runs_over) = (false, false);
        let from = open + 1;
        for found in memchr::memchr3_iter(b'{', b'}', b'@', bytes.get(from..)?) {
            let at = from + found;
            if bytes[at] == b'@' {
                runs_over |= self.column.is_some() && self.is_sure_head(at) == self.column;
                continue;
            }
            escapes |= bytes[at - 1] == b'\\';
            match bytes[at] {
                b'{' => depth += 1,
                _ if depth == 0 => return Some(Closed { at, escapes, runs_over }),
                _ => depth -= 1,
            }
        }
        None
    }

    /// Whether a head at the entry's own column stands between `from` and `to`.
    pub(super) fn runs_over(&mut self, from: usize, to: usize) -> bool {
        self.next_stop(from).is_some_and(|head| head < to)
    }

    /// The next head at the entry's own column.
    pub(super) fn next_stop(&mut self, from: usize) -> Option<usize> {
        let column = self.column?;
        let heads = self.table().heads.get(&column)?;
        heads.get(heads.partition_point(|head| *head <= from)).copied()
    }

    fn look_up(&mut self, open: usize, escaped: bool) -> Option<usize> {
        let limit = self.limit;
        let table = self.table();
        let pairs = if escaped { &table.escaped } else { &table.plain };
        let found = pairs.binary_search_by_key(&open, |(open, _)| *open).ok()?;
        Some(pairs[found].1).filter(|close| *close < limit)
    }

    fn table(&mut self) -> &Braces {
        if self.braces.is_none() {
            self.braces = Some(Braces {
                plain: pairs(self.bytes, false),
                escaped: pairs(self.bytes, true),
                heads: self.heads(),
            });
        }
        self.braces.as_ref().expect("was made just now")
    }

    fn heads(&self) -> HashMap<usize, Vec<usize>> {
        let mut heads: HashMap<usize, Vec<usize>> = HashMap::new();
        for at in memchr::memchr_iter(b'@', self.bytes) {
            if let Some(column) = self.is_sure_head(at) {
                heads.entry(column).or_default().push(at);
            }
        }
        heads
    }

    /// Whether the table has been made.
    pub(super) fn is_wary(&self) -> bool {
        self.braces.is_some()
    }

    /// Makes the table: something was not as it should be.
    pub(super) fn be_wary(&mut self) {
        self.table();
    }
}

/// All pairs of braces, by where they open.
fn pairs(bytes: &[u8], escaped: bool) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    let mut letter = None;
    for at in memchr::memchr3_iter(b'{', b'}', b'\\', bytes) {
        if letter == Some(at) {
            continue;
        }
        match bytes[at] {
            b'\\' if escaped => letter = Some(at + 1),
            b'{' => open.push(at),
            b'}' => pairs.extend(open.pop().map(|open| (open, at))),
            _ => {}
        }
    }
    pairs.sort_unstable();
    pairs
}
