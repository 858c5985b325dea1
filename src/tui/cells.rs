//! Text measured in terminal cells: how wide it is, where it is cut, where its lines break.

use crate::text::harmless;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many cells `text` takes.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// `text` in at most `max` cells, with `…` where something was cut. What could harm a terminal is
/// shown as a code point.
pub fn cut(text: &str, max: usize) -> Cow<'_, str> {
    let text = harmless::one_line(text);
    if width(&text) <= max {
        return text;
    }
    if max == 0 {
        return Cow::Borrowed("");
    }
    let mut out = String::new();
    let mut used = 0;
    for part in text.graphemes(true) {
        let wide = width(part);
        if used + wide > max - 1 {
            break;
        }
        used += wide;
        out.push_str(part);
    }
    out.push('…');
    Cow::Owned(out)
}

/// `text` cut or filled with spaces to exactly `max` cells.
pub fn fit(text: &str, max: usize) -> String {
    let mut out = cut(text, max).into_owned();
    let missing = max.saturating_sub(width(&out));
    out.extend(std::iter::repeat_n(' ', missing));
    out
}

/// Where the lines of `text` begin and end, in bytes, when no line may take more than `max` cells:
/// broken at spaces, inside a word only where it is wider than a line. Line ends in the text are
/// kept. An empty text is one empty line.
pub fn wrap(text: &str, max: usize) -> Vec<std::ops::Range<usize>> {
    let max = max.max(1);
    let mut lines = Vec::new();
    let mut paragraph = 0;
    for piece in text.split('\n') {
        wrap_paragraph(piece, paragraph, max, &mut lines);
        paragraph += piece.len() + 1;
    }
    lines
}

fn wrap_paragraph(text: &str, at: usize, max: usize, lines: &mut Vec<std::ops::Range<usize>>) {
    let (mut start, mut used) = (0, 0);
    // Where the line may be broken: the end of its last whole word, and where the next begins.
    let mut break_at: Option<(usize, usize)> = None;
    for (here, part) in text.grapheme_indices(true) {
        let wide = width(part);
        if part == " " {
            break_at = Some((here, here + 1));
        }
        if used + wide > max && here > start {
            let (end, next) = match break_at {
                Some((end, next)) if end > start => (end, next),
                _ => (here, here),
            };
            lines.push(at + start..at + end);
            start = next;
            used = text.get(next..here).map_or(0, width);
            break_at = None;
            if part == " " && next > here {
                used = 0;
                continue;
            }
        }
        used += wide;
    }
    lines.push(at + start.min(text.len())..at + text.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, max: usize) -> Vec<&str> {
        wrap(text, max).into_iter().map(|line| &text[line]).collect()
    }

    #[test]
    fn wide_and_combining_characters_are_never_split() {
        assert_eq!(cut("漢字漢字", 5), "漢字…");
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!(fit("漢", 4), "漢  ");
        assert_eq!(width(&fit("漢字漢字", 4)), 4);
    }

    #[test]
    fn lines_break_at_spaces_and_inside_words_that_are_too_long() {
        assert_eq!(wrapped("ei bok om norsk", 7), ["ei bok", "om", "norsk"]);
        assert_eq!(wrapped("abcdefgh ij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("a\n\nb", 4), ["a", "", "b"]);
        assert_eq!(wrapped("", 4), [""]);
    }

    #[test]
    fn escape_sequences_are_shown_as_code_points() {
        assert_eq!(cut("a\u{1b}[2J", 20), "a⟨U+001B⟩[2J");
    }
}
