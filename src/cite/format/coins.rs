//! ContextObjects in Spans: what Zotero and library link resolvers read from a page
//! (OpenURL, ANSI/NISO Z39.88-2004, its key-value format).

use crate::cite::item::Item;
use crate::cite::item::Variable;

/// The context object of an item, per-cent coded, not yet escaped for HTML.
pub fn coins(item: &Item) -> String {
    let mut out = String::from("ctx_ver=Z39.88-2004");
    let mut add = |key: &str, value: &str| {
        if !value.is_empty() {
            out.push('&');
            out.push_str(key);
            out.push('=');
            percent(&bare(value), &mut out);
        }
    };
    let text = |name: &str| {
        Variable::named(name).and_then(|variable| item.text(variable)).unwrap_or_default()
    };
    let (format, genre, title, container) = match item.kind.as_str() {
        "article-journal" | "article-magazine" | "article-newspaper" | "review" | "review-book"
        | "article" => ("journal", "article", "rft.atitle", "rft.jtitle"),
        "chapter" | "entry" | "entry-dictionary" | "entry-encyclopedia" => {
            ("book", "bookitem", "rft.atitle", "rft.btitle")
        }
        "paper-conference" => ("book", "proceeding", "rft.atitle", "rft.btitle"),
        "book" | "pamphlet" | "classic" => ("book", "book", "rft.btitle", ""),
        "report" => ("book", "report", "rft.btitle", ""),
        "thesis" => ("dissertation", "", "rft.title", ""),
        "patent" => ("patent", "", "rft.title", ""),
        _ => ("dc", "", "rft.title", ""),
    };
    add("rft_val_fmt", &format!("info:ofi/fmt:kev:mtx:{format}"));
    add("rft.genre", genre);
    add(title, text("title"));
    if !container.is_empty() {
        add(container, text("container-title"));
    }
    match text("DOI") {
        "" => add("rft_id", text("URL")),
        doi => add("rft_id", &format!("info:doi/{doi}")),
    }
    for (at, name) in item.names(Variable::AUTHOR).iter().enumerate() {
        if name.is_literal() {
            add("rft.aucorp", &name.literal);
            continue;
        }
        let family = [name.non_dropping_particle.as_str(), name.family.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        if at == 0 {
            add("rft.aulast", &family);
            add("rft.aufirst", &name.given);
        }
        add("rft.au", format!("{} {family}", name.given).trim());
    }
    if let Some(year) = item.date(Variable::ISSUED).and_then(|date| date.start.year) {
        add("rft.date", &year.to_string());
    }
    for (key, name) in [
        ("rft.volume", "volume"),
        ("rft.issue", "issue"),
        ("rft.pages", "page"),
        ("rft.edition", "edition"),
        ("rft.series", "collection-title"),
        ("rft.place", "publisher-place"),
        ("rft.issn", "ISSN"),
        ("rft.isbn", "ISBN"),
    ] {
        add(key, text(name));
    }
    add(if format == "dissertation" { "rft.inst" } else { "rft.pub" }, text("publisher"));
    add("rft.language", &item.language);
    out
}

/// Text without CSL's markup.
fn bare(text: &str) -> String {
    let mut out = text.to_owned();
    for tag in ["<i>", "</i>", "<b>", "</b>", "<sup>", "</sup>", "<sub>", "</sub>", "</span>"] {
        out = out.replace(tag, "");
    }
    while let Some(at) = out.find("<span ") {
        let Some(end) = out[at..].find('>') else { break };
        out.replace_range(at..=at + end, "");
    }
    out
}

fn percent(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}
