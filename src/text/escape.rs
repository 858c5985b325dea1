//! Plain Unicode text turned into TeX that means the same. Total: any text has an escaped form, its
//! braces always pair up, and [`to_unicode`](super::tex::to_unicode) gives the text back.

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// `text` as TeX: what TeX would take as a command is escaped, runs of blanks are one space,
/// control characters are dropped, letters stay the letters they are (in NFC).
pub fn tex(text: &str) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut last = '\0';
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\u{a0}' => out.push('~'),
            // Two of these in a row would be a dash or a quotation mark.
            '-' | '`' | '\'' if last == c => {
                out.push_str("{}");
                out.push(c);
            }
            _ => out.push(c),
        }
        last = c;
    }
    out
}

/// `text` as the value of a verbatim field (a URL, a DOI): nothing is escaped for TeX; braces that
/// do not pair up are written as `%7B` and `%7D`.
pub fn verbatim(text: &str) -> String {
    let text = clean(text);
    let mut depth = 0_i32;
    let pairs = text.bytes().all(|byte| {
        depth += i32::from(byte == b'{') - i32::from(byte == b'}');
        depth >= 0
    });
    if pairs && depth == 0 {
        return text.into_owned();
    }
    text.replace('{', "%7B").replace('}', "%7D")
}

/// `text` in NFC, without control characters, with runs of blanks as one space and none around it.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_clean(text) && is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        if matches!(c, ' ' | '\t' | '\n' | '\r') {
            blank = true;
        } else if !c.is_control() {
            if blank && !out.is_empty() {
                out.push(' ');
            }
            blank = false;
            out.push(c);
        }
    }
    // Last: what stood on both sides of a control character may be one letter now.
    Cow::Owned(out.nfc().collect())
}

fn is_clean(text: &str) -> bool {
    let mut last = b' ';
    for byte in text.bytes() {
        // 0xC2 begins the control characters above ASCII, and other things.
        if byte < b' ' || byte == 0x7f || byte == 0xc2 || (byte == b' ' && last == b' ') {
            return false;
        }
        last = byte;
    }
    last != b' ' || text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tex::to_unicode;
    use proptest::prelude::*;

    #[test]
    fn what_tex_would_obey_is_escaped() {
        assert_eq!(tex("50 % & {x}"), r"50 \% \& \textbraceleft{}x\textbraceright{}");
        assert_eq!(tex("a -- b"), "a -{}- b");
        assert_eq!(tex("Ødegård  č\n"), "Ødegård č");
        assert_eq!(verbatim("https://a.no/{x}?a=1&b_c"), "https://a.no/{x}?a=1&b_c");
        assert_eq!(verbatim("https://a.no/}{"), "https://a.no/%7D%7B");
    }

    #[test]
    fn what_a_control_character_kept_apart_is_one_letter() {
        assert_eq!(clean("t\u{0}\u{331}"), "\u{1e6f}");
        assert_eq!(to_unicode(&tex("t\u{0}\u{331}")), "\u{1e6f}");
    }

    fn balanced(text: &str) -> bool {
        let mut depth = 0_i32;
        text.bytes().all(|byte| {
            depth += i32::from(byte == b'{') - i32::from(byte == b'}');
            depth >= 0
        }) && depth == 0
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in r#"([\\{}~^$%&#_'`a-c \n-]|\PC|[^a]){0,40}"#) {
            let escaped = tex(&text);
            prop_assert!(balanced(&escaped), "{escaped}");
            prop_assert_eq!(to_unicode(&escaped), clean(&text));
        }

        #[test]
        fn verbatim_text_is_balanced(text in r".{0,40}") {
            prop_assert!(balanced(&verbatim(&text)));
        }
    }
}
