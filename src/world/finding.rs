//! The index of a library, kept fresh without asking.

use super::change::recover;
use super::place;
use crate::index::{self, Cancel, Found, Index, Opened, Options, Sources, Tell};
use crate::query::Query;
use crate::session::Error;
use crate::store::folder::Folder;
use crate::text::said::Said;

/// What the index of the library in `folder` is made from.
pub fn sources(folder: &Folder) -> Sources {
    Sources {
        root: folder.root.clone(),
        files: folder.files.clone(),
        thesaurus: folder.thesaurus.clone(),
        cache: place::cache(),
    }
}

/// The index of the library in `folder`: the one that is there when no file has changed, else
/// brought up to date or made. Files are read only then.
pub fn index(folder: &Folder, tell: &mut Tell<'_>) -> Result<Index, Error> {
    let sources = sources(folder);
    match Index::open(&sources) {
        Opened::Fresh(index) => return Ok(index),
        Opened::Stale(_) => {
            recover(&folder.files);
            if let Ok(index) = Index::catch_up(&sources) {
                return Ok(index);
            }
        }
        Opened::Nothing => {}
    }
    let before = index::before(&sources);
    let library = super::open(folder)?;
    Index::make(&sources, &library, &before, tell).map_err(cannot_index)
}

/// A new index, whatever was there.
pub fn rebuild(folder: &Folder, tell: &mut Tell<'_>) -> Result<Index, Error> {
    let sources = sources(folder);
    let before = index::before(&sources);
    let library = super::open(folder)?;
    Index::rebuild(&sources, &library, &before, tell).map_err(cannot_index)
}

/// Answers `query`.
pub fn search(index: &Index, query: &Query, options: &Options) -> Result<Found, Error> {
    index.search(query, options, &Cancel::never()).map_err(cannot_search)
}

/// Answers `query`; `None` where it was told to stop.
pub fn search_unless(
    cancel: &Cancel,
    index: &Index,
    query: &Query,
    options: &Options,
) -> Result<Option<Found>, Error> {
    match index.search(query, options, cancel) {
        Err(index::Error::Cancelled) => Ok(None),
        found => found.map(Some).map_err(cannot_search),
    }
}

/// Entries like the one with this number; `None` where there is no such entry.
pub fn like(index: &Index, number: u64, options: &Options) -> Result<Option<Found>, Error> {
    index.like(number, options, &Cancel::never()).map_err(cannot_search)
}

/// What cannot be indexed, in words.
pub fn cannot_index(error: index::Error) -> Error {
    Error::world(Said::new("search.no-index")).because(error)
}

fn cannot_search(error: index::Error) -> Error {
    Error::world(Said::new("search.failed")).because(error)
}
