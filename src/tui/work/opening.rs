//! Opening full texts, DOIs and addresses in the desktop's own program: without a shell, and only
//! what a browser or a reader of documents should be handed.

use crate::model::{Entry, Library};
use crate::session::Error;
use crate::text::said::Said;
use crate::tui::effect::Link;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Endings of files that are opened: documents to read. What a desktop would run is not.
const DOCUMENTS: &[&str] = &[
    "pdf", "epub", "djvu", "ps", "txt", "md", "html", "htm", "odt", "doc", "docx", "rtf", "png",
    "jpg", "jpeg", "tif", "tiff",
];

/// Opens what `link` means of `entry`, and gives it.
pub fn open(library: &Library, entry: &Entry, link: Link) -> Result<String, Error> {
    let address = |name: &str| entry.text(name).filter(|it| is_web(it));
    let doi = || entry.text("doi").map(|doi| format!("https://doi.org/{}", escaped(&doi)));
    let target = match link {
        Link::Doi => doi(),
        Link::Url => address("url").or_else(|| address("fulltext")).or_else(doi),
        Link::FullText => file(library, entry)
            .or_else(|| address("fulltext"))
            .or_else(|| address("url"))
            .or_else(doi),
    };
    let Some(target) = target else { return Err(Error::usage(Said::new("tui.nothing-to-open"))) };
    let program = match std::env::consts::OS {
        "macos" => "open",
        _ => "xdg-open",
    };
    Command::new(program)
        .arg(&target)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| {
            Error::world(Said::new("tui.cannot-open").with("what", &target)).because(error)
        })?;
    Ok(target)
}

/// Only the web: no `file:`, no `javascript:`, nothing that begins like an option.
fn is_web(address: &str) -> bool {
    let head = address.to_ascii_lowercase();
    (head.starts_with("https://") || head.starts_with("http://"))
        && !address.chars().any(|c| c.is_control() || c.is_whitespace())
}

/// A DOI as a part of an address.
fn escaped(doi: &str) -> String {
    let mut out = String::new();
    for byte in doi.trim().bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:;()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The first file of `file` that lies there: a document, below the library's own folder.
fn file(library: &Library, entry: &Entry) -> Option<String> {
    let value = entry.text("file")?;
    let source = &library.sources[entry.place.source].path;
    let folder = source.canonicalize().ok()?.parent()?.to_owned();
    value
        .split(';')
        .filter_map(|part| {
            // JabRef's `description:path:type`, or a path alone.
            let parts: Vec<&str> = part.split(':').collect();
            let path = if parts.len() >= 3 { parts[parts.len() - 2] } else { part };
            let path: PathBuf = folder.join(path.trim()).canonicalize().ok()?;
            let ending = path.extension()?.to_string_lossy().to_lowercase();
            let is_document = DOCUMENTS.contains(&ending.as_str());
            (is_document && path.is_file() && path.starts_with(folder.parent()?)).then_some(path)
        })
        .map(|path| path.display().to_string())
        .next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_opened() {
        for wrong in
            ["javascript:alert(1)", "file:///etc/passwd", "--help", "http://a b", "ftp://x"]
        {
            assert!(!is_web(wrong), "{wrong}");
        }
        assert!(is_web("https://example.org/x?y=1"));
    }

    #[test]
    fn a_doi_cannot_leave_its_place_in_the_address() {
        assert_eq!(escaped("10.1000/a?b#c d<e>"), "10.1000/a%3Fb%23c%20d%3Ce%3E");
    }
}
