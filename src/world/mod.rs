//! Layer 7: the only place where things happen: files, index, clock, threads, other programs.

pub mod duplicates;
mod opening;
pub mod output;
pub mod place;
pub mod publish;
pub mod records;
pub mod settings;
pub mod styles;

pub use opening::Opening;

use crate::model::Library;
use crate::session::Error;
use crate::store::folder::Folder;
use crate::store::read;
use crate::text::said::Said;

/// The library in `folder`, read whole.
pub fn open(folder: &Folder) -> Result<Library, Error> {
    read::library(folder).map_err(|unreadable| {
        Error::world(Said::new("app.unreadable").with("path", unreadable.path.display()))
            .because(unreadable.source)
    })
}
