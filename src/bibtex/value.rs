//! The pieces of a value: braced, quoted or bare, joined by `#`.

use super::Span;

/// One piece of a value; spans are without the delimiters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// `{…}`
    Braced(Span),
    /// `"…"`
    Quoted(Span),
    /// A number or the name of a macro.
    Bare(Span),
}

/// The pieces of the value at `span`.
pub fn pieces(bytes: &[u8], span: &Span) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut at = span.start;
    while at < span.end {
        match bytes[at] {
            b'{' => {
                let end = closing(bytes, at, span.end, b'}');
                out.push(Piece::Braced(at + 1..end));
                at = end + 1;
            }
            b'"' => {
                let end = closing(bytes, at, span.end, b'"');
                out.push(Piece::Quoted(at + 1..end));
                at = end + 1;
            }
            b'#' => at += 1,
            byte if byte.is_ascii_whitespace() => at += 1,
            _ => {
                let end = (at..span.end)
                    .find(|i| bytes[*i] == b'#' || bytes[*i].is_ascii_whitespace())
                    .unwrap_or(span.end);
                out.push(Piece::Bare(at..end));
                at = end;
            }
        }
    }
    out
}

/// Where the piece that opens at `open` closes, or `limit` when it does not.
fn closing(bytes: &[u8], open: usize, limit: usize, close: u8) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in bytes.iter().enumerate().take(limit).skip(open + 1) {
        match *byte {
            b'}' if depth == 0 && close == b'}' => return at,
            b'"' if depth == 0 && close == b'"' => return at,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    limit
}
