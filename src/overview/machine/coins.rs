//! COinS: an OpenURL in the `title` of an empty `<span class="Z3988">` (OpenURL COinS, 2006;
//! ANSI/NISO Z39.88-2004, key/encoded-value formats `journal`, `book`, `dissertation`, `dc`).

use super::{Class, class, container, date, listed, pages, people, publisher};
use crate::overview::link::{bare_doi, percent};
use crate::overview::work::Work;

/// The longest a value may be, in characters: what follows helps nobody to find the work.
const LONGEST: usize = 500;

/// The OpenURL that describes `work`, not yet escaped for HTML.
pub fn open_url(work: &Work) -> String {
    let class = class(work);
    let (format, genre) = match class {
        Class::Article => ("journal", Some("article")),
        Class::Book => ("book", Some("book")),
        Class::Chapter => ("book", Some("bookitem")),
        Class::Paper => ("book", Some("proceeding")),
        Class::Report => ("book", Some("report")),
        Class::Thesis => ("dissertation", None),
        Class::Other(_) => ("dc", None),
    };
    let mut out = "ctx_ver=Z39.88-2004".to_owned();
    let mut put = |key: &str, value: &str| {
        let value: String = value.chars().take(LONGEST).collect();
        if !value.trim().is_empty() {
            out.push_str(&format!("&{key}="));
            percent(value.trim(), &mut out);
        }
    };
    put("rft_val_fmt", &format!("info:ofi/fmt:kev:mtx:{format}"));
    if let Some(genre) = genre {
        put("rft.genre", genre);
    }
    if let Class::Other(kind) = class {
        put("rft.type", kind);
    }
    let field = |name: &str| work.entry.text(name).unwrap_or_default();
    match class {
        Class::Article => {
            put("rft.atitle", &work.title);
            put("rft.jtitle", &field("journaltitle"));
            put("rft.volume", &field("volume"));
            put("rft.issue", &field("number"));
        }
        Class::Chapter | Class::Paper => {
            put("rft.atitle", &work.title);
            put("rft.btitle", &container(work, "booktitle", "booksubtitle").unwrap_or_default());
        }
        Class::Book | Class::Report => put("rft.btitle", &work.title),
        Class::Thesis | Class::Other(_) => put("rft.title", &work.title),
    }
    let (names, _) = people(work);
    match names.as_slice() {
        [one] if one.given.is_empty() && !matches!(class, Class::Other(_)) => {
            put("rft.aucorp", &one.inverted());
        }
        names => {
            let key = if matches!(class, Class::Other(_)) { "rft.creator" } else { "rft.au" };
            names.iter().for_each(|name| put(key, &listed(name)));
        }
    }
    put("rft.date", &date(work, "-").unwrap_or_default());
    let publisher = publisher(work).unwrap_or_default();
    put(if class == Class::Thesis { "rft.inst" } else { "rft.pub" }, &publisher);
    put("rft.place", &field("location"));
    put("rft.series", &field("series"));
    put("rft.edition", &field("edition"));
    let (first, last) = pages(work);
    if let Some(first) = first {
        put("rft.spage", &first);
    }
    if let Some(last) = last {
        put("rft.epage", &last);
    }
    put("rft.issn", &field("issn"));
    put("rft.isbn", field("isbn").split([' ', ',']).next().unwrap_or_default());
    put("rft.language", work.tongue.as_deref().unwrap_or_default());
    if let Some(doi) = work.entry.text("doi").and_then(|doi| bare_doi(&doi)) {
        put("rft_id", &format!("info:doi/{doi}"));
    }
    // The last address that is named is the one that a reader keeps.
    let address = work.links.iter().find(|link| link.kind == "fulltext" || link.kind == "url");
    if let Some(link) = address {
        put("rft_id", &link.address);
    }
    out
}
