//! Lines of a text of any length, with a limit to each, so that no file fills memory.

use std::io::{self, BufRead};

/// The longest line that is kept, in bytes; the rest of a longer one is passed over.
pub(super) const MAX_LINE: usize = 1 << 20;

/// The lines of a reader. Ends of lines are `\n`, `\r\n` or `\r`.
pub(super) struct Lines<R> {
    input: R,
    number: usize,
    after_return: bool,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, number: 0, after_return: false }
    }

    /// The number of the line that was read last, from 1.
    pub(super) fn number(&self) -> usize {
        self.number
    }

    /// Reads the next line into `line` without its end. `false` at the end of the text; the bool
    /// in it says whether the line was longer than [`MAX_LINE`] and was cut.
    pub(super) fn read(&mut self, line: &mut Vec<u8>) -> io::Result<Option<bool>> {
        line.clear();
        let (mut cut, mut any) = (false, false);
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                self.number += usize::from(any);
                return Ok(any.then_some(cut));
            }
            if self.after_return {
                self.after_return = false;
                if buffer[0] == b'\n' {
                    self.input.consume(1);
                    continue;
                }
            }
            any = true;
            let end = memchr::memchr2(b'\n', b'\r', buffer);
            let text = &buffer[..end.unwrap_or(buffer.len())];
            let room = MAX_LINE - line.len();
            cut |= text.len() > room;
            line.extend_from_slice(&text[..text.len().min(room)]);
            self.after_return = end.is_some_and(|at| buffer[at] == b'\r');
            let used = text.len() + usize::from(end.is_some());
            self.input.consume(used);
            if end.is_some() {
                self.number += 1;
                return Ok(Some(cut));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8], capacity: usize) -> Vec<String> {
        let mut lines = Lines::new(io::BufReader::with_capacity(capacity, text));
        let (mut line, mut out) = (Vec::new(), Vec::new());
        while lines.read(&mut line).unwrap().is_some() {
            out.push(String::from_utf8(line.clone()).unwrap());
        }
        assert_eq!(lines.number(), out.len());
        out
    }

    #[test]
    fn all_ends_of_lines_are_ends_of_lines() {
        for capacity in 1..6 {
            assert_eq!(
                lines(b"a\nb\r\nc\rd\n\r\n\re", capacity),
                ["a", "b", "c", "d", "", "", "e"]
            );
        }
    }

    #[test]
    fn a_line_without_end_is_cut_and_does_not_fill_memory() {
        let endless = io::repeat(b'x').take(50 << 20);
        let mut lines = Lines::new(io::BufReader::new(endless));
        let mut line = Vec::new();
        assert_eq!(lines.read(&mut line).unwrap(), Some(true));
        assert_eq!(line.len(), MAX_LINE);
        assert!(line.capacity() <= 2 * MAX_LINE);
    }

    use std::io::Read as _;
}
