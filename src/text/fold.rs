//! Folding: spellings that a reader takes for the same.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without marks, `ø`→`o`, `æ`→`ae`, `å`→`a`, `ß`→`ss`, `þ`→`th`, `ð`/`đ`→`d`, `ł`→`l`:
/// what a foreign keyboard types.
pub fn base(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ø' => out.push('o'),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ß' => out.push_str("ss"),
            'þ' => out.push_str("th"),
            'ð' | 'đ' => out.push('d'),
            'ł' => out.push('l'),
            'ŋ' => out.push('n'),
            'ŧ' => out.push('t'),
            'ı' => out.push('i'),
            c => out.push(c),
        }
    }
    out
}

/// Lower case, `ø`/`ö`→`oe`, `æ`/`ä`→`ae`, `å`→`aa`, other marks dropped: how Norwegians and Danes
/// write their letters without a keyboard for them.
pub fn digraph(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    for c in text.nfc().flat_map(char::to_lowercase) {
        match c {
            'ø' | 'ö' => out.push_str("oe"),
            'æ' | 'ä' => out.push_str("ae"),
            'å' => out.push_str("aa"),
            c if c.is_ascii() => out.push(c),
            c => out.push_str(&base(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}

/// Swedish `ä` and `ö` as the Norwegian and Danish `æ` and `ø`; all else as it is.
pub fn norwegian(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'ä' => 'æ',
            'ö' => 'ø',
            'Ä' => 'Æ',
            'Ö' => 'Ø',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_nordic_letters_fold_to_plain_ones() {
        assert_eq!(
            digraph("Sørensen Åsen självhjälp Müller"),
            "soerensen aasen sjaelvhjaelp muller"
        );
        assert_eq!(norwegian("Göteborg"), "Gøteborg");
        assert_eq!(base("Ærøskøbing Åse Ólafur Łódź čállit"), "aeroskobing ase olafur lodz callit");
    }
}
