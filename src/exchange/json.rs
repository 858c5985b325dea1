//! The objects of a JSON text, one after another: of a list of any length, of lines, or a single
//! one. A broken object does not take the others with it.

use super::Unreadable;
use crate::text::said::Said;
use serde_json::Value;
use std::io::{self, BufRead};

/// The longest object, in bytes.
const MAX_OBJECT: usize = 16 << 20;

/// An object of a JSON text and the line where it begins.
pub(super) type Object = Result<(usize, Value), Unreadable>;

/// The outermost objects of a JSON text.
pub(super) struct Objects<R> {
    input: R,
    line: usize,
    is_done: bool,
}

impl<R: BufRead> Objects<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, line: 1, is_done: false }
    }

    /// Takes bytes up to the end of the next object; `None` at the end of the text.
    fn cut(&mut self, out: &mut Vec<u8>) -> io::Result<Option<(usize, bool)>> {
        out.clear();
        let (mut depth, mut in_text, mut escaped, mut start, mut fits) =
            (0_u32, false, false, 0, true);
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok((depth > 0).then_some((start, false)));
            }
            for (at, &byte) in buffer.iter().enumerate() {
                if byte == b'\n' {
                    self.line += 1;
                }
                if depth == 0 {
                    if byte == b'{' {
                        (depth, start) = (1, self.line);
                        out.push(byte);
                    }
                    continue;
                }
                if out.len() < MAX_OBJECT {
                    out.push(byte);
                } else {
                    fits = false;
                }
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' if in_text => escaped = true,
                    b'"' => in_text = !in_text,
                    b'{' if !in_text => depth += 1,
                    b'}' if !in_text => {
                        depth -= 1;
                        if depth == 0 {
                            self.input.consume(at + 1);
                            return Ok(Some((start, fits)));
                        }
                    }
                    _ => {}
                }
            }
            let used = buffer.len();
            self.input.consume(used);
        }
    }
}

impl<R: BufRead> Iterator for Objects<R> {
    type Item = Object;

    fn next(&mut self) -> Option<Object> {
        if self.is_done {
            return None;
        }
        let mut bytes = Vec::new();
        let (line, fits) = match self.cut(&mut bytes) {
            Ok(found) => found?,
            Err(error) => {
                self.is_done = true;
                return Some(Err(Unreadable::of_error(self.line, &error)));
            }
        };
        if !fits {
            let said = Said::new("import.json.unclosed");
            let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned();
            return Some(Err(Unreadable { line, text, said }));
        }
        Some(match serde_json::from_slice(&bytes) {
            Ok(value) => Ok((line, value)),
            Err(error) => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let said = Said::new("import.json.broken").with("why", error);
                Err(Unreadable { line, text, said })
            }
        })
    }
}

/// The objects in a list that an object wraps: what Zotero, pandoc and Crossref put around theirs.
pub(super) fn unwrapped(value: Value) -> Vec<Value> {
    for path in ["/items", "/references", "/message/items"] {
        if let Some(Value::Array(list)) = value.pointer(path) {
            return list.clone();
        }
    }
    match value.pointer("/message") {
        Some(inner @ Value::Object(_)) => vec![inner.clone()],
        _ => vec![value],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn objects_are_found_in_lists_and_lines_and_past_broken_ones() {
        let text =
            "[\n{\"a\": \"}\\\"{\"},\n{\"a\": nonsense}\n, {\"b\": {\"c\": 1}}]{\"d\":2}\n{\"e\"";
        let found: Vec<Object> = Objects::new(text.as_bytes()).collect();
        let lines: Vec<(usize, bool)> = found
            .iter()
            .map(|it| match it {
                Ok((line, _)) => (*line, true),
                Err(it) => (it.line, false),
            })
            .collect();
        assert_eq!(lines, [(2, true), (3, false), (4, true), (4, true), (5, false)]);
    }

    #[test]
    fn an_object_without_end_does_not_fill_memory() {
        let endless = (&b"{\"a\": \""[..]).chain(io::repeat(b'x').take(40 << 20));
        let mut objects = Objects::new(io::BufReader::new(endless));
        assert!(objects.next().unwrap().is_err());
        assert!(objects.next().is_none());
    }
}
