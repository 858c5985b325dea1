//! The addresses of a library, and what asking for them came to.

use crate::model::Library;
use std::collections::HashSet;

/// What asking for an address came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is there.
    Alive,
    /// It is there, and says that it stands at another address for good.
    Moved(String),
    /// It leads to the front page of a site: what was meant is probably gone.
    Front(String),
    /// A login or a wall for programs stands before it: the status, or the address of the login.
    Locked(String),
    /// It is gone: the status, the address of a page that says so, or `DNS` where the host is gone.
    Dead(String),
    /// No answer, or an error of the host, which may pass: the status or what went wrong.
    Failing(String),
}

/// The fields that hold the address of a work.
const FIELDS: [&str; 3] = ["url", "fulltext", "summary"];

/// The address that a field holds, as it can be asked for: of `url`, `fulltext` and `summary` those
/// of the web, of `doi` the one at the DOI system. `None` for everything else.
pub fn address(field: &str, raw: &str) -> Option<String> {
    let value = plain(raw.trim());
    if field == "doi" {
        let doi = value.get(value.find("10.")?..)?;
        return Some(format!("https://doi.org/{}", escaped(doi, b"#?%")));
    }
    let is_web = ["https://", "http://"]
        .iter()
        .any(|scheme| value.get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme)));
    let is_one = is_web && !value.contains(char::is_whitespace);
    (FIELDS.contains(&field) && is_one).then(|| escaped(&value, b""))
}

/// Every address of the library once, in the order of its entries; inherited ones are not counted.
pub fn links(library: &Library) -> Vec<String> {
    let mut seen = HashSet::new();
    let own = library
        .entries
        .iter()
        .filter(|entry| !entry.is_broken)
        .flat_map(|entry| entry.fields.iter().filter(|field| field.from.is_none()));
    own.filter_map(|field| address(&field.name, &field.raw))
        .filter(|link| seen.insert(link.clone()))
        .collect()
}

/// Without the backslashes that some put before signs of TeX.
fn plain(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut signs = raw.chars().peekable();
    while let Some(sign) = signs.next() {
        let is_escape = sign == '\\' && signs.peek().is_some_and(|next| "_%&#~{}$".contains(*next));
        if !is_escape {
            out.push(sign);
        }
    }
    out
}

/// Signs that an address cannot hold, and `also`, as `%XX` (RFC 3986, 2.1).
fn escaped(text: &str, also: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&byte) && !also.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_hold_addresses_or_none() {
        let of = |field, raw| address(field, raw).unwrap_or_default();
        assert_eq!(of("url", " https://a.no/x\\_y%20z "), "https://a.no/x_y%20z");
        assert_eq!(of("fulltext", "HTTP://a.no/på"), "HTTP://a.no/p%C3%A5");
        assert_eq!(of("doi", "10.1000/a<b>#1"), "https://doi.org/10.1000/a%3Cb%3E%231");
        assert_eq!(of("doi", "https://doi.org/10.1000/182"), "https://doi.org/10.1000/182");
        for (field, raw) in [
            ("url", "ftp://a.no"),
            ("url", "https://a.no https://b.no"),
            ("url", "javascript:alert(1)"),
            ("doi", "none"),
            ("note", "https://a.no"),
        ] {
            assert_eq!(of(field, raw), "", "{field} {raw}");
        }
    }

    #[test]
    fn an_address_is_asked_for_once() {
        let text =
            "@online{a, url={https://a.no/}, doi={10.1000/182}}@online{b, url={https://a.no/}}";
        let library = Library::new(vec![("a.bib".into(), text.as_bytes().into())]);
        assert_eq!(links(&library), ["https://a.no/", "https://doi.org/10.1000/182"]);
    }
}
