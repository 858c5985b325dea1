//! The decisions on duplicates that stand beside a library.

use crate::compare::Decisions;
use crate::session::Error;
use crate::store::decisions;
use crate::store::folder::Folder;
use crate::text::said::Said;
use std::path::PathBuf;

/// What has been decided about the library in `folder`: nothing where there is no file.
pub fn decided(folder: &Folder) -> Result<Decisions, Error> {
    let Some(path) = decisions::path(folder) else { return Ok(Decisions::default()) };
    let text = decisions::read(&path).map_err(|error| {
        Error::world(Said::new("app.unreadable").with("path", path.display())).because(error)
    })?;
    Ok(Decisions::parse(&text))
}

/// Forgets what was decided about any two of `keys`; how many decisions that were.
pub fn forget_apart(folder: &Folder, keys: &[String]) -> Result<usize, Error> {
    let Some(path) = decisions::path(folder) else {
        return Err(Error::usage(Said::new("dedupe.no-place")));
    };
    let mut all = decided(folder)?;
    let mut count = 0;
    for (i, a) in keys.iter().enumerate() {
        for b in keys.get(i + 1..).unwrap_or_default() {
            count += usize::from(all.remove(a, b));
        }
    }
    if count > 0 {
        decisions::write(&path, &all.text()).map_err(|error| {
            Error::world(Said::new("dedupe.unwritable").with("path", path.display())).because(error)
        })?;
    }
    Ok(count)
}

/// Remembers that no two of `keys` are the same work; where it was written, and how many pairs.
pub fn keep_apart(folder: &Folder, keys: &[String]) -> Result<PathBuf, Error> {
    let Some(path) = decisions::path(folder) else {
        return Err(Error::usage(Said::new("dedupe.no-place")));
    };
    let mut all = decided(folder)?;
    for (i, a) in keys.iter().enumerate() {
        for b in keys.get(i + 1..).unwrap_or_default() {
            all.add(a, b, "");
        }
    }
    decisions::write(&path, &all.text()).map_err(|error| {
        Error::world(Said::new("dedupe.unwritable").with("path", path.display())).because(error)
    })?;
    Ok(path)
}
