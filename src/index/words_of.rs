//! The words by which compounds are taken apart: those shipped, those of the library's thesaurus,
//! and those of hunspell's dictionaries where they are installed.

use super::manifest::dictionaries;
use super::place::Sources;
use crate::query::compound::{Lexicon, of_hunspell};
use crate::query::thesaurus::Thesaurus;
use crate::text::words::words;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The name of the file of words, in the folder of the index proper.
pub(super) const NAME: &str = "words";

/// The words that are not shipped, one a line.
pub(super) fn extra(sources: &Sources) -> String {
    let mut out = BTreeSet::new();
    let table = sources.thesaurus.as_ref().and_then(|path| fs::read_to_string(path).ok());
    if let Some(table) = table {
        let (thesaurus, _) = Thesaurus::read(&table);
        let northern = |language: &str| matches!(language, "nb" | "nn" | "sv" | "da");
        for label in thesaurus.concepts.iter().flat_map(|it| &it.labels) {
            if northern(&label.language) {
                out.extend(words(&label.text).into_iter().map(|word| word.text));
            }
        }
    }
    for path in dictionaries() {
        let text = |path: &Path| fs::read(path).map(|bytes| decoded(&bytes)).unwrap_or_default();
        let (aff, dic) = (text(&path.with_extension("aff")), text(&path));
        out.extend(of_hunspell(&aff, &dic).into_iter().map(str::to_owned));
    }
    out.into_iter().collect::<Vec<_>>().join("\n")
}

/// UTF-8, or the Latin-1 in which older dictionaries are written.
fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// All words; `extra` are those that are not shipped.
pub(super) fn lexicon(extra: &str) -> Lexicon {
    let mut lexicon = Lexicon::builtin();
    lexicon.add(extra.lines());
    lexicon
}

/// Keeps the words that are not shipped with the index, so that queries are taken apart as the
/// entries were.
pub(super) fn write(made: &Path, extra: &str) -> std::io::Result<()> {
    fs::write(made.join(NAME), extra)
}

/// The words that were kept.
pub(super) fn read(made: &Path) -> std::io::Result<String> {
    fs::read_to_string(made.join(NAME))
}
