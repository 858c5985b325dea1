//! Part of a library as a file of its own: the entries as they are written, the macros they use and
//! the entries they point to.

use crate::bibtex::value::{Piece, pieces};
use crate::bibtex::{self, Kind};
use crate::model::Library;
use std::collections::{BTreeSet, HashSet};

/// A part of a library.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subset {
    /// The text of the file.
    pub text: Vec<u8>,
    /// Entries that were not asked for and are there because others point to them.
    pub added: Vec<usize>,
}

/// Fields that point to other entries, which LaTeX must find in the same file.
const LINKS: &[&str] = &["crossref", "xdata", "xref", "related", "entryset"];

/// The entries `chosen` of `library`, byte for byte, in the order of the files; then those that
/// they point to, because BibTeX wants parents behind their children; the macros first.
pub fn of(library: &Library, chosen: &[usize]) -> Subset {
    let asked: BTreeSet<usize> = chosen.iter().copied().collect();
    let mut added: Vec<usize> = Vec::new();
    let mut seen = asked.clone();
    let mut queue: Vec<usize> = asked.iter().copied().collect();
    while let Some(at) = queue.pop() {
        for parent in pointed_at(library, at) {
            if seen.insert(parent) {
                added.push(parent);
                queue.push(parent);
            }
        }
    }
    added.sort_unstable();
    let mut text = macros(library, seen.iter().copied());
    for at in asked.iter().chain(&added) {
        let written = library.written(&library.entries[*at]);
        text.extend_from_slice(written.trim_ascii_end());
        text.extend_from_slice(b"\n\n");
    }
    if text.ends_with(b"\n\n") {
        text.pop();
    }
    Subset { text, added }
}

fn pointed_at(library: &Library, at: usize) -> Vec<usize> {
    let entry = &library.entries[at];
    let own = |name: &&&str| entry.field(name).is_some_and(|field| field.from.is_none());
    let keys = LINKS.iter().filter(own).flat_map(|name| {
        let raw = entry.raw(name).unwrap_or_default();
        raw.split(',').map(|key| key.trim().to_owned()).collect::<Vec<_>>()
    });
    keys.filter_map(|key| library.position(&key)).collect()
}

/// The definitions of the macros that these entries use, and of those that stand in them.
fn macros(library: &Library, entries: impl Iterator<Item = usize>) -> Vec<u8> {
    let mut wanted: HashSet<String> = HashSet::new();
    for at in entries {
        let entry = &library.entries[at];
        let bytes = &library.sources[entry.place.source].bytes;
        for field in library.block(entry).map(|block| block.fields.as_slice()).unwrap_or_default() {
            wanted.extend(bare(bytes, &field.value));
        }
    }
    // From the last to the first: a definition may use only those before it.
    let mut found: Vec<&[u8]> = Vec::new();
    for source in library.sources.iter().rev() {
        for block in source.file.blocks.iter().rev() {
            let Kind::Strings(fields) = &block.kind else { continue };
            let is_used = fields.iter().any(|field| {
                wanted.contains(&bibtex::text(&source.bytes, &field.name).to_lowercase())
            });
            if is_used {
                for field in fields {
                    wanted.extend(bare(&source.bytes, &field.value));
                }
                found.push(source.bytes[block.span.clone()].trim_ascii());
            }
        }
    }
    let mut out = Vec::new();
    for text in found.into_iter().rev() {
        out.extend_from_slice(text);
        out.extend_from_slice(b"\n\n");
    }
    out
}

fn bare(bytes: &[u8], value: &bibtex::Span) -> Vec<String> {
    pieces(bytes, value)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Bare(span) => Some(bibtex::text(bytes, &span).to_lowercase()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_and_macros_come_along_and_nothing_else() {
        let text = "@string{o={Oslo}}\n@string{a={A } # o}\n@string{b={B}}\n% note\n\
                    @collection{bok, title={Bok}, publisher=a}\n@misc{x,  title = b}\n\
                    @incollection{kap,\n\ttitle = {Kap}, crossref={bok}}";
        let library = Library::new(vec![("a.bib".into(), text.as_bytes().into())]);
        let subset = of(&library, &[2]);
        assert_eq!(
            String::from_utf8(subset.text).unwrap(),
            "@string{o={Oslo}}\n\n@string{a={A } # o}\n\n\
             @incollection{kap,\n\ttitle = {Kap}, crossref={bok}}\n\n\
             @collection{bok, title={Bok}, publisher=a}\n"
        );
        assert_eq!(subset.added, [0]);
        assert!(of(&library, &[]).text.is_empty());
    }
}
