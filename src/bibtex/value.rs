//! The pieces of a value: braced, quoted or bare, joined by `#`.

use super::Span;

/// One piece of a value; spans are without the delimiters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// `{…}`
    Braced(Span),
    /// `"…"`
    Quoted(Span),
    /// A number, the name of a macro, or words that should have stood in braces.
    Bare(Span),
}

impl Piece {
    /// What stands between the delimiters.
    pub fn inner(&self) -> &Span {
        match self {
            Self::Braced(span) | Self::Quoted(span) | Self::Bare(span) => span,
        }
    }
}

/// The pieces of the value at `span`, as the parser read them: the last one reaches to the end of
/// a value that never closes.
pub fn pieces(bytes: &[u8], span: &Span) -> Vec<Piece> {
    let mut out = Vec::with_capacity(1);
    let mut at = span.start;
    while at < span.end {
        match bytes[at] {
            open @ (b'{' | b'"') => {
                let end = end(bytes, at, span.end);
                let inner = at + 1..end;
                out.push(if open == b'{' { Piece::Braced(inner) } else { Piece::Quoted(inner) });
                at = end + 1;
            }
            b'#' => at += 1,
            byte if byte.is_ascii_whitespace() => at += 1,
            _ => {
                let end = memchr::memchr(b'#', &bytes[at..span.end]).map_or(span.end, |it| at + it);
                out.push(Piece::Bare(at..at + bytes[at..end].trim_ascii_end().len()));
                at = end;
            }
        }
    }
    out
}

/// Where the piece that opens at `open` closes: as BibTeX counts if that comes out at a `#` or the
/// end, else with `\{`, `\}` and `\"` as letters.
fn end(bytes: &[u8], open: usize, limit: usize) -> usize {
    let plain = closing(bytes, open, limit, false);
    let comes_out = |end: usize| {
        let rest = bytes[end + 1..limit].trim_ascii_start();
        rest.is_empty() || rest[0] == b'#'
    };
    if let Some(end) = plain
        && comes_out(end)
    {
        return end;
    }
    let escaped = closing(bytes, open, limit, true).filter(|end| comes_out(*end));
    escaped.or(plain).unwrap_or(limit)
}

fn closing(bytes: &[u8], open: usize, limit: usize, escaped: bool) -> Option<usize> {
    let close = if bytes[open] == b'{' { b'}' } else { b'"' };
    let mut depth = 0_usize;
    let mut at = open + 1;
    while at < limit {
        match bytes[at] {
            byte if byte == close && depth == 0 => return Some(at),
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'\\' if escaped => at += 1,
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, inner: &[&str]) {
        let pieces = pieces(value.as_bytes(), &(0..value.len()));
        let texts: Vec<&str> = pieces.iter().map(|piece| &value[piece.inner().clone()]).collect();
        assert_eq!(texts, inner);
    }

    #[test]
    fn pieces_are_split_at_signs_outside_braces() {
        check(r#"a # {b # c} # "d{"}#" #9"#, &["a", "b # c", "d{\"}#", "9"]);
        check("{a}{b}", &["a", "b"]);
        check("Two words # x", &["Two words", "x"]);
    }

    #[test]
    fn backslashes_guard_only_where_else_nothing_closes() {
        check(r"{C:\dir\}", &[r"C:\dir\"]);
        check(r"{a \{ b}", &[r"a \{ b"]);
        check(r#""Schr\"odinger""#, &[r#"Schr\"odinger"#]);
        check("{never", &["never"]);
    }
}
