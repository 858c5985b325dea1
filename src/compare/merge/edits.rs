//! The edits that carry a merge out.

use super::Merge;
use crate::bibtex::habits::Habits;
use crate::bibtex::{self, change};
use crate::model::{Entry, Library};
use crate::text::edit::Edit;

/// The edits for one source of a library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Which of [`Library::sources`].
    pub source: usize,
    /// Edits to its bytes.
    pub edits: Vec<Edit>,
}

/// Fields that point at other entries by citation key.
const POINTERS: &[&str] = &["crossref", "xref", "xdata", "related", "entryset"];

/// The edits that carry `merge` out in `library`: fields set in the entry that stays, the others
/// taken away, what pointed at them pointed at the one that stays. `members` are indexes into
/// [`Library::entries`], in the order in which they were planned.
///
/// Refused where a value does not fit (see [`change::set`]) or an entry is broken.
pub fn edits(
    library: &Library,
    members: &[usize],
    merge: &Merge,
) -> Result<Vec<Changed>, change::Refused> {
    let entries: Vec<&Entry> = members.iter().map(|at| &library.entries[*at]).collect();
    let kept = entries[merge.kept];
    let mut out: Vec<Changed> = Vec::new();
    let mut add =
        |source: usize, edits: Vec<Edit>| match out.iter_mut().find(|it| it.source == source) {
            Some(changed) => changed.edits.extend(edits),
            None => out.push(Changed { source, edits }),
        };
    for choice in merge.changes(&entries) {
        add(kept.place.source, set(library, kept, &choice.name, &choice.value)?);
    }
    for at in &merge.gone {
        let entry = entries[*at];
        if entry.is_broken {
            return Err(change::Refused::Broken);
        }
        add(entry.place.source, take_away(library, entry).into_iter().collect());
    }
    let gone: Vec<&str> = merge.gone.iter().map(|at| entries[*at].key.as_str()).collect();
    let others = library.entries.iter().enumerate().filter(|(at, _)| !members.contains(at));
    for (_, entry) in others {
        for name in POINTERS {
            let Some(field) = entry.field(name).filter(|field| field.from.is_none()) else {
                continue;
            };
            let keys: Vec<&str> = field.raw.split(',').map(str::trim).collect();
            if !keys.iter().any(|key| gone.contains(key)) {
                continue;
            }
            let mut turned: Vec<&str> = Vec::new();
            for key in keys {
                let key = if gone.contains(&key) { kept.key.as_str() } else { key };
                if !turned.contains(&key) {
                    turned.push(key);
                }
            }
            add(entry.place.source, set(library, entry, name, &turned.join(", "))?);
        }
    }
    Ok(out)
}

/// Sets the field with BibLaTeX's `name`, under the name that the file uses for it.
fn set(
    library: &Library,
    entry: &Entry,
    name: &str,
    text: &str,
) -> Result<Vec<Edit>, change::Refused> {
    let source = &library.sources[entry.place.source];
    let bytes = &source.bytes;
    let block = library.block(entry).ok_or(change::Refused::Broken)?;
    let spelt = entry
        .field(name)
        .filter(|field| field.from.is_none() && !field.span.is_empty())
        .and_then(|field| block.fields.iter().find(|it| it.value == field.span))
        .map_or_else(|| name.to_owned(), |it| bibtex::text(bytes, &it.name).into_owned());
    change::set(bytes, block, &Habits::of(bytes, &source.file), &spelt, text)
}

/// Takes an entry's block away with the blank lines after it.
fn take_away(library: &Library, entry: &Entry) -> Option<Edit> {
    let source = &library.sources[entry.place.source];
    let blocks = &source.file.blocks;
    let at = blocks.binary_search_by_key(&entry.place.span.start, |block| block.span.start).ok()?;
    change::remove(&source.bytes, blocks, at)
}
