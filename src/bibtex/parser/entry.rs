//! Entries and their fields.

use super::super::problem::What;
use super::super::{Entry, Field, Kind, Span};
use super::pieces::Read;
use super::{Parser, closer, is_name};

/// What reading one thing in an entry led to.
enum Next {
    /// Go on from here.
    At(usize),
    /// The value that begins here never closes.
    Unclosed(usize),
}

impl Parser<'_> {
    pub(super) fn entry(&mut self, entry_type: Span, open: usize) -> (usize, Kind) {
        let close = closer(self.bytes[open]);
        let (key, mut at) = self.key(&entry_type, open, close);
        let mut entry = Entry { entry_type, key, fields: Vec::with_capacity(12), close: None };
        let mut comma = entry.key.is_empty();
        let mut broken = false;
        loop {
            at = self.blanks(at);
            let next = match self.byte(at) {
                None => break,
                Some(byte) if byte == close => {
                    entry.close = (!broken).then_some(at);
                    return (at + 1, Kind::Entry(entry));
                }
                Some(b',') => {
                    let doubled = comma && (!entry.fields.is_empty() || !entry.key.is_empty());
                    if doubled {
                        self.problem(at..at + 1, What::DoubledComma);
                    }
                    comma = true;
                    at += 1;
                    continue;
                }
                Some(b'%') => {
                    at = self.line_end(at).min(self.limit);
                    continue;
                }
                Some(b'@') if self.head(at, 0).is_some() => break,
                Some(_) => self.part(at, close, &mut comma, &mut entry),
            };
            match next {
                Next::At(next) => at = next,
                Next::Unclosed(value) => {
                    broken = true;
                    at = self.salvage(value, &mut entry);
                    comma = true;
                }
            }
        }
        if !broken {
            self.problem(entry.entry_type.clone(), What::UnclosedEntry);
        }
        let end =
            entry.entry_type.end + self.bytes[entry.entry_type.end..at].trim_ascii_end().len();
        (end, Kind::Entry(entry))
    }

    /// The key behind the delimiter at `open`, and where what follows it begins.
    fn key(&mut self, entry_type: &Span, open: usize, close: u8) -> (Span, usize) {
        let start = self.blanks(open + 1);
        let mut end = start;
        while let Some(byte) = self.byte(end) {
            if byte == close || matches!(byte, b',' | b'=' | b'\n' | b'\r') {
                break;
            }
            if byte == b'@' && self.shape(end).is_some() {
                break;
            }
            end += 1;
        }
        let mut stop = end;
        if self.byte(end) == Some(b'=') {
            // `@book{title = {T}}` has no key; in `@misc{a=b, …}` the key is `a=b`.
            let value = self.blanks(end + 1);
            let tail =
                (value..self.limit).find(|at| !is_name(self.bytes[*at])).unwrap_or(self.limit);
            let is_key = tail > value
                && self.byte(tail) == Some(b',')
                && !self.bytes[value..tail].iter().all(u8::is_ascii_digit);
            if is_key && value == end + 1 {
                (end, stop) = (tail, tail);
            } else {
                // `@book{key title = {T}}`: the comma is missing.
                let words = self.bytes[start..end].trim_ascii_end();
                let first = words.iter().position(u8::is_ascii_whitespace).unwrap_or(0);
                (end, stop) = (start + first, start + first);
            }
        }
        let end = start + self.bytes[start..end].trim_ascii_end().len();
        if end == start {
            self.problem(entry_type.clone(), What::MissingKey);
        } else if self.bytes[start..end].iter().any(u8::is_ascii_whitespace) {
            self.problem(start..end, What::SpacedKey);
        }
        (start..end, stop)
    }

    /// Reads one field, or what stands where a field should, into `entry`.
    fn part(&mut self, at: usize, close: u8, comma: &mut bool, entry: &mut Entry) -> Next {
        let name_end = self.name_end(at);
        if name_end == at {
            *comma = false;
            return Next::At(self.junk(at, close));
        }
        let equals = self.blanks(name_end);
        if self.byte(equals) != Some(b'=') {
            self.problem(at..name_end, What::MissingValue);
            return Next::At(name_end);
        }
        if !*comma {
            self.problem(at..name_end, What::MissingComma);
        }
        *comma = false;
        let start = self.blanks(equals + 1);
        match self.value(start, close) {
            Read::Whole(end) => {
                entry.fields.push(Field { name: at..name_end, value: start..end });
                Next::At(end)
            }
            Read::Nothing => {
                self.problem(at..equals + 1, What::MissingValue);
                Next::At(start)
            }
            Read::Unclosed => {
                self.problem(start..start + 1, What::UnclosedValue);
                entry.fields.push(Field { name: at..name_end, value: start..start });
                Next::Unclosed(start)
            }
        }
    }

    /// A sound field at `at` and where it ends.
    pub(super) fn field(&mut self, at: usize, close: u8) -> Option<(Field, usize)> {
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
        while self.byte(end).is_some_and(is_name) {
            end += 1;
        }
        end
    }

    /// Steps over what is no field: a group in braces whole, else up to what may mean something.
    fn junk(&mut self, at: usize, close: u8) -> usize {
        let end = match self.bytes[at] {
            b'{' => self.matching(at).map_or(at + 1, |close| close + 1),
            _ => {
                let from = at + 1;
                let tail = self.bytes[from..self.limit].iter().position(|byte| {
                    *byte == close
                        || matches!(byte, b',' | b'\n' | b'\r' | b'@' | b'{' | b'}' | b'%')
                });
                tail.map_or(self.limit, |tail| from + tail)
            }
        };
        self.problem(at..end, What::Junk);
        end
    }

    /// Rule 4: ends the value of the last field, which never closes, and the entry with the next
    /// head; gives where the fields that can still be read begin.
    fn salvage(&mut self, value: usize, entry: &mut Entry) -> usize {
        if !self.salvaging {
            self.salvaging = true;
            self.limit = self.next_head(value).unwrap_or(self.limit);
        }
        let next = self.next_field_line(value, self.limit).unwrap_or(self.limit);
        let text = self.bytes[value..next].trim_ascii_end();
        let text = text.strip_suffix(b",").unwrap_or(text);
        if let Some(field) = entry.fields.last_mut() {
            field.value = value..value + text.len();
        }
        next
    }
}
