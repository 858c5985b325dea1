//! What the rules look at: the library, an entry, a field, each with its place in the file.

use super::facts::Facts;
use super::known::Model;
use super::settings::Settings;
use crate::bibtex::habits::Habits;
use crate::bibtex::value::{Piece, pieces};
use crate::bibtex::{self, change};
use crate::model::{Entry, Field, Library, alias};
use crate::text::edit::Edit;
use std::ops::Range;
use std::sync::OnceLock;

/// The whole library.
pub struct LibraryView<'a> {
    /// All of it.
    pub library: &'a Library,
    /// What the user has set.
    pub settings: &'a Settings,
    /// What is known besides.
    pub facts: &'a Facts,
    /// BibLaTeX's data model.
    pub model: &'static Model,
    /// Whether the file speaks BibTeX (`journal`, `address`) rather than BibLaTeX.
    pub is_bibtex: bool,
    habits: Vec<OnceLock<Habits>>,
}

impl<'a> LibraryView<'a> {
    /// Looks at `library`.
    pub fn new(library: &'a Library, settings: &'a Settings, facts: &'a Facts) -> Self {
        let habits = library.sources.iter().map(|_| OnceLock::new()).collect();
        let is_bibtex = is_bibtex(library);
        Self { library, settings, facts, model: Model::get(), is_bibtex, habits }
    }

    /// How a file of the library is written.
    fn habits(&self, source: usize) -> &Habits {
        let file = &self.library.sources[source];
        self.habits[source].get_or_init(|| Habits::of(&file.bytes, &file.file))
    }

    /// The entry at `at`; `None` where its bytes are broken.
    pub fn entry(&'a self, at: usize) -> Option<EntryView<'a>> {
        let entry = &self.library.entries[at];
        if entry.is_broken {
            return None;
        }
        let block = self.library.block(entry)?;
        let bytes: &[u8] = &self.library.sources[entry.place.source].bytes;
        let mut fields = Vec::with_capacity(entry.fields.len());
        for field in entry.fields.iter().filter(|it| it.from.is_none() && !it.span.is_empty()) {
            let Some(written) = block.fields.iter().find(|it| it.value == field.span) else {
                continue;
            };
            let value = pieces(bytes, &field.span);
            let (inner, is_single) = match value.as_slice() {
                [Piece::Braced(inner) | Piece::Quoted(inner)] => (inner.clone(), true),
                [Piece::Bare(inner)] => {
                    (inner.clone(), bytes[inner.clone()].iter().all(u8::is_ascii_digit))
                }
                _ => (field.span.clone(), false),
            };
            fields.push(FieldView {
                entry,
                block,
                bytes,
                name: &field.name,
                raw: &field.raw,
                written,
                inner,
                is_single,
                is_bare: matches!(value.as_slice(), [Piece::Bare(_)]),
                is_verbatim: alias::is_verbatim(&field.name),
                field,
            });
        }
        Some(EntryView { view: self, at, entry, block, bytes, fields })
    }
}

/// More than half of the entries with a journal call it `journal`.
fn is_bibtex(library: &Library) -> bool {
    let (mut old, mut new) = (0_usize, 0_usize);
    for entry in &library.entries {
        let Some(block) = library.block(entry) else { continue };
        let bytes: &[u8] = &library.sources[entry.place.source].bytes;
        for field in &block.fields {
            let name = &bytes[field.name.clone()];
            old += usize::from(
                ["journal", "year", "address", "school"]
                    .iter()
                    .any(|it| name.eq_ignore_ascii_case(it.as_bytes())),
            );
            new += usize::from(
                ["journaltitle", "date", "location"]
                    .iter()
                    .any(|it| name.eq_ignore_ascii_case(it.as_bytes())),
            );
        }
    }
    old > new
}

/// One entry, whole in the file.
pub struct EntryView<'a> {
    /// The library it stands in.
    pub view: &'a LibraryView<'a>,
    /// Its index in the library.
    pub at: usize,
    /// What it means.
    pub entry: &'a Entry,
    /// Where its parts stand.
    pub block: &'a bibtex::Entry,
    /// The bytes of its file.
    pub bytes: &'a [u8],
    /// Its own fields, in file order, doubled ones included.
    pub fields: Vec<FieldView<'a>>,
}

impl<'a> EntryView<'a> {
    /// The first own field with this BibLaTeX name.
    pub fn own(&self, name: &str) -> Option<&FieldView<'a>> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Where the type and the key stand: what a finding about the whole entry points at.
    pub fn head(&self) -> Range<usize> {
        if self.block.key.is_empty() {
            self.block.entry_type.clone()
        } else {
            self.block.key.clone()
        }
    }

    /// Takes the field away with its comma.
    pub fn without(&self, field: &FieldView<'_>) -> Vec<Edit> {
        let at = self.block.fields.iter().position(|it| it == field.written);
        let Some(at) = at else { return Vec::new() };
        let from = match at.checked_sub(1) {
            Some(before) => self.block.fields[before].value.end,
            None => self.block.key.end,
        };
        vec![Edit::new(from..field.written.value.end, "")]
    }

    /// Sets a field of the entry; nothing where the value does not fit.
    pub fn set(&self, name: &str, text: &str) -> Vec<Edit> {
        let habits = self.view.habits(self.entry.place.source);
        change::set(self.bytes, self.block, habits, name, text).unwrap_or_default()
    }
}

/// One field of an entry, as it stands in the file.
pub struct FieldView<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// Where the entry's parts stand.
    pub block: &'a bibtex::Entry,
    /// The bytes of the file.
    pub bytes: &'a [u8],
    /// BibLaTeX's name, lower case.
    pub name: &'a str,
    /// The value as TeX, macros put in.
    pub raw: &'a str,
    /// The field as written.
    pub written: &'a bibtex::Field,
    /// The value without delimiters, where it is one piece; else all of it.
    pub inner: Range<usize>,
    /// Whether the value is one piece between delimiters (or a bare number), so that it can be
    /// replaced as a whole.
    pub is_single: bool,
    /// Whether the value stands without delimiters.
    pub is_bare: bool,
    /// Whether TeX is not read in it.
    pub is_verbatim: bool,
    /// The field as the model has it.
    pub field: &'a Field,
}

impl FieldView<'_> {
    /// The name as the file spells it.
    pub fn spelt(&self) -> String {
        bibtex::text(self.bytes, &self.written.name).into_owned()
    }

    /// Puts `text` in the place of the value; nothing where the value is put together of pieces or
    /// `text` does not fit.
    pub fn replace(&self, text: &str) -> Vec<Edit> {
        if !self.is_single || !change::is_balanced(text) || text == self.raw {
            return Vec::new();
        }
        let quoted = self.bytes.get(self.written.value.start) == Some(&b'"');
        if quoted && text.contains('"') {
            return vec![Edit::new(self.written.value.clone(), format!("{{{text}}}"))];
        }
        if self.is_bare && !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return vec![Edit::new(self.inner.clone(), format!("{{{text}}}"))];
        }
        vec![Edit::new(self.inner.clone(), text)]
    }

    /// Whether the field holds text that TeX reads: no address, no key, no code.
    pub fn is_text(&self) -> bool {
        !self.is_verbatim && !matches!(self.name, "options" | "execute" | "langidopts" | "keywords")
    }
}
