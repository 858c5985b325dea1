//! Layer 7: the only place where things happen: files, index, clock, threads, other programs.

pub mod change;
pub mod duplicates;
pub mod editor;
pub mod fetch;
pub mod finding;
pub mod git;
pub mod imports;
pub mod interrupt;
pub mod links;
mod opening;
pub mod output;
pub mod place;
pub mod publish;
pub mod records;
pub mod searches;
pub mod settings;
pub mod styles;
pub mod today;
pub mod watch;

pub use opening::Opening;

use crate::model::Library;
use crate::session::Error;
use crate::store::folder::Folder;
use crate::store::read;
use crate::text::said::Said;

/// The library in `folder`, read whole.
///
/// What a save that was cut short left behind is cleared up first.
pub fn open(folder: &Folder) -> Result<Library, Error> {
    change::recover(&folder.files);
    read(folder)
}

/// [`open`] without the clearing up.
pub fn read(folder: &Folder) -> Result<Library, Error> {
    read::library(folder).map_err(unreadable)
}

/// The library in `folder` as far as is needed to edit its files: [`Library::outline`].
pub fn outline(folder: &Folder) -> Result<Library, Error> {
    read::outline(folder).map_err(unreadable)
}

fn unreadable(unreadable: read::Unreadable) -> Error {
    Error::world(Said::new("app.unreadable").with("path", unreadable.path.display()))
        .because(unreadable.source)
}

/// The text of a file that was named; `-` is standard input. Bytes that are no UTF-8 are replaced.
pub fn text(path: &std::path::Path) -> Result<String, Error> {
    let bytes = read::bytes(path).map_err(unreadable)?;
    let (text, _) = crate::bibtex::encoding::decode(&bytes);
    Ok(String::from_utf8_lossy(&text).into_owned())
}
