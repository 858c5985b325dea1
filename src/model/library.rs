//! The entries of one or more files, worked on together.

use super::entry::{Entry, Field, Place};
use super::{alias, inherit};
use crate::bibtex::encoding::{self, Encoding};
use crate::bibtex::value::{Piece, pieces};
use crate::bibtex::{self, File};
use crate::text::position::Lines;
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

/// One file of a library, as read.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// Where it was read from; `-` for standard input.
    pub path: PathBuf,
    /// Its text: in UTF-8, or its bytes as they are where the encoding is not known.
    pub bytes: Arc<[u8]>,
    /// What it is written in on disk.
    pub encoding: Encoding,
    /// Its blocks and problems.
    pub file: File,
    /// Starts of its lines.
    pub lines: Lines,
}

/// The entries of one or more files.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// The files in the order of their names.
    pub sources: Vec<Source>,
    /// All entries, in the order of the files.
    pub entries: Vec<Entry>,
    by_key: HashMap<String, usize>,
}

/// The longest that one value may become when macros are put in, in bytes.
const MAX_VALUE: usize = 1 << 20;

impl Library {
    /// Reads files that are already in memory. Never fails: what cannot be read is a problem of
    /// its source.
    pub fn new(files: Vec<(PathBuf, Arc<[u8]>)>) -> Self {
        Self::of(files.into_iter().map(decoded), |_| true)
    }

    /// [`Library::new`] for who only edits the files: entries have their keys, types and places,
    /// and of their fields `ids` alone; nothing is inherited.
    pub fn outline(files: Vec<(PathBuf, Arc<[u8]>)>) -> Self {
        Self::of(files.into_iter().map(decoded), |name| name.eq_ignore_ascii_case(b"ids"))
    }

    /// The library in files whose fields are of interest if `is_wanted` says so of their names.
    fn of(
        files: impl Iterator<Item = (PathBuf, Arc<[u8]>, Encoding)>,
        is_wanted: fn(&[u8]) -> bool,
    ) -> Self {
        let mut library = Self::default();
        let mut macros = Macros::default();
        for (path, bytes, encoding) in files {
            library.add(path, bytes, encoding, &mut macros, is_wanted);
        }
        for (at, entry) in library.entries.iter().enumerate() {
            if !entry.key.is_empty() {
                library.by_key.entry(entry.key.to_lowercase()).or_insert(at);
            }
        }
        for (at, entry) in library.entries.iter().enumerate() {
            for id in entry.list("ids") {
                library.by_key.entry(id.to_lowercase()).or_insert(at);
            }
        }
        inherit::resolve(&mut library);
        library
    }

    /// The library with other texts in some of its files (in UTF-8, as in [`Source::bytes`]).
    pub fn with_texts(mut self, texts: Vec<(usize, Arc<[u8]>)>) -> Self {
        for (source, text) in texts {
            self.sources[source].bytes = text;
        }
        let sources = std::mem::take(&mut self.sources);
        Self::of(sources.into_iter().map(|it| (it.path, it.bytes, it.encoding)), |_| true)
    }

    /// Which of the files has this path; a file that is not there yet is taken in, empty.
    pub fn source_at(&mut self, path: &std::path::Path) -> usize {
        match self.sources.iter().position(|source| source.path == path) {
            Some(at) => at,
            None => {
                self.sources.push(Source { path: path.to_owned(), ..Source::default() });
                self.sources.len() - 1
            }
        }
    }

    /// The entry with this citation key (or an alias in `ids`); case counts only where two keys
    /// differ in nothing else.
    pub fn by_key(&self, key: &str) -> Option<&Entry> {
        self.position(key).map(|at| &self.entries[at])
    }

    /// Where in [`Library::entries`] the entry with this citation key stands.
    pub fn position(&self, key: &str) -> Option<usize> {
        let at = *self.by_key.get(&key.to_lowercase())?;
        if self.entries[at].key == key {
            return Some(at);
        }
        Some(self.entries.iter().position(|entry| entry.key == key).unwrap_or(at))
    }

    /// The entry's bytes as written.
    pub fn written(&self, entry: &Entry) -> &[u8] {
        let source = &self.sources[entry.place.source];
        source.bytes.get(entry.place.span.clone()).unwrap_or_default()
    }

    /// The spans of an entry's parts in its source.
    pub fn block(&self, entry: &Entry) -> Option<&bibtex::Entry> {
        let file = &self.sources[entry.place.source].file;
        let at =
            file.blocks.binary_search_by_key(&entry.place.span.start, |b| b.span.start).ok()?;
        match &file.blocks[at].kind {
            bibtex::Kind::Entry(block) => Some(block),
            _ => None,
        }
    }

    fn add(
        &mut self,
        path: PathBuf,
        bytes: Arc<[u8]>,
        encoding: Encoding,
        macros: &mut Macros,
        is_wanted: fn(&[u8]) -> bool,
    ) {
        let file = bibtex::parse(&bytes);
        let lines = Lines::new(&bytes);
        let source = self.sources.len();
        for block in &file.blocks {
            match &block.kind {
                bibtex::Kind::Strings(fields) => {
                    for field in fields {
                        let value = macros.resolve(&bytes, &field.value);
                        macros.define(&bibtex::text(&bytes, &field.name), value);
                    }
                }
                bibtex::Kind::Entry(written) => {
                    let (entry_type, implied) =
                        alias::entry_type(&bibtex::text(&bytes, &written.entry_type));
                    let mut entry = Entry {
                        key: bibtex::text(&bytes, &written.key).into_owned(),
                        entry_type,
                        place: Place {
                            source,
                            span: block.span.clone(),
                            line: lines.line(block.span.start),
                        },
                        fields: Vec::new(),
                        is_broken: written.close.is_none(),
                    };
                    let wanted = |field: &&bibtex::Field| is_wanted(&bytes[field.name.clone()]);
                    for field in written.fields.iter().filter(wanted) {
                        entry.fields.push(Field {
                            name: alias::field(&bibtex::text(&bytes, &field.name)).into(),
                            raw: macros.resolve(&bytes, &field.value).into(),
                            span: field.value.clone(),
                            from: None,
                        });
                    }
                    if let Some(implied) = implied
                        && !entry.has("type")
                    {
                        entry.fields.push(Field {
                            name: "type".into(),
                            raw: implied.into(),
                            span: 0..0,
                            from: None,
                        });
                    }
                    self.entries.push(entry);
                }
                _ => {}
            }
        }
        self.sources.push(Source { path, bytes, encoding, file, lines });
    }
}

/// The text of a file, and what it is written in.
fn decoded((path, bytes): (PathBuf, Arc<[u8]>)) -> (PathBuf, Arc<[u8]>, Encoding) {
    let (text, encoding) = match encoding::decode(&bytes) {
        (Cow::Owned(text), encoding) => (text.into(), encoding),
        (Cow::Borrowed(_), encoding) => (Arc::clone(&bytes), encoding),
    };
    (path, text, encoding)
}

/// `@string` macros: names without case, the last definition before the use counts.
#[derive(Default)]
struct Macros {
    defined: HashMap<String, String>,
}

impl Macros {
    fn define(&mut self, name: &str, value: String) {
        self.defined.insert(name.to_lowercase(), value);
    }

    /// The value at `span` with macros put in. An unknown macro stands for its own name.
    fn resolve(&self, bytes: &[u8], span: &bibtex::Span) -> String {
        let mut out = String::new();
        for piece in pieces(bytes, span) {
            match piece {
                Piece::Braced(inner) | Piece::Quoted(inner) => {
                    out.push_str(&bibtex::text(bytes, &inner));
                }
                Piece::Bare(word) => {
                    let word = bibtex::text(bytes, &word);
                    match self.defined.get(&word.to_lowercase()) {
                        Some(value) if out.len() + value.len() <= MAX_VALUE => out.push_str(value),
                        Some(_) => {}
                        None => out.push_str(&word),
                    }
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library(text: &str) -> Library {
        Library::new(vec![("a.bib".into(), text.as_bytes().into())])
    }

    #[test]
    fn macros_have_no_case_and_an_unknown_one_is_its_name() {
        let it = library("@string{ACM={A}} @misc{k, x = acm # {B} # foo, month = jan}");
        assert_eq!(it.entries[0].raw("x"), Some("ABfoo"));
    }

    #[test]
    fn a_chapter_inherits_its_book_and_keeps_its_own() {
        let it = library(
            "@incollection{c, title={C}, crossref={B}, year=2014}
             @collection{b, title={Bok}, editor={E, F}, date={2013}, publisher={P}}",
        );
        let chapter = it.by_key("c").unwrap();
        assert_eq!(chapter.text("booktitle").as_deref(), Some("Bok"));
        assert_eq!(chapter.title(), "C");
        assert_eq!(chapter.year(), Some(2014));
        assert_eq!(chapter.field("publisher").unwrap().from.as_deref(), Some("b"));
    }

    #[test]
    fn circles_of_crossrefs_end() {
        let it = library(
            "@book{a, crossref={b}} @book{b, crossref={a}, title={T}} @book{c, crossref={c}}",
        );
        assert_eq!(it.by_key("a").unwrap().title(), "T");
    }

    #[test]
    fn doubling_macros_are_capped() {
        let mut text = String::from("@string{a0={xxxxxxxxxx}}");
        for i in 1..40 {
            text.push_str(&format!("@string{{a{i}=a{} # a{}}}", i - 1, i - 1));
        }
        text.push_str("@misc{k, x=a39}");
        assert!(library(&text).entries[0].fields[0].raw.len() <= MAX_VALUE);
    }
}
