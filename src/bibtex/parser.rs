//! Bytes → blocks. Never fails, never loses a byte.

use super::problem::What;
use super::{Block, Entry, Field, File, Kind, Problem, Span};

/// Reads a whole file: its blocks tile `bytes`, its problems say what was not understood.
pub fn parse(bytes: &[u8]) -> File {
    let mut parser = Parser { bytes, file: File::default() };
    parser.run();
    parser.file
}

struct Parser<'a> {
    bytes: &'a [u8],
    file: File,
}

/// How reading a value ended.
enum Read {
    Whole(usize),
    Unclosed(usize),
    Nothing,
}

impl Parser<'_> {
    fn run(&mut self) {
        let mut text_from = 0;
        let mut at = 0;
        while let Some(found) = memchr::memchr(b'@', &self.bytes[at..]) {
            let head = at + found;
            let Some((name, open)) = self.head(head) else {
                at = head + 1;
                continue;
            };
            let word = self.bytes[name.clone()].to_ascii_lowercase();
            let read = match word.as_slice() {
                b"comment" => self.comment(open).map(|end| (end, Kind::Comment)),
                b"preamble" => self.preamble(open),
                b"string" => self.strings(open),
                _ => Some(self.entry(name, open)),
            };
            let Some((end, kind)) = read else {
                at = head + 1;
                continue;
            };
            if text_from < head {
                self.file.blocks.push(Block { span: text_from..head, kind: Kind::Text });
            }
            self.file.blocks.push(Block { span: head..end, kind });
            at = end;
            text_from = end;
        }
        if text_from < self.bytes.len() {
            let span = text_from..self.bytes.len();
            self.file.blocks.push(Block { span, kind: Kind::Text });
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn blanks(&self, mut at: usize) -> usize {
        while self.byte(at).is_some_and(|byte| byte.is_ascii_whitespace()) {
            at += 1;
        }
        at
    }

    fn problem(&mut self, span: Span, what: What) {
        self.file.problems.push(Problem { span, what });
    }

    /// `@ name {` at `at`: the name and where the delimiter stands. In the middle of a line it must
    /// look like an entry: a known type, or a key and a comma.
    fn head(&self, at: usize) -> Option<(Span, usize)> {
        let start = self.blanks(at + 1);
        let mut end = start;
        while self.byte(end).is_some_and(is_name) {
            end += 1;
        }
        if end == start || self.byte(start).is_some_and(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let open = self.blanks(end);
        if !matches!(self.byte(open), Some(b'{' | b'(')) {
            return None;
        }
        let line = self.bytes[..at].iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
        let line = line.map_or(0, |found| found + 1);
        let before = &self.bytes[line..at];
        let clean = before.iter().all(u8::is_ascii_whitespace)
            || before.trim_ascii_end().ends_with(b"}")
            || before.trim_ascii_end().ends_with(b")");
        if clean || is_known(&self.bytes[start..end]) || self.keyed(open + 1) {
            return Some((start..end, open));
        }
        None
    }

    /// Whether `key ,` stands at `at`.
    fn keyed(&self, at: usize) -> bool {
        let start = self.blanks(at);
        let end = (start..self.bytes.len())
            .find(|i| matches!(self.bytes[*i], b',' | b'{' | b'}' | b'=' | b'\n' | b'"'));
        end.is_some_and(|end| end > start && self.bytes[end] == b',')
    }

    /// The end of `@comment{…}`; `None` where it is only a word in the text.
    fn comment(&self, open: usize) -> Option<usize> {
        let close = self.closing(open, self.bytes.len())?;
        Some(close + 1)
    }

    fn preamble(&mut self, open: usize) -> Option<(usize, Kind)> {
        let start = self.blanks(open + 1);
        let Read::Whole(end) = self.value(start, closer(self.bytes[open])) else { return None };
        let close = self.blanks(end);
        (self.byte(close) == Some(closer(self.bytes[open])))
            .then_some((close + 1, Kind::Preamble(start..end)))
    }

    fn strings(&mut self, open: usize) -> Option<(usize, Kind)> {
        let close = closer(self.bytes[open]);
        let mut fields = Vec::new();
        let mut at = self.blanks(open + 1);
        loop {
            match self.byte(at) {
                Some(byte) if byte == close => return Some((at + 1, Kind::Strings(fields))),
                Some(b',') => at = self.blanks(at + 1),
                _ => {
                    let (field, next) = self.field(at, close)?;
                    fields.push(field);
                    at = self.blanks(next);
                }
            }
        }
    }

    /// A sound field at `at` and where it ends.
    fn field(&self, at: usize, close: u8) -> Option<(Field, usize)> {
        let name_end = self.name_end(at);
        let equals = self.blanks(name_end);
        if name_end == at || self.byte(equals) != Some(b'=') {
            return None;
        }
        let start = self.blanks(equals + 1);
        match self.value(start, close) {
            Read::Whole(end) => Some((Field { name: at..name_end, value: start..end }, end)),
            _ => None,
        }
    }

    fn name_end(&self, at: usize) -> usize {
        let mut end = at;
        while self.byte(end).is_some_and(is_field_name) {
            end += 1;
        }
        end
    }

    fn entry(&mut self, entry_type: Span, open: usize) -> (usize, Kind) {
        let close = closer(self.bytes[open]);
        let key_start = self.blanks(open + 1);
        let mut key_end = key_start;
        while let Some(byte) = self.byte(key_end) {
            if matches!(byte, b',' | b'=' | b'\n' | b'\r') || byte == close {
                break;
            }
            key_end += 1;
        }
        let mut at = key_end;
        let mut key = key_start..key_end;
        while key.end > key.start && self.bytes[key.end - 1].is_ascii_whitespace() {
            key.end -= 1;
        }
        if self.byte(at) == Some(b'=') || key.is_empty() {
            self.problem(entry_type.clone(), What::MissingKey);
            if self.byte(at) == Some(b'=') {
                at = key_start;
                key = key_start..key_start;
            }
        }
        let mut entry = Entry { entry_type, key, fields: Vec::new(), close: None };
        let mut comma = true;
        loop {
            at = self.blanks(at);
            match self.byte(at) {
                None => break,
                Some(byte) if byte == close => {
                    entry.close = Some(at);
                    at += 1;
                    return (at, Kind::Entry(entry));
                }
                Some(b',') => {
                    comma = true;
                    at += 1;
                }
                Some(b'@') if self.at_line_start(at) && self.head(at).is_some() => break,
                Some(b'%') => at = self.line_end(at),
                Some(_) => {
                    if !comma {
                        self.problem(at..at + 1, What::MissingComma);
                    }
                    comma = false;
                    match self.entry_field(at, close, &mut entry) {
                        Some(next) => at = next,
                        None => return self.broken(at, entry),
                    }
                }
            }
        }
        self.problem(entry.entry_type.clone(), What::UnclosedEntry);
        (at, Kind::Entry(entry))
    }

    /// Reads a field into `entry`; `None` where the rest of the entry cannot be read.
    fn entry_field(&mut self, at: usize, close: u8, entry: &mut Entry) -> Option<usize> {
        let name_end = self.name_end(at);
        if name_end == at {
            self.problem(at..at + 1, What::Junk);
            return Some(at + 1);
        }
        let equals = self.blanks(name_end);
        if self.byte(equals) != Some(b'=') {
            self.problem(at..name_end, What::MissingValue);
            return Some(name_end);
        }
        let start = self.blanks(equals + 1);
        match self.value(start, close) {
            Read::Whole(end) => {
                entry.fields.push(Field { name: at..name_end, value: start..end });
                Some(end)
            }
            Read::Nothing => {
                self.problem(at..equals + 1, What::MissingValue);
                Some(start)
            }
            Read::Unclosed(from) => {
                self.problem(from..from + 1, What::UnclosedValue);
                None
            }
        }
    }

    /// The end of an entry that cannot be read on from `at`: before the next head at a line's start.
    fn broken(&mut self, at: usize, entry: Entry) -> (usize, Kind) {
        let end = self.next_head(at, self.bytes.len()).unwrap_or(self.bytes.len());
        (end, Kind::Entry(entry))
    }

    /// The first block head at the start of a line in `from..limit`.
    fn next_head(&self, from: usize, limit: usize) -> Option<usize> {
        memchr::memchr_iter(b'@', &self.bytes[from..limit]).map(|found| from + found).find(|at| {
            self.at_line_start(*at)
                && self
                    .head(*at)
                    .is_some_and(|(name, open)| is_known(&self.bytes[name]) || self.keyed(open + 1))
        })
    }

    fn at_line_start(&self, at: usize) -> bool {
        self.bytes[..at]
            .iter()
            .rev()
            .take_while(|byte| !matches!(byte, b'\n' | b'\r'))
            .all(u8::is_ascii_whitespace)
    }

    fn line_end(&self, at: usize) -> usize {
        memchr::memchr2(b'\n', b'\r', &self.bytes[at..]).map_or(self.bytes.len(), |end| at + end)
    }

    /// Reads the pieces of a value at `at`, joined by `#`.
    fn value(&self, at: usize, close: u8) -> Read {
        let mut at = at;
        let mut end = at;
        let mut any = false;
        loop {
            match self.byte(at) {
                Some(b'{') => match self.closing(at, self.bytes.len()) {
                    Some(closed) if self.next_head(at, closed).is_none() => end = closed + 1,
                    _ => return Read::Unclosed(at),
                },
                Some(b'"') => match self.quote(at) {
                    Some(closed) if self.next_head(at, closed).is_none() => end = closed + 1,
                    _ => return Read::Unclosed(at),
                },
                Some(byte) if byte != close && is_bare(byte) => {
                    end = at;
                    while self.byte(end).is_some_and(|byte| byte != close && is_bare(byte)) {
                        end += 1;
                    }
                }
                _ => return if any { Read::Whole(end) } else { Read::Nothing },
            }
            any = true;
            let next = self.blanks(end);
            if self.byte(next) != Some(b'#') {
                return Read::Whole(end);
            }
            at = self.blanks(next + 1);
        }
    }

    /// Where the brace or parenthesis at `open` closes before `limit`.
    fn closing(&self, open: usize, limit: usize) -> Option<usize> {
        let close = closer(self.bytes[open]);
        let mut depth = 0_usize;
        for at in open + 1..limit {
            match self.bytes[at] {
                byte if byte == close && depth == 0 => return Some(at),
                b'{' => depth += 1,
                b'}' => depth = depth.checked_sub(1)?,
                _ => {}
            }
        }
        None
    }

    fn quote(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for at in open + 1..self.bytes.len() {
            match self.bytes[at] {
                b'"' if depth == 0 => return Some(at),
                b'{' => depth += 1,
                b'}' => depth = depth.checked_sub(1)?,
                _ => {}
            }
        }
        None
    }
}

fn closer(open: u8) -> u8 {
    if open == b'(' { b')' } else { b'}' }
}

fn is_name(byte: u8) -> bool {
    !byte.is_ascii_whitespace()
        && !matches!(
            byte,
            b'{' | b'}' | b'(' | b')' | b',' | b'"' | b'@' | b'=' | b'#' | b'%' | b'\''
        )
}

fn is_field_name(byte: u8) -> bool {
    is_name(byte)
}

fn is_bare(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && !matches!(byte, b'{' | b'}' | b',' | b'"' | b'#' | b'=' | b'@')
}

fn is_known(name: &[u8]) -> bool {
    const KNOWN: &[&str] = &[
        "article",
        "book",
        "booklet",
        "inbook",
        "incollection",
        "inproceedings",
        "conference",
        "manual",
        "mastersthesis",
        "phdthesis",
        "misc",
        "proceedings",
        "techreport",
        "unpublished",
        "collection",
        "online",
        "report",
        "thesis",
        "string",
        "preamble",
        "comment",
    ];
    KNOWN.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

#[cfg(test)]
mod tests;
