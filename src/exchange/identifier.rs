//! Identifiers as people and programs write them: with a prefix, as a link, in a sentence.

use std::borrow::Cow;

/// An identifier that a service can be asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identifier {
    /// A digital object identifier, without any prefix.
    Doi(String),
    /// An ISBN of 10 or 13 digits, without hyphens, its check digit right.
    Isbn(String),
    /// A PubMed number.
    Pmid(String),
    /// An arXiv number, without its version.
    Arxiv(String),
}

/// The identifier that `text` is, when it is nothing else.
pub fn read(text: &str) -> Option<Identifier> {
    let text = text.trim().trim_matches(['"', '<', '>', '.']);
    let lower = text.to_lowercase();
    if let Some(doi) = doi(text) {
        let doi = doi.to_owned();
        return match doi.to_lowercase().strip_prefix("10.48550/arxiv.") {
            Some(arxiv) => Some(Identifier::Arxiv(arxiv.to_owned())),
            None => Some(Identifier::Doi(doi)),
        };
    }
    for prefix in ["pmid:", "pmid ", "https://pubmed.ncbi.nlm.nih.gov/", "pubmed:"] {
        if let Some(rest) = lower.strip_prefix(prefix) {
            let digits = rest.trim().trim_end_matches('/');
            return is_number(digits, 1..=9).then(|| Identifier::Pmid(digits.to_owned()));
        }
    }
    for prefix in ["arxiv:", "https://arxiv.org/abs/", "http://arxiv.org/abs/"] {
        if let Some(rest) = lower.strip_prefix(prefix) {
            return arxiv(rest).map(Identifier::Arxiv);
        }
    }
    if let Some(number) = arxiv(&lower).filter(|_| lower.contains('.')) {
        return Some(Identifier::Arxiv(number));
    }
    let bare = lower.strip_prefix("isbn").map_or(lower.as_str(), |rest| {
        rest.trim_start_matches("-13").trim_start_matches("-10").trim_start_matches([':', ' '])
    });
    if let Some(isbn) = isbn(bare) {
        return Some(Identifier::Isbn(isbn));
    }
    is_number(&lower, 6..=8).then_some(Identifier::Pmid(lower))
}

fn is_number(text: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The DOI that `text` is or links to, without prefix; `None` where it is none.
pub fn doi(text: &str) -> Option<&str> {
    let text = text.trim();
    let lower = text.to_lowercase();
    let from = match lower.find("10.") {
        Some(0) => 0,
        Some(at) => {
            let prefix = lower[..at].trim();
            let known = prefix == "doi"
                || prefix == "doi:"
                || prefix.ends_with("doi.org/")
                || prefix.ends_with("/doi/");
            if !known || lower.len() != text.len() {
                return None;
            }
            at
        }
        None => return None,
    };
    let doi = text.get(from..)?.trim_end_matches(['.', ',', ';']);
    let doi = doi.strip_suffix("[doi]").unwrap_or(doi).trim();
    let (registrant, suffix) = doi.split_once('/')?;
    let digits = registrant.strip_prefix("10.")?;
    let right = digits.len() >= 4
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && !suffix.is_empty()
        && !doi.contains(char::is_whitespace);
    right.then_some(doi)
}

/// `2101.00001v2` → `2101.00001`, `math.GT/0309136`; lower case is given as it stands.
fn arxiv(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('/').trim_end_matches(".pdf");
    let bare = match text.rsplit_once('v') {
        Some((bare, version)) if is_number(version, 1..=3) => bare,
        _ => text,
    };
    if let Some((archive, number)) = bare.split_once('/') {
        let named = archive.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '.'));
        return (named && !archive.is_empty() && is_number(number, 7..=7)).then(|| bare.to_owned());
    }
    let (month, number) = bare.split_once('.')?;
    (is_number(month, 4..=4) && is_number(number, 4..=5)).then(|| bare.to_owned())
}

/// The digits of an ISBN whose check digit is right.
pub fn isbn(text: &str) -> Option<String> {
    if !text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ' ' | 'x' | 'X' | '–')) {
        return None;
    }
    let digits: String =
        text.to_uppercase().chars().filter(|c| c.is_ascii_digit() || *c == 'X').collect();
    let value = |c: char| c.to_digit(10).unwrap_or(10);
    let right = match digits.len() {
        13 if !digits.contains('X') => {
            let sum: u32 =
                digits.chars().zip([1, 3].iter().cycle()).map(|(c, by)| value(c) * by).sum();
            sum % 10 == 0
        }
        10 if !digits[..9].contains('X') => {
            let sum: u32 = digits.chars().zip((1..=10).rev()).map(|(c, by)| value(c) * by).sum();
            sum % 11 == 0
        }
        _ => false,
    };
    right.then_some(digits)
}

/// The value of an identifier field in the form that BibLaTeX wants: a DOI without its link, a
/// number without its label. Other fields as they are.
pub fn tidy<'a>(field: &str, text: &'a str) -> Cow<'a, str> {
    match field {
        "doi" => doi(text).map_or(Cow::Borrowed(text), Cow::Borrowed),
        "issn" | "eissn" | "isbn" => {
            let bare = text.split(['(', '[']).next().unwrap_or(text).trim();
            Cow::Borrowed(if bare.is_empty() { text } else { bare })
        }
        "pmid" => Cow::Borrowed(text.strip_prefix("PMID:").unwrap_or(text).trim()),
        _ => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_known_by_their_form() {
        use Identifier::{Arxiv, Doi, Isbn, Pmid};
        for (text, id) in [
            ("10.1177/0898", Doi("10.1177/0898".into())),
            ("https://doi.org/10.1177/0898.", Doi("10.1177/0898".into())),
            ("doi: 10.1177/0898", Doi("10.1177/0898".into())),
            ("https://dx.doi.org/10.1177/A(b)c", Doi("10.1177/A(b)c".into())),
            ("978-82-7570-353-6", Isbn("9788275703536".into())),
            ("ISBN: 0-306-40615-2", Isbn("0306406152".into())),
            ("PMID: 12345", Pmid("12345".into())),
            ("https://pubmed.ncbi.nlm.nih.gov/12345678/", Pmid("12345678".into())),
            ("arXiv:2101.00001v2", Arxiv("2101.00001".into())),
            ("2101.00001", Arxiv("2101.00001".into())),
            ("10.48550/arXiv.2101.00001", Arxiv("2101.00001".into())),
        ] {
            assert_eq!(read(text), Some(id), "{text}");
        }
        for text in ["978-82-7570-353-7", "selvhjelp", "10.1177", "12", "@book{a}", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn fields_lose_their_labels() {
        assert_eq!(tidy("doi", "https://doi.org/10.1/x"), "https://doi.org/10.1/x");
        assert_eq!(tidy("doi", "10.1000/182 [doi]"), "10.1000/182");
        assert_eq!(tidy("issn", "0028-4793 (Print)"), "0028-4793");
        assert_eq!(tidy("title", "PMID: x"), "PMID: x");
    }
}
