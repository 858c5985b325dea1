//! An entry for which typst and hayagriva give up the whole file.

use super::{Look, Rule, rule};
use crate::bibtex::value::{Piece, pieces};
use crate::bibtex::{self, Kind};
use crate::check::{LibraryView, Report, Severity, typst};
use std::collections::HashSet;

rule!(
    "typst-refuses",
    Some(Severity::Info),
    None,
    Look::Library(look),
    "@book{lie2021, title = {The price of US$ 100}}",
    None
);

/// Fields that point to other entries: these are not there when one is looked at alone.
const POINTING: [&[u8]; 3] = [b"crossref", b"xdata", b"xref"];

fn look(view: &LibraryView<'_>, report: &mut Report) {
    let mut entries = 0..view.library.entries.len();
    for source in &view.library.sources {
        // As that program has them: by their spelling, in this file alone.
        let mut defined: HashSet<&[u8]> = HashSet::new();
        for block in &source.file.blocks {
            if let Kind::Strings(fields) = &block.kind {
                defined.extend(fields.iter().map(|field| &source.bytes[field.name.clone()]));
            }
        }
        for (span, written) in source.file.entries() {
            let Some(at) = entries.next() else { return };
            if written.close.is_none() {
                continue;
            }
            let text = alone(&source.bytes, span, written, &defined);
            if let Some(reason) = typst::refusal(&text)
                && let Some(entry) = view.entry(at)
            {
                report.entry(&entry, entry.head(), &[("reason", &reason)], Vec::new());
            }
        }
    }
}

/// The entry with the macros that it uses, and without what it says of others.
fn alone(
    bytes: &[u8],
    span: &bibtex::Span,
    entry: &bibtex::Entry,
    defined: &HashSet<&[u8]>,
) -> String {
    let mut text = bytes[span.clone()].to_vec();
    let mut macros: HashSet<&[u8]> = HashSet::new();
    for field in &entry.fields {
        if POINTING.iter().any(|it| bytes[field.name.clone()].eq_ignore_ascii_case(it)) {
            text[field.name.start - span.start] = b'z';
        }
        if matches!(bytes.get(field.value.start), Some(b'{')) {
            continue;
        }
        for piece in pieces(bytes, &field.value) {
            if let Piece::Bare(word) = piece
                && let Some(word) = defined.get(&bytes[word])
            {
                macros.insert(word);
            }
        }
    }
    let mut out = String::with_capacity(text.len() + 40 * macros.len());
    for word in macros {
        out.push_str("@string{");
        out.push_str(&String::from_utf8_lossy(word));
        out.push_str(" = {x}}\n");
    }
    out.push_str(&String::from_utf8_lossy(&text));
    out
}
