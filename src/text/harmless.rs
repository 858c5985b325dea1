//! Text from a file made harmless for a terminal: nothing in it can move the cursor, set the
//! clipboard or turn the direction of writing.

use std::borrow::Cow;

/// `text` with every control, format, private-use and unassigned-looking character shown as
/// `⟨U+001B⟩`. Tabs and line ends become spaces.
pub fn one_line(text: &str) -> Cow<'_, str> {
    clean(text, false)
}

/// Like [`one_line`], but line feeds are kept.
pub fn lines(text: &str) -> Cow<'_, str> {
    clean(text, true)
}

fn clean(text: &str, keep_lines: bool) -> Cow<'_, str> {
    if !text.chars().any(|c| is_harmful(c) && !(keep_lines && c == '\n')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' if keep_lines => out.push('\n'),
            '\r' if keep_lines => {}
            '\t' | '\n' | '\r' => out.push(' '),
            c if is_harmful(c) => out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c))),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether `c` can do something other than stand there: controls (Cc), formats (Cf, which hold the
/// bidirectional overrides and the tag characters), line separators, private use, noncharacters.
pub fn is_harmful(c: char) -> bool {
    matches!(u32::from(c),
        0..=0x1F | 0x7F..=0x9F | 0xAD | 0x600..=0x605 | 0x61C | 0x6DD | 0x70F | 0x890..=0x891
        | 0x8E2 | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF
        | 0xFFF9..=0xFFFB | 0x110BD | 0x110CD | 0x13430..=0x1343F | 0x1BCA0..=0x1BCA3
        | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF | 0xE000..=0xF8FF | 0xF0000..=0x10FFFF
        | 0xFDD0..=0xFDEF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_overrides_and_tags_are_shown() {
        assert_eq!(one_line("a\u{1b}[2Jb"), "a⟨U+001B⟩[2Jb");
        assert_eq!(one_line("x\u{202e}fdp"), "x⟨U+202E⟩fdp");
        assert_eq!(one_line("t\u{e0041}"), "t⟨U+E0041⟩");
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        assert!(matches!(one_line("blåbær 漢字 é"), Cow::Borrowed(_)));
        assert_eq!(lines("a\nb"), "a\nb");
    }
}
