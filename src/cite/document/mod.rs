//! The citation keys that a document cites: out of Markdown, LaTeX and what it leaves behind, Typst,
//! Word and OpenDocument. Pure; every kind of document is a file here.

mod latex;
mod markdown;
mod office;
mod typst;

use std::collections::HashSet;

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Markdown with pandoc's citations: `[@key, s. 7]`.
    Markdown,
    /// LaTeX: the commands of the `\cite` family.
    Latex,
    /// What LaTeX writes down beside a document: `.aux`.
    Aux,
    /// What BibLaTeX writes for biber: `.bcf`.
    Bcf,
    /// Typst: `@key` and `#cite(<key>)`.
    Typst,
    /// Word: fields of Zotero, Mendeley and Word itself, and `[@key]` in the text.
    Docx,
    /// OpenDocument: marks of Zotero and LibreOffice, and `[@key]` in the text.
    Odt,
}

impl Kind {
    /// The kind that a file's name says by its ending.
    pub fn from_extension(extension: &str) -> Option<Kind> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "md" | "markdown" | "qmd" | "rmd" | "txt" => Kind::Markdown,
            "tex" | "ltx" | "latex" => Kind::Latex,
            "aux" => Kind::Aux,
            "bcf" => Kind::Bcf,
            "typ" => Kind::Typst,
            "docx" | "docm" => Kind::Docx,
            "odt" | "fodt" => Kind::Odt,
            _ => return None,
        })
    }
}

/// One work that a document cites.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Cited {
    /// The citation key, as the document has it; a reference manager's own number where it has
    /// no key.
    pub key: String,
    /// The DOI, where the document knows it; empty otherwise.
    pub doi: String,
}

/// What a document cites.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Citations {
    /// The works in the order in which they are first cited.
    pub cited: Vec<Cited>,
    /// Whether the document asks for everything in its library: `\nocite{*}`, `@*`.
    pub all: bool,
}

/// A document that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// A Word or OpenDocument file that is no archive, or lacks its text.
    #[error(transparent)]
    Archive(#[from] zip::result::ZipError),
    /// A part of it that cannot be unpacked.
    #[error(transparent)]
    Part(#[from] std::io::Error),
    /// An archive that unpacks to more than any document holds.
    #[error("it unpacks to far more than a document holds")]
    Bomb,
    /// XML that is not well formed.
    #[error(transparent)]
    Xml(#[from] quick_xml::Error),
}

/// What a document cites, each work once. Text that is not UTF-8 is read as well as it goes; a
/// Markdown, LaTeX or Typst document can always be read.
pub fn citations(bytes: &[u8], kind: Kind) -> Result<Citations, Unreadable> {
    let text = || String::from_utf8_lossy(bytes);
    let mut found = Found::default();
    match kind {
        Kind::Markdown => markdown::read(&text(), &mut found),
        Kind::Latex => latex::read(&text(), &mut found),
        Kind::Aux => latex::read_aux(&text(), &mut found),
        Kind::Bcf => office::read_bcf(&text(), &mut found)?,
        Kind::Typst => typst::read(&text(), &mut found),
        Kind::Docx => office::read_docx(bytes, &mut found)?,
        Kind::Odt => office::read_odt(bytes, &mut found)?,
    }
    Ok(found.citations)
}

/// Citations while they are found.
#[derive(Default)]
struct Found {
    citations: Citations,
    seen: HashSet<Cited>,
}

impl Found {
    fn key(&mut self, key: &str) {
        self.work(key, "");
    }

    fn work(&mut self, key: &str, doi: &str) {
        let key = key.trim();
        if key == "*" {
            self.citations.all = true;
            return;
        }
        let cited = Cited { key: key.to_owned(), doi: doi.trim().to_owned() };
        if (!cited.key.is_empty() || !cited.doi.is_empty()) && self.seen.insert(cited.clone()) {
            self.citations.cited.push(cited);
        }
    }
}

#[cfg(test)]
mod tests;
