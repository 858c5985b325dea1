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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_nordic_letters_fold_to_plain_ones() {
        assert_eq!(base("Ærøskøbing Åse Ólafur Łódź čállit"), "aeroskobing ase olafur lodz callit");
    }
}
