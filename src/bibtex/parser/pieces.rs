//! Where values end.

use super::super::Span;
use super::super::problem::What;
use super::{Parser, is_name};

/// How reading a value ended.
pub(super) enum Read {
    /// Past its last piece.
    Whole(usize),
    /// There is no value.
    Nothing,
    /// A brace or a quote never closes.
    Unclosed,
}

impl Parser<'_> {
    /// Reads the pieces of a value at `at`, joined by `#`, in a block that `close` ends.
    pub(super) fn value(&mut self, at: usize, close: u8) -> Read {
        let mut at = at;
        let mut end = at;
        let mut any = false;
        loop {
            let piece = match self.byte(at) {
                Some(b'{') => self.braced(at, close),
                Some(b'"') => self.quoted(at, close),
                Some(byte) if is_bare(byte, close) => Some(self.bare(at, close)),
                _ if any => return Read::Whole(end),
                _ => return Read::Nothing,
            };
            let Some(piece) = piece else { return Read::Unclosed };
            end = piece;
            any = true;
            let next = self.blanks(end);
            if self.byte(next) != Some(b'#') {
                return Read::Whole(end);
            }
            at = self.blanks(next + 1);
        }
    }

    fn braced(&mut self, open: usize, close: u8) -> Option<usize> {
        let plain = self.closed(open);
        if let Some(found) = plain
            && !found.runs_over
            && self.goes_on(found.at + 1, close)
        {
            return Some(found.at + 1);
        }
        self.be_wary();
        if plain.is_none_or(|found| found.escapes)
            && let Some(at) = self.closed_escaped(open)
            && plain.is_none_or(|found| found.at != at)
            && self.goes_on(at + 1, close)
        {
            self.problem(open..open + 1, What::EscapedBrace);
            return Some(at + 1);
        }
        let found = plain.filter(|found| !found.runs_over)?;
        self.next_field_line(open, found.at).is_none().then_some(found.at + 1)
    }

    fn quoted(&mut self, open: usize, close: u8) -> Option<usize> {
        let plain = self.unquoted(open, false);
        if let Some(end) = plain
            && self.goes_on(end, close)
        {
            return Some(end);
        }
        if let Some(end) = self.unquoted(open, true)
            && plain != Some(end)
            && self.goes_on(end, close)
        {
            self.problem(open..open + 1, What::EscapedQuote);
            return Some(end);
        }
        let end = plain?;
        let starts_new = self.next_field_line(open, end).is_some();
        (!starts_new).then_some(end)
    }

    /// Past the quote that closes the one at `open`.
    fn unquoted(&mut self, open: usize, escaped: bool) -> Option<usize> {
        let end = if self.is_wary() {
            self.next_stop(open).unwrap_or(self.limit).min(self.limit)
        } else {
            self.limit
        };
        let mut at = open + 1;
        while at < end {
            match self.bytes[at] {
                b'"' => return Some(at + 1),
                b'\\' if escaped => at += 1,
                b'{' => match self.closed(at) {
                    Some(inner) if !inner.runs_over => at = inner.at,
                    _ => return None,
                },
                b'}' => break,
                b'@' if self.column.is_some() && self.is_sure_head(at) == self.column => break,
                _ => {}
            }
            at += 1;
        }
        self.be_wary();
        None
    }

    /// The end of a number, the name of a macro, or words that should have stood in braces.
    fn bare(&mut self, at: usize, close: u8) -> usize {
        let mut end = at;
        while self.byte(end).is_some_and(|byte| is_bare(byte, close)) {
            end += 1;
        }
        let token = &self.bytes[at..end];
        let number = token.iter().all(u8::is_ascii_digit);
        let name = !token[0].is_ascii_digit() && token.iter().all(|byte| is_name(*byte));
        let sound = self.goes_on(end, close) || self.names_field(self.blanks(end));
        if !sound {
            while self.byte(end).is_some_and(|byte| {
                byte != close && !matches!(byte, b',' | b'\n' | b'\r' | b'}' | b'@' | b'{' | b'%')
            }) {
                end += 1;
            }
            end = at + self.bytes[at..end].trim_ascii_end().len();
        }
        if !sound || !(number || name) {
            self.problem(at..end, What::BareValue);
        }
        end
    }

    /// Whether what stands behind a value is what may stand there.
    fn goes_on(&self, at: usize, close: u8) -> bool {
        let mut next = self.blanks(at);
        while self.byte(next) == Some(b'%') {
            next = self.blanks(self.line_end(next).min(self.limit));
        }
        self.byte(next).is_some_and(|byte| byte == close || matches!(byte, b',' | b'#'))
    }

    /// Whether `name =` stands at `at`.
    fn names_field(&self, at: usize) -> bool {
        let mut end = at;
        while self.byte(end).is_some_and(is_name) {
            end += 1;
        }
        end > at && self.byte(self.blanks(end)) == Some(b'=')
    }

    /// The first line in `from..to` that begins `name = value`: where the name stands.
    pub(super) fn next_field_line(&self, from: usize, to: usize) -> Option<usize> {
        let mut at = from;
        while let Some(found) = memchr::memchr2(b'\n', b'\r', &self.bytes[at..to]) {
            at += found + 1;
            let name = self.blanks(at);
            if name >= to {
                return None;
            }
            at = name;
            if self.begins_field(name) {
                return Some(name);
            }
        }
        None
    }

    /// Whether `name =` and the beginning of a value stand at `at`.
    fn begins_field(&self, at: usize) -> bool {
        let mut end = at;
        while self.byte(end).is_some_and(is_name) {
            end += 1;
        }
        let equals = self.blanks(end);
        if end == at || self.byte(equals) != Some(b'=') || self.bytes[at].is_ascii_digit() {
            return false;
        }
        self.byte(self.blanks(equals + 1))
            .is_some_and(|byte| matches!(byte, b'{' | b'"') || byte.is_ascii_alphanumeric())
    }

    /// The name of the first thing from `from` to the limit that reads `name = {` or `name = "`.
    pub(super) fn stray_field(&self, from: usize) -> Option<Span> {
        for found in memchr::memchr_iter(b'=', &self.bytes[from..self.limit]) {
            let equals = from + found;
            let value = self.byte(self.blanks(equals + 1));
            let before = self.bytes[from..equals].trim_ascii_end();
            let name = before.iter().rposition(|byte| !is_name(*byte)).map_or(0, |it| it + 1);
            if name < before.len() && matches!(value, Some(b'{' | b'"')) {
                return Some(from + name..from + before.len());
            }
        }
        None
    }
}

fn is_bare(byte: u8, close: u8) -> bool {
    !byte.is_ascii_whitespace()
        && byte != close
        && !matches!(byte, b'{' | b'}' | b',' | b'"' | b'#' | b'=' | b'@')
}
