//! Addresses: which may be followed, and how they are written so that nothing can be hidden in them.

use crate::text::rich_text::html::is_web;

/// `address` as it may stand in a page, or `None` where it is not of the web. Signs that an address
/// may not hold (blanks, quotes, angle brackets, a lone `%`) are written as `%20` and the like, so
/// that a damaged address still leads as far as it can.
pub fn web(address: &str) -> Option<String> {
    let address = address.trim();
    if !is_web(address) || address.contains(char::is_control) {
        return None;
    }
    let host = address.find("://").map_or(0, |at| at + 3);
    let path = address[host..].find('/').map_or(address.len(), |at| host + at);
    if path == host || address[host..path].contains([' ', '"', '<', '>', '\\', '@', '{', '}', '^'])
    {
        return None;
    }
    let mut out = address[..path].to_owned();
    let bytes = address.as_bytes();
    for (at, c) in address[path..].char_indices() {
        let at = path + at;
        let hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
        let good_percent = c == '%' && hex(at + 1) && hex(at + 2);
        match c {
            '%' if good_percent => out.push('%'),
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '[' | ']' | '%' | '\'' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            '#' if out.contains('#') => out.push_str("%23"),
            c => out.push(c),
        }
    }
    Some(out)
}

/// The address of a DOI, however it was written; `None` where it is none.
pub fn doi(text: &str) -> Option<String> {
    let bare = bare_doi(text)?;
    web(&format!(
        "https://doi.org/{}",
        bare.replace('%', "%25").replace('#', "%23").replace('?', "%3F")
    ))
}

/// A DOI without `doi:` and without an address before it.
pub fn bare_doi(text: &str) -> Option<String> {
    let at = text.find("10.")?;
    let bare = text.get(at..)?.trim();
    (bare.contains('/') && !bare.contains(char::is_whitespace)).then(|| bare.to_owned())
}

/// What an address leads to, where its end says so: `pdf`, `docx`, …
pub fn file_kind(address: &str) -> Option<&'static str> {
    let path = address.split(['?', '#']).next()?.to_lowercase();
    ["pdf", "docx", "doc", "epub", "mp3", "mp4"]
        .into_iter()
        .find(|kind| path.strip_suffix(kind).is_some_and(|rest| rest.ends_with('.')))
}

/// `text` as a part of an address: all but letters, digits and `-_.~` as `%20`.
pub fn percent(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_may_be_followed() {
        for bad in [
            "javascript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,x",
            "https://",
            "https://a\"b/",
            "https://good.no@evil.no/",
            "file:///etc/passwd",
            "ht\ntps://x.no",
        ] {
            assert_eq!(web(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_damaged_address_is_mended() {
        assert_eq!(
            web("https://www.stortinget.no/Saker-og publikasjoner?a=|\"").as_deref(),
            Some("https://www.stortinget.no/Saker-og%20publikasjoner?a=%7C%22")
        );
        assert_eq!(web("http://x.no/100%/%C3%A5").as_deref(), Some("http://x.no/100%25/%C3%A5"));
    }

    #[test]
    fn a_doi_is_found_in_an_address() {
        assert_eq!(
            doi("https://dx.doi.org/10.1/a<b>").as_deref(),
            Some("https://doi.org/10.1/a%3Cb%3E")
        );
        assert_eq!(doi("none"), None);
    }
}
