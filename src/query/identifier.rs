//! Identifiers in their one spelling: DOI, ISBN, ISSN, and the numbers of series, so that
//! `IS-1212`, `IS 1212` and `IS-rapport 1212`, or `St.meld. nr. 16` and `Meld. St. 16`, are the same.

use crate::text::words::words;

/// `text` as identifiers are compared: a DOI without its resolver in lower case, all else in lower
/// case without blanks, hyphens, dots and colons.
pub fn normal(text: &str) -> String {
    doi(text).unwrap_or_else(|| squeeze(text))
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The DOI in `text`, which may be a bare one, one with `doi:` or one as an address.
pub fn doi(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let start = lower.find("10.")?;
    let before = &lower[..start];
    let is_start = before.is_empty()
        || before.ends_with("doi.org/")
        || before.trim_end().ends_with("doi:")
        || before.trim_end() == "doi";
    let doi = lower[start..].trim_end_matches(['.', ',', ';']);
    let (prefix, suffix) = doi.split_once('/')?;
    let digits = &prefix[3..];
    let sound = is_start
        && digits.len() >= 4
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !suffix.is_empty()
        && !suffix.contains(char::is_whitespace);
    sound.then(|| doi.to_owned())
}

/// The identifier that `text` as a whole cannot but be: a DOI, an ISBN whose check digit is right.
pub fn certain(text: &str) -> Option<String> {
    if let Some(doi) = doi(text) {
        return Some(doi);
    }
    let body = text.trim();
    let body = ["isbn:", "ISBN:", "ISBN ", "isbn "]
        .iter()
        .find_map(|it| body.strip_prefix(it))
        .unwrap_or(body);
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, '-' | ' ' | '\u{2013}' | 'x' | 'X');
    if !body.chars().all(allowed) {
        return None;
    }
    isbn(&squeeze(body))
}

/// The thirteen digits of an ISBN of ten or thirteen, if its check digit is right.
pub fn isbn(text: &str) -> Option<String> {
    let digits: Vec<u32> = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| if matches!(c, 'x' | 'X') { Some(10) } else { c.to_digit(10) })
        .collect::<Option<_>>()?;
    let check = |digits: &[u32]| {
        let sum: u32 = digits.iter().zip([1, 3].into_iter().cycle()).map(|(d, w)| d * w).sum();
        (10 - sum % 10) % 10
    };
    match digits.as_slice() {
        ten @ [.., _] if ten.len() == 10 && ten[..9].iter().all(|d| *d < 10) => {
            let sum: u32 = ten.iter().zip((1..=10).rev()).map(|(d, w)| d * w).sum();
            let mut all = vec![9, 7, 8];
            all.extend(&ten[..9]);
            all.push(check(&all));
            (sum % 11 == 0).then(|| all.iter().map(u32::to_string).collect())
        }
        all if all.len() == 13 && all[0] == 9 && all[1] == 7 && all.iter().all(|d| *d < 10) => {
            (check(&all[..12]) == all[12]).then(|| all.iter().map(u32::to_string).collect())
        }
        _ => None,
    }
}

/// Series whose names have several spellings. The longest spelling of words first.
const SERIES: &[(&[&str], &str)] = &[
    (&["st", "meld"], "meldst"),
    (&["meld", "st"], "meldst"),
    (&["stortingsmelding"], "meldst"),
    (&["stortingsmeldinga"], "meldst"),
    (&["stmeld"], "meldst"),
    (&["melding", "til", "stortinget"], "meldst"),
    (&["ot", "prp"], "otprp"),
    (&["st", "prp"], "stprp"),
    (&["odelstingsproposisjon"], "otprp"),
    (&["stortingsproposisjon"], "stprp"),
    (&["innst", "s"], "innst"),
    (&["innst", "o"], "innsto"),
    (&["innst"], "innst"),
    (&["innstilling"], "innst"),
    (&["dok"], "dokument"),
    (&["dokument"], "dokument"),
    (&["prop"], "prop"),
    (&["proposisjon"], "prop"),
    (&["nou"], "nou"),
    (&["norges", "offentlige", "utredninger"], "nou"),
    (&["sou"], "sou"),
];

/// Words that may stand between the name of a series and the number.
const FILLERS: &[&str] =
    &["nr", "no", "number", "nummer", "rapport", "report", "publikasjon", "s", "o", "l", "num"];

/// The numbers of series that `text` names, each in its one spelling and, where a year stands
/// beside it, with the year too: `nou199818`, `is1212`, `meldst34`.
pub fn series(text: &str) -> Vec<String> {
    let words = words(text);
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((name, mut next)) = series_name(text, &words, at) else {
            at += 1;
            continue;
        };
        let filler = |i: usize| words.get(i).is_some_and(|w| FILLERS.contains(&w.text.as_str()));
        while filler(next) && next < at + 5 {
            next += 1;
        }
        let number = |i: usize| {
            words.get(i).map(|w| w.text.as_str()).filter(|w| w.bytes().all(|b| b.is_ascii_digit()))
        };
        if let Some(first) = number(next) {
            out.push(format!("{name}{first}"));
            // `NOU 1998: 18`, `Rapport 2012:8`: the year and the number.
            let beside =
                words.get(next + 1).is_some_and(|w| w.span.start <= words[next].span.end + 3);
            if let Some(second) = number(next + 1).filter(|_| beside) {
                out.push(format!("{name}{first}{second}"));
            }
        }
        at = next.max(at + 1);
    }
    out.dedup();
    out
}

/// The series that is named at word `at`, and the word after its name.
fn series_name(
    text: &str,
    words: &[crate::text::words::Word],
    at: usize,
) -> Option<(String, usize)> {
    let is = |spelling: &&(&[&str], &str)| {
        spelling
            .0
            .iter()
            .enumerate()
            .all(|(i, part)| words.get(at + i).is_some_and(|w| w.text == *part))
    };
    if let Some((spelling, name)) = SERIES.iter().filter(is).max_by_key(|it| it.0.len()) {
        return Some(((*name).to_owned(), at + spelling.len()));
    }
    // Any abbreviation of capitals before a number: `IS-1212`, `HOD 2011`.
    let word = words.get(at)?;
    let written = text.get(word.span.clone())?;
    let capitals =
        written.chars().all(char::is_uppercase) && (2..=5).contains(&written.chars().count());
    let next = words.get(at + 1)?;
    let lower = written.chars().all(char::is_lowercase) && next.joined;
    ((capitals || lower) && written.chars().all(char::is_alphabetic) && written.len() <= 5)
        .then(|| (word.text.clone(), at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doi_is_one_in_every_dress() {
        for text in ["10.1177/ABC", "doi:10.1177/abc", "https://doi.org/10.1177/abc."] {
            assert_eq!(certain(text).as_deref(), Some("10.1177/abc"), "{text}");
        }
        assert_eq!(doi("version 10.15/x"), None);
    }

    #[test]
    fn an_isbn_of_ten_is_one_of_thirteen() {
        assert_eq!(isbn("0-306-40615-2").as_deref(), Some("9780306406157"));
        assert_eq!(certain("978-0-306-40615-7").as_deref(), Some("9780306406157"));
        assert_eq!(isbn("978-0-306-40615-8"), None);
        assert_eq!(certain("2012"), None);
    }

    #[test]
    fn numbers_of_series_are_the_same_in_every_spelling() {
        for text in ["IS-1212", "IS 1212", "IS-rapport 1212", "Rapport IS-1212"] {
            assert_eq!(series(text), ["is1212"], "{text}");
        }
        for text in ["St.meld. nr. 16", "Meld. St. 16", "stortingsmelding 16"] {
            assert_eq!(series(text), ["meldst16"], "{text}");
        }
        assert_eq!(series("NOU 1998: 18"), ["nou1998", "nou199818"]);
        assert_eq!(series("Meld. St. 34 (2012–2013)"), ["meldst34", "meldst342012"]);
        assert_eq!(series("Innst. 478 S (2011–2012)"), ["innst478"]);
        assert_eq!(series("de 12 trinn i 1999"), [""; 0]);
    }
}
