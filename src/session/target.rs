//! Which entry is meant: a citation key, or `FILE:LINE` where keys are doubled or missing.

use super::Error;
use crate::model::Library;
use crate::text::said::Said;

/// Where in [`Library::entries`] the entry stands that `name` means.
///
/// `FILE:LINE` is any line of the entry, the file by its name or the end of its path. A key that
/// several entries have is refused, with their places.
pub fn find(library: &Library, name: &str) -> Result<usize, Error> {
    let same: Vec<usize> = (0..library.entries.len())
        .filter(|at| !name.is_empty() && library.entries[*at].key == name)
        .collect();
    match same.as_slice() {
        [one] => return Ok(*one),
        [] => {}
        many => {
            let mut error = Error::usage(
                Said::new("edit.doubled-key").with("key", name).with("count", many.len()),
            );
            for at in many.iter().take(5) {
                error = error
                    .hint(Said::new("edit.doubled-key.help").with("place", place(library, *at)));
            }
            return Err(error);
        }
    }
    if let Some(at) = library.position(name) {
        return Ok(at);
    }
    if let Some((file, line)) = name.rsplit_once(':')
        && let Ok(line) = line.parse::<usize>()
        && let Some(found) = at_line(library, file, line)
    {
        return found.ok_or_else(|| {
            Error::usage(Said::new("edit.no-entry-at").with("file", file).with("line", line))
        });
    }
    let error = Error::usage(Said::new("app.no-such-key").with("key", name));
    Err(match nearest(library, name) {
        Some(near) => error.hint(Said::new("app.near-key").with("key", near)),
        None => error,
    })
}

/// `FILE:LINE` of an entry.
pub fn place(library: &Library, at: usize) -> String {
    let place = &library.entries[at].place;
    format!("{}:{}", library.sources[place.source].path.display(), place.line)
}

/// The entry at a line of a file; the outer none where no file is called so.
fn at_line(library: &Library, file: &str, line: usize) -> Option<Option<usize>> {
    let source = library.sources.iter().position(|source| source.path.ends_with(file))?;
    let lines = &library.sources[source].lines;
    Some(library.entries.iter().position(|entry| {
        entry.place.source == source
            && entry.place.line <= line
            && lines.line(entry.place.span.end.saturating_sub(1)) >= line
    }))
}

/// The citation key most like `name`, if one is like it at all.
fn nearest<'a>(library: &'a Library, name: &str) -> Option<&'a str> {
    let folded = name.to_lowercase();
    let ratio =
        |key: &str| similar::TextDiff::from_chars(folded.as_str(), key.to_lowercase()).ratio();
    let close = |key: &&str| key.len().abs_diff(name.len()) <= 8;
    let keys = library.entries.iter().map(|entry| entry.key.as_str()).filter(close).take(20_000);
    let near = keys.map(|key| (ratio(key), key)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (near.0 > 0.5).then_some(near.1)
}
