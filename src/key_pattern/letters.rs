//! Letters that a key can have.

use super::Dialect;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `key` without what neither BibTeX nor LaTeX can take, in ASCII: JabRef writes `Ærø` as `Aeroe`,
/// Better BibTeX as `Aero`.
pub(super) fn clean(key: &str, dialect: Dialect) -> String {
    const NEVER: &[char] = &[
        '{', '}', '(', ')', ',', '=', '\\', '"', '#', '%', '~', '\'', '`', '^', '$', '&', '@', '[',
        ']', '<', '>', '|', '?', '!', ';',
    ];
    let removed = |c: char| {
        NEVER.contains(&c)
            || c.is_whitespace()
            || c.is_control()
            || (dialect == Dialect::JabRef && matches!(c, '-' | ':' | 'ʹ'))
    };
    // Apostrophes and dashes of print go with those of the keyboard.
    let typed = |c: char| match c {
        '’' | '‘' | '“' | '”' | '«' | '»' | '…' => None,
        '–' | '—' | '‐' | '‑' => (dialect == Dialect::BetterBibTeX).then_some('-'),
        c => Some(c),
    };
    ascii(key, dialect == Dialect::JabRef)
        .chars()
        .filter_map(typed)
        .filter(|c| !removed(*c))
        .collect()
}

/// `text` with letters beyond ASCII written with those within it, case kept; other scripts stay.
pub(super) fn ascii(text: &str, long: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let composed: String = text.nfc().collect();
    for c in composed.chars() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        let spelt = match c {
            'æ' => "ae",
            'Æ' => "Ae",
            'œ' => "oe",
            'Œ' => "Oe",
            'ß' => "ss",
            'þ' => "th",
            'Þ' => "Th",
            'ð' | 'đ' => "d",
            'Ð' | 'Đ' => "D",
            'ł' => "l",
            'Ł' => "L",
            'ŋ' => "n",
            'Ŋ' => "N",
            'ŧ' => "t",
            'Ŧ' => "T",
            'ı' => "i",
            'ø' | 'ö' if long => "oe",
            'Ø' | 'Ö' if long => "Oe",
            'å' if long => "aa",
            'Å' if long => "Aa",
            'ä' if long => "ae",
            'Ä' if long => "Ae",
            'ü' if long => "ue",
            'Ü' if long => "Ue",
            'ø' => "o",
            'Ø' => "O",
            c => {
                out.extend(std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)));
                continue;
            }
        };
        out.push_str(spelt);
    }
    out
}
