//! The markup that values may hold, as far as it has to be recognised before it is understood.

/// What a `<span>` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cite) enum Span {
    NoCase,
    NoDecoration,
    SmallCaps,
}

/// A `<span …>` at the beginning of the text that means something: its length and its meaning.
pub(in crate::cite) fn span(text: &str) -> Option<(usize, Span)> {
    let inside = text.strip_prefix("<span")?;
    if !inside.starts_with(char::is_whitespace) {
        return None;
    }
    let end = inside.find('>')?;
    let attributes = inside[..end].trim_start();
    let class = attributes.strip_prefix("class=\"");
    let kind = match class {
        Some(class) if class.starts_with("nocase\"") => Span::NoCase,
        Some(class) if class.starts_with("nodecor\"") => Span::NoDecoration,
        Some(_) => return None,
        None => {
            let style = attributes.strip_prefix("style=\"font-variant:")?.trim_start();
            let rest = style.strip_prefix("small-caps")?;
            if !rest.trim_start_matches(';').starts_with('"') {
                return None;
            }
            Span::SmallCaps
        }
    };
    Some((5 + end + 1, kind))
}

/// Whether a letter belongs to a script that is written with capitals, spaces and italics: Latin,
/// Greek, Cyrillic and, as the reference implementation counts, Hebrew, Arabic and Thai.
pub(in crate::cite) fn is_romanesque(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c,
            '\u{e01}'..='\u{e5b}'
            | '\u{c0}'..='\u{17f}'
            | '\u{370}'..='\u{3ff}'
            | '\u{400}'..='\u{52f}'
            | '\u{590}'..='\u{5d4}'
            | '\u{5d6}'..='\u{5ff}'
            | '\u{1f00}'..='\u{1fff}'
            | '\u{600}'..='\u{6ff}'
            | '\u{200c}'..='\u{200e}'
            | '\u{218}'..='\u{21b}'
            | '\u{202a}'..='\u{202e}')
}

/// As [`is_romanesque`], with digits and the hyphen.
pub(in crate::cite) fn is_romanesque_or_digit(c: char) -> bool {
    c == '-' || c.is_ascii_digit() || is_romanesque(c)
}
