//! Text cut into words, with the place of each.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// NFC, lower case, without apostrophes and without a final `'s`.
    pub text: String,
    /// Where it stands: bytes of the text it came from.
    pub span: std::ops::Range<usize>,
    /// Whether only a hyphen or dash stands between it and the word before it: `self-help`.
    pub joined: bool,
}

/// The words of `text` in order: runs of letters, digits and marks; an apostrophe between letters
/// belongs to its word. Words longer than 64 characters are cut there.
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    each(text, |word, span, joined| out.push(Word { text: word.to_owned(), span, joined }));
    out
}

/// Calls `found` with each word of `text`, as [`words`] gives them.
pub fn each(text: &str, mut found: impl FnMut(&str, std::ops::Range<usize>, bool)) {
    let mut buffer = String::new();
    let mut at = 0;
    let mut hyphen = false;
    while let Some(c) = text[at..].chars().next() {
        if !is_word(c) {
            hyphen = matches!(c, '-' | '\u{2010}' | '\u{2011}') && !hyphen && at > 0;
            at += c.len_utf8();
            continue;
        }
        let end = end_of_word(text, at);
        normalise(&text[at..end], &mut buffer);
        if !buffer.is_empty() {
            found(&buffer, at..end, hyphen);
        }
        hyphen = false;
        at = end;
    }
}

fn end_of_word(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut rest = text[start..].char_indices().peekable();
    while let Some((i, c)) = rest.next() {
        let inner = is_apostrophe(c) && rest.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !is_word(c) && !inner {
            break;
        }
        end = start + i + c.len_utf8();
    }
    end
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02bc}')
}

/// Puts the word as it is compared into `out`.
fn normalise(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() && !word.contains('\'') {
        out.push_str(word);
        out.make_ascii_lowercase();
    } else {
        let owner = word.strip_suffix(['s', 'S']).filter(|it| it.ends_with(is_apostrophe));
        out.extend(
            owner.unwrap_or(word).nfc().filter(|c| !is_apostrophe(*c)).flat_map(char::to_lowercase),
        );
    }
    if let Some((cut, _)) = out.char_indices().nth(64) {
        out.truncate(cut);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn words_are_lower_case_and_without_signs() {
        assert_eq!(texts("«Selv-hjelp», O'Neill’s 3.0!"), ["selv", "hjelp", "oneill", "3", "0"]);
        assert_eq!(texts("a\u{30a}r ÆRLIG"), ["år", "ærlig"]);
    }

    #[test]
    fn a_hyphen_joins_two_words() {
        let joined: Vec<bool> = words("self-help - groups").iter().map(|w| w.joined).collect();
        assert_eq!(joined, [false, true, false]);
        assert_eq!(&"x å-b"[words("x å-b")[1].span.clone()], "å");
    }
}
