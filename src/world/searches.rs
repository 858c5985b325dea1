//! The saved searches of a library: `data/searches.toml`, or `NAME.searches.toml` beside loose files.

use super::output;
use crate::query::{self, Query};
use crate::session::Error;
use crate::session::searches::{NoSearch, Searches};
use crate::store::decisions;
use crate::store::folder::Folder;
use crate::text::said::Said;
use std::path::PathBuf;

/// Where they stand; `None` for standard input.
pub fn path(folder: &Folder) -> Option<PathBuf> {
    decisions::beside(folder, "searches").map(|path| path.with_extension("toml"))
}

/// The saved searches; none where there is no file.
pub fn load(folder: &Folder) -> Result<Searches, Error> {
    let Some(path) = path(folder) else { return Ok(Searches::default()) };
    let text = decisions::read(&path).map_err(|error| {
        Error::world(Said::new("app.unreadable").with("path", path.display())).because(error)
    })?;
    Searches::read(&text).map_err(|(line, why)| {
        let place = format!("{}:{line}", path.display());
        Error::world(Said::new("search.searches-unreadable").with("place", place).with("why", why))
    })
}

/// Writes them: the old file or the new one stands there, never half of it.
pub fn store(folder: &Folder, searches: &Searches) -> Result<PathBuf, Error> {
    let Some(path) = path(folder) else {
        return Err(Error::usage(Said::new("search.searches-no-place")));
    };
    output::write(&path, searches.text().as_bytes())?;
    Ok(path)
}

/// `text` as a query, each `@NAME` in it replaced by what was saved. The file is read only where
/// there is an `@`.
pub fn query(folder: &Folder, text: &str) -> Result<Query, Error> {
    if !text.contains('@') {
        return Ok(query::parse(text));
    }
    Ok(query::parse(&checked(&load(folder)?, text)?))
}

/// `query` with each `@NAME` replaced by what was saved.
pub fn checked(searches: &Searches, query: &str) -> Result<String, Error> {
    searches.expand(query).map_err(|none| match none {
        NoSearch::Unknown(name) => {
            let names: Vec<String> = searches.all().into_iter().map(|it| it.name).collect();
            let error = Error::usage(Said::new("search.searches-unknown").with("name", name));
            if names.is_empty() {
                return error.hint(Said::new("search.searches-none.help"));
            }
            error.hint(Said::new("search.searches-names.help").with("names", names.join(", ")))
        }
        NoSearch::Circle(name) => {
            Error::usage(Said::new("search.searches-circle").with("name", name))
        }
    })
}
