//! One entry, ready to be shown.

use super::citing::Citing;
use crate::bibtex::value::{Piece, pieces};
use crate::index::Row;
use crate::model::{Entry, Library};
use crate::session::Error;
use crate::text::said::Said;
use crate::tui::find::Preview;
use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

/// Fields for which other entries are needed.
const LINKS: &[&str] = &["crossref", "xdata", "xref", "related", "entryset"];

/// The longest entry that is read by itself, in bytes.
const LONGEST: usize = 1 << 20;

/// A library of the one entry that `row` shows, read from its place in its file, and the line it
/// stands on there; `None` where it needs more than itself: macros or other entries.
pub fn alone(row: &Row) -> Option<(Library, usize)> {
    let length = row.place.span.len();
    if length == 0 || length > LONGEST {
        return None;
    }
    let mut bytes = vec![0; length];
    let start = u64::try_from(row.place.span.start).ok()?;
    File::open(&row.place.file).ok()?.read_exact_at(&mut bytes, start).ok()?;
    let library = Library::new(vec![(row.place.file.clone(), bytes.into())]);
    let entry = library.entries.first()?;
    let is_it = library.entries.len() == 1 && entry.key == row.key;
    let has_links = LINKS.iter().any(|name| entry.has(name));
    (is_it && !has_links && !has_macros(&library, entry)).then(|| (library.clone(), row.place.line))
}

fn has_macros(library: &Library, entry: &Entry) -> bool {
    let bytes = &library.sources[0].bytes;
    entry.fields.iter().any(|field| {
        pieces(bytes, &field.span).into_iter().any(|piece| match piece {
            Piece::Bare(word) => {
                bytes.get(word).is_some_and(|word| !word.iter().all(u8::is_ascii_digit))
            }
            _ => false,
        })
    })
}

/// The entry as the preview shows it.
pub fn preview(
    library: &Library,
    citing: &Citing,
    id: &str,
    entry: &Entry,
    line: usize,
) -> Result<Preview, Error> {
    let path = &library.sources[entry.place.source].path;
    let file = path.file_name().unwrap_or(Path::new("-").as_os_str()).to_string_lossy();
    let fields = entry.fields.iter().map(|field| {
        let text = entry.text(&field.name).unwrap_or_default();
        (field.name.to_string(), text, field.from.as_ref().map(ToString::to_string))
    });
    let reference = citing.references(library, &[entry])?.into_iter().next().unwrap_or_default();
    Ok(Preview {
        id: id.to_owned(),
        reference,
        head: format!("@{} {} · {file}:{line}", entry.entry_type, entry.key),
        fields: fields.collect(),
        problems: if entry.is_broken { vec![Said::new("tui.broken-entry")] } else { Vec::new() },
    })
}
