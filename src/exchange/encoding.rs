//! Text of any encoding as UTF-8, while it is read.
//!
//! UTF-16 and UTF-32 are known by their mark or their zeros, an encoding that an XML declaration
//! names is believed, and what is not UTF-8 in a text without either is read as Windows-1252, byte
//! by byte, so that a file put together of both comes out right.

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, BufRead, Read};

/// A reader that gives UTF-8, whatever its input is written in.
pub struct Utf8<R> {
    input: R,
    how: Option<How>,
    /// How many bytes of the input's buffer are known to be UTF-8.
    valid: usize,
    pending: Vec<u8>,
    at: usize,
}

enum How {
    /// UTF-8, strays as Windows-1252.
    Utf8,
    /// Something else; the bool says that the input has ended.
    Other(Box<Decoder>, bool),
}

impl<R: BufRead> Utf8<R> {
    /// Wraps `input`; nothing is read yet.
    pub fn new(input: R) -> Self {
        Self { input, how: None, valid: 0, pending: Vec::new(), at: 0 }
    }

    fn start(&mut self) -> io::Result<()> {
        let head = self.input.fill_buf()?;
        let (encoding, mark) = sniff(head);
        self.input.consume(mark);
        self.how = Some(if encoding == UTF_8 {
            How::Utf8
        } else {
            How::Other(Box::new(encoding.new_decoder_without_bom_handling()), false)
        });
        Ok(())
    }

    /// Makes something ready in `pending` or in the first `valid` bytes of the input's buffer;
    /// neither at the end.
    fn advance(&mut self) -> io::Result<()> {
        self.pending.clear();
        self.at = 0;
        if self.how.is_none() {
            self.start()?;
        }
        match &mut self.how {
            Some(How::Other(decoder, ended)) => {
                while self.pending.is_empty() && !*ended {
                    let buffer = self.input.fill_buf()?;
                    *ended = buffer.is_empty();
                    let room = decoder.max_utf8_buffer_length(buffer.len()).unwrap_or(1 << 16);
                    self.pending.resize(room, 0);
                    let (result, read, written, _) =
                        decoder.decode_to_utf8(buffer, &mut self.pending, *ended);
                    debug_assert_eq!(result, CoderResult::InputEmpty);
                    self.pending.truncate(written);
                    self.input.consume(read);
                }
                Ok(())
            }
            _ => self.advance_utf8(),
        }
    }

    fn advance_utf8(&mut self) -> io::Result<()> {
        let buffer = self.input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        match std::str::from_utf8(buffer) {
            Ok(_) => self.valid = buffer.len(),
            Err(error) if error.valid_up_to() > 0 => self.valid = error.valid_up_to(),
            Err(_) => self.mend()?,
        }
        Ok(())
    }

    /// The next bytes are no UTF-8, or a character that the buffer's end cuts: takes bytes until
    /// they make a character or cannot become one.
    fn mend(&mut self) -> io::Result<()> {
        let mut carry: Vec<u8> = Vec::with_capacity(4);
        while let Some(&byte) = self.input.fill_buf()?.first() {
            self.input.consume(1);
            carry.push(byte);
            match std::str::from_utf8(&carry) {
                Ok(_) => {
                    self.pending.extend_from_slice(&carry);
                    return Ok(());
                }
                Err(error) if error.error_len().is_none() => {}
                // What came before the last byte is no character; the last may begin one.
                Err(_) if carry.len() > 1 => {
                    self.stray(&carry[..carry.len() - 1]);
                    carry = vec![byte];
                    if byte.is_ascii() {
                        break;
                    }
                    if std::str::from_utf8(&carry).is_err_and(|error| error.error_len().is_some()) {
                        break;
                    }
                }
                Err(_) => break,
            }
        }
        self.stray(&carry);
        Ok(())
    }

    fn stray(&mut self, bytes: &[u8]) {
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
        self.pending.extend_from_slice(text.as_bytes());
    }
}

impl<R: BufRead> BufRead for Utf8<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.pending.len() && self.valid == 0 {
            self.advance()?;
        }
        if self.at < self.pending.len() {
            return Ok(&self.pending[self.at..]);
        }
        if self.valid == 0 {
            return Ok(&[]);
        }
        let buffer = self.input.fill_buf()?;
        Ok(&buffer[..self.valid.min(buffer.len())])
    }

    fn consume(&mut self, amount: usize) {
        if self.at < self.pending.len() {
            self.at += amount;
        } else {
            self.valid -= amount.min(self.valid);
            self.input.consume(amount);
        }
    }
}

impl<R: BufRead> Read for Utf8<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let buffer = self.fill_buf()?;
        let n = buffer.len().min(out.len());
        out[..n].copy_from_slice(&buffer[..n]);
        self.consume(n);
        Ok(n)
    }
}

/// The encoding of a text that begins with `head`, and the length of its mark.
pub fn sniff(head: &[u8]) -> (&'static Encoding, usize) {
    if let Some((encoding, length)) = Encoding::for_bom(head) {
        return (encoding, length);
    }
    let sample = &head[..head.len().min(64)];
    let zeros = |odd: usize| {
        sample.len() >= 4
            && sample.iter().skip(odd).step_by(2).all(|byte| *byte == 0)
            && sample.iter().skip(1 - odd).step_by(2).all(|byte| *byte != 0)
    };
    if zeros(1) {
        return (UTF_16LE, 0);
    }
    if zeros(0) {
        return (UTF_16BE, 0);
    }
    let declared = declaration(head).and_then(Encoding::for_label);
    // A declaration that can be read byte by byte cannot be UTF-16.
    (declared.filter(|it| *it != UTF_16LE && *it != UTF_16BE).unwrap_or(UTF_8), 0)
}

fn declaration(head: &[u8]) -> Option<&[u8]> {
    let head = head.strip_prefix(b"<?xml")?;
    let head = &head[..head.iter().position(|byte| *byte == b'>')?];
    let at = memchr::memmem::find(head, b"encoding")? + b"encoding".len();
    let rest = &head[at..];
    let quote = rest.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
    let value = &rest[quote + 1..];
    Some(&value[..value.iter().position(|byte| *byte == rest[quote])?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str) {
        // The head of a text is always read at once.
        for capacity in [128, 131] {
            let mut out = String::new();
            let input = io::BufReader::with_capacity(capacity, bytes);
            Utf8::new(input).read_to_string(&mut out).unwrap();
            assert_eq!(out, text);
        }
    }

    #[test]
    fn every_encoding_becomes_utf8() {
        let long = "Ødegård – «selvhjelp» č ".repeat(60);
        check(long.as_bytes(), &long);
        check(format!("\u{feff}{long}").as_bytes(), &long);
        let units: Vec<u16> = "TY - Ø".repeat(99).encode_utf16().collect();
        let le: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let be: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        check(&[&[0xff, 0xfe][..], &le].concat(), &"TY - Ø".repeat(99));
        check(&[&[0xfe, 0xff][..], &be].concat(), &"TY - Ø".repeat(99));
        check(b"TY  - \xd8deg\xe5rd \x96 \xf8", "TY  - Ødegård – ø");
        check(
            b"<?xml version='1.0' encoding='iso-8859-2'?><a>\xe8</a>",
            "<?xml version='1.0' encoding='iso-8859-2'?><a>č</a>",
        );
        check(b"", "");
    }

    #[test]
    fn a_file_put_together_of_two_encodings_comes_out_right() {
        check("\u{e5}\u{f8} ".repeat(80).as_bytes(), &"åø ".repeat(80));
        check(b"\xc3\xa5 \xe5b\xc3", "å åbÃ");
        check(b"\xe5\xc3\xa5", "åå");
    }
}
