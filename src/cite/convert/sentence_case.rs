//! English titles that are written In Title Case, in sentence case: CSL asks for that (CSL 1.0.2
//! specification, "Title case"), since a style can make title case of it but not the reverse.
//! What braces protect is left alone, and so is every title that is not in title case all through.

use crate::text::tex_markup::Piece;

/// Small words that stay small in title case.
#[rustfmt::skip] // A table to look things up in.
const SMALL: &[&str] = &[
    "a", "an", "and", "as", "at", "be", "but", "by", "do", "for", "if", "in", "is", "it", "its", "no",
    "nor", "not", "of", "off", "on", "or", "out", "per", "so", "the", "to", "up", "via", "vs", "we",
    "who", "yet",
    "about", "across", "after", "against", "along", "among", "around", "before", "behind",
    "between", "beyond", "during", "from", "into", "onto", "over", "than", "that", "through",
    "toward", "towards", "under", "until", "upon", "versus", "when", "where", "while", "with",
    "within", "without",
];

/// How long a word must be for its capital to tell the case of its title.
const TELLING: usize = 4;

struct Word {
    /// Where it begins and ends in the characters of all pieces.
    at: std::ops::Range<usize>,
    /// Whether it opens the title or what follows a colon or a full stop.
    opens: bool,
    /// Whether a hyphen stands before it.
    joined: bool,
}

/// Puts the words of a title in title case into small letters, but for those that open it.
pub(super) fn apply(pieces: &mut [Piece]) {
    let mut chars: Vec<(char, bool)> =
        pieces.iter().flat_map(|piece| piece.text.chars().map(move |c| (c, piece.kept))).collect();
    let words = words(&chars);
    if !is_title_case(&chars, &words) {
        return;
    }
    for word in words.iter().filter(|word| !word.opens) {
        if is_capitalized(&chars[word.at.clone()])
            && let Some((first, _)) = chars.get_mut(word.at.start)
        {
            // A letter whose small form is several letters is left as it is.
            let mut small = first.to_lowercase();
            if let (Some(one), None) = (small.next(), small.next()) {
                *first = one;
            }
        }
    }
    let mut rest = chars.into_iter();
    for piece in pieces {
        let count = piece.text.chars().count();
        piece.text = rest.by_ref().take(count).map(|(c, _)| c).collect();
    }
}

fn words(chars: &[(char, bool)]) -> Vec<Word> {
    let mut words = Vec::new();
    let (mut at, mut opens, mut joined) = (0, true, false);
    while let Some((c, _)) = chars.get(at) {
        if c.is_alphanumeric() {
            let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
            let length = chars[at..].iter().take_while(|(c, _)| inside(*c)).count();
            words.push(Word { at: at..at + length, opens, joined });
            (opens, joined) = (false, false);
            at += length;
        } else {
            opens |= matches!(c, ':' | '?' | '!' | '.' | '—' | '–');
            joined = *c == '-';
            at += 1;
        }
    }
    words
}

/// Whether nearly every word that tells is capitalized, and there are two of them at least.
fn is_title_case(chars: &[(char, bool)], words: &[Word]) -> bool {
    let (mut capital, mut small) = (0, 0);
    for word in words.iter().filter(|word| !word.opens) {
        let letters = &chars[word.at.clone()];
        let text: String = letters.iter().map(|(c, _)| *c).collect();
        if is_capitalized(letters) {
            capital += usize::from(letters.len() >= TELLING);
        } else if letters.iter().all(|(c, kept)| c.is_lowercase() && !kept)
            && !word.joined
            && !SMALL.contains(&text.as_str())
        {
            small += 1;
        }
    }
    capital >= 2 && small * 5 <= capital
}

/// A capital followed by small letters, none of them in braces; `A` alone too, `I` never.
fn is_capitalized(letters: &[(char, bool)]) -> bool {
    let Some(((first, kept), rest)) = letters.split_first() else { return false };
    first.is_uppercase()
        && !kept
        && rest.iter().all(|(c, kept)| !kept && (c.is_lowercase() || matches!(c, '\'' | '’')))
        && !(rest.is_empty() && *first != 'A')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tex_markup;

    #[track_caller]
    fn check(tex: &str, expected: &str) {
        let mut pieces = tex_markup::read(tex);
        apply(&mut pieces);
        let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(text, expected);
    }

    #[test]
    fn title_case_becomes_sentence_case() {
        check("The Handbook of Salutogenesis", "The handbook of salutogenesis");
        check(
            "Participants’ Experiences of Empowerment in Self-Help Groups: A Study in {Norway}",
            "Participants’ experiences of empowerment in self-help groups: A study in Norway",
        );
        check("The TeXbook and the {ACM} Way of Life", "The TeXbook and the ACM Way of Life");
    }

    #[test]
    fn other_titles_are_left_alone() {
        for title in [
            "Self-help groups in Norway and Sweden",
            "Alcoholics Anonymous",
            "Relational Social Work and mutual/self-help groups",
            "Die Entstehung der Sozialen Arbeit",
            "Hjelp til selvhjelp i Norge",
        ] {
            check(title, title);
        }
    }
}
