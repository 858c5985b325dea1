//! Bytes → blocks. Never fails, never loses a byte.
//!
//! The rules of recovery, each of which came from a real file:
//! 1. `@` begins a block only as `@ name {` or `@ name (`; in the middle of a line it must also
//!    look like an entry (a known type, or a key and a comma). Else it is text.
//! 2. Braces count whether or not a backslash stands before them, as in BibTeX; where that does not
//!    come out and `\{` read as a letter does, that reading is taken. The same for `\"` in quotes.
//! 3. A value that runs over a head at the entry's own column is cut there.
//! 4. A value that never closes ends before the next line that reads `name =`; the fields from
//!    there on are read, the entry counts as broken and ends at the next head.
//! 5. `%@book{` is text where the next line begins with `%` too; else an entry.
//! 6. `@comment{` with prose on its line and heads below it is only a word.
//! 7. Missing and doubled commas, empty and bare values, keys with blanks or none: taken, and told.
//! 8. Nothing is looked for twice: see [`Braces`].
//! 9. Bytes are read, not characters; see [`encoding`](super::encoding) for those that need more.

mod braces;
mod entry;
mod head;
mod pieces;

use super::problem::What;
use super::{Block, File, Kind, Problem, Span};
use braces::Braces;

/// Reads a whole file: its blocks tile `bytes`, its problems say what was not understood.
pub fn parse(bytes: &[u8]) -> File {
    let mut parser = Parser {
        bytes,
        file: File::default(),
        limit: bytes.len(),
        column: None,
        salvaging: false,
        line: head::Line::default(),
        ahead: None,
        braces: None,
    };
    parser.run();
    parser.file
}

struct Parser<'a> {
    bytes: &'a [u8],
    file: File,
    /// Where reading stops: the end of the file, or of the broken entry being read.
    limit: usize,
    /// The column of the head of the block being read, where it stands first on its line.
    column: Option<usize>,
    /// The broken entry being read has found its end.
    salvaging: bool,
    line: head::Line,
    /// The first sure head after a place; none where the rest of the file has none.
    ahead: Option<(usize, Option<usize>)>,
    braces: Option<Braces>,
}

impl Parser<'_> {
    fn run(&mut self) {
        let mut text_from = 0;
        let mut at = 0;
        while let Some(found) = memchr::memchr(b'@', &self.bytes[at..]) {
            let start = at + found;
            let Some(head) = self.head(start, text_from) else {
                at = start + 1;
                continue;
            };
            self.salvaging = false;
            self.column = self.column_of(start);
            let word = &self.bytes[head.name.clone()];
            let read = if word.eq_ignore_ascii_case(b"comment") {
                self.comment(head.open).map(|end| (end, Kind::Comment))
            } else if word.eq_ignore_ascii_case(b"preamble") {
                Some(self.preamble(head.open))
            } else if word.eq_ignore_ascii_case(b"string") {
                Some(self.strings(head.open))
            } else {
                Some(self.entry(head.name, head.open))
            };
            let Some((end, kind)) = read else {
                at = start + 1;
                continue;
            };
            self.text(text_from..start);
            if head.after_percent {
                self.problem(start..start + 1, What::AfterPercent);
            }
            self.file.blocks.push(Block { span: start..end, kind });
            self.limit = self.bytes.len();
            at = end;
            text_from = end;
        }
        self.text(text_from..self.bytes.len());
        self.file.problems.sort_by_key(|problem| problem.span.start);
    }

    /// Ends a stretch of text; tells where it reads like a field that fell out of its entry.
    fn text(&mut self, span: Span) {
        if span.is_empty() {
            return;
        }
        let after_entry =
            matches!(self.file.blocks.last(), Some(Block { kind: Kind::Entry(_), .. }));
        if after_entry {
            self.limit = span.end;
            if let Some(field) = self.stray_field(span.start) {
                self.problem(field, What::FieldOutside);
            }
            self.limit = self.bytes.len();
        }
        self.file.blocks.push(Block { span, kind: Kind::Text });
    }

    fn byte(&self, at: usize) -> Option<u8> {
        if at < self.limit { self.bytes.get(at).copied() } else { None }
    }

    fn blanks(&self, mut at: usize) -> usize {
        while at < self.limit && self.bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        at
    }

    fn problem(&mut self, span: Span, what: What) {
        self.file.problems.push(Problem { span, what });
    }

    /// The end of `@comment{…}`; `None` where it is only a word in the text (rule 6).
    fn comment(&mut self, open: usize) -> Option<usize> {
        if self.bytes[open] == b'(' {
            let end = memchr::memchr2(b')', b'@', &self.bytes[open..])? + open;
            return (self.bytes[end] == b')').then_some(end + 1);
        }
        let close = self.matching(open)?;
        let first = self.bytes[open + 1..].iter().find(|byte| !matches!(byte, b' ' | b'\t'));
        let prose = !matches!(first, Some(b'\n' | b'\r' | b'@'));
        if prose && self.sure_head_after(open).is_some_and(|head| head < close) {
            self.be_wary();
            return None;
        }
        Some(close + 1)
    }

    fn preamble(&mut self, open: usize) -> (usize, Kind) {
        let close = closer(self.bytes[open]);
        let start = self.blanks(open + 1);
        if let pieces::Read::Whole(end) = self.value(start, close) {
            let after = self.blanks(end);
            if self.byte(after) == Some(close) {
                return (after + 1, Kind::Preamble(start..end));
            }
        }
        self.problem(open..open + 1, What::UnclosedBlock);
        (self.broken_end(open + 1), Kind::Text)
    }

    fn strings(&mut self, open: usize) -> (usize, Kind) {
        let close = closer(self.bytes[open]);
        let mut fields = Vec::new();
        let mut at = self.blanks(open + 1);
        loop {
            match self.byte(at) {
                Some(byte) if byte == close => return (at + 1, Kind::Strings(fields)),
                Some(b',') => at = self.blanks(at + 1),
                _ => match self.field(at, close) {
                    Some((field, next)) => {
                        fields.push(field);
                        at = self.blanks(next);
                    }
                    None => {
                        self.problem(open..open + 1, What::UnclosedBlock);
                        return (self.broken_end(at), Kind::Strings(fields));
                    }
                },
            }
        }
    }

    /// Where a block that cannot be read on from `at` ends: at the next head, blanks before it
    /// left out.
    fn broken_end(&self, at: usize) -> usize {
        let end = self.next_head(at).unwrap_or(self.bytes.len());
        at + self.bytes[at..end].trim_ascii_end().len()
    }
}

fn closer(open: u8) -> u8 {
    if open == b'(' { b')' } else { b'}' }
}

/// Whether `byte` may stand in a block's type or a field's name.
fn is_name(byte: u8) -> bool {
    !byte.is_ascii_whitespace()
        && !matches!(
            byte,
            b'{' | b'}' | b'(' | b')' | b',' | b'"' | b'@' | b'=' | b'#' | b'%' | b'\''
        )
}

#[cfg(test)]
mod tests;
