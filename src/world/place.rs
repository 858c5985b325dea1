//! Finding the library that is meant, and the folders that are the user's own.

use crate::session::Error;
use crate::store::folder::{self, Folder, NoLibrary};
use crate::text::said::Said;
use std::path::PathBuf;

/// The library that `paths` name; with none, the nearest upward from the current folder, then
/// `$KILDE_LIBRARY`, then the current folder's own `.bib` files.
pub fn library(paths: &[PathBuf]) -> Result<Folder, Error> {
    let found = if paths.is_empty() {
        let here = std::env::current_dir()
            .map_err(|error| Error::world(Said::new("app.no-current-folder")).because(error))?;
        let preset = std::env::var_os("KILDE_LIBRARY").map(PathBuf::from);
        folder::nearest(&here, preset.as_deref())
    } else {
        folder::named(paths)
    };
    found.map_err(no_library)
}

fn no_library(error: NoLibrary) -> Error {
    match error {
        NoLibrary::Missing(path) => {
            Error::world(Said::new("app.no-such-path").with("path", path.display()))
        }
        NoLibrary::Empty(path) => {
            Error::world(Said::new("app.no-bib").with("path", path.display()))
                .hint(Said::new("app.no-bib.help"))
        }
        NoLibrary::NoneHere(path) => {
            Error::world(Said::new("app.no-library").with("path", path.display()))
                .hint(Said::new("app.no-library.help"))
        }
        NoLibrary::Unreadable(path, source) => {
            Error::world(Said::new("app.unreadable").with("path", path.display())).because(source)
        }
    }
}

/// The user's own folder for things that can be made anew: `$XDG_CACHE_HOME/kilde`, else
/// `~/.cache/kilde`; `None` without a home.
pub fn cache() -> Option<PathBuf> {
    own("XDG_CACHE_HOME", ".cache")
}

/// The user's own folder for what must last (journal, history): `$XDG_STATE_HOME/kilde`, else
/// `~/.local/state/kilde`.
pub fn state() -> Option<PathBuf> {
    own("XDG_STATE_HOME", ".local/state")
}

/// The user's own folder for settings: `$XDG_CONFIG_HOME/kilde`, else `~/.config/kilde`.
pub fn config() -> Option<PathBuf> {
    own("XDG_CONFIG_HOME", ".config")
}

fn own(variable: &str, below_home: &str) -> Option<PathBuf> {
    let absolute = |path: &PathBuf| path.is_absolute();
    let set = std::env::var_os(variable).map(PathBuf::from).filter(absolute);
    let home = || std::env::var_os("HOME").map(PathBuf::from).filter(absolute);
    set.or_else(|| home().map(|home| home.join(below_home))).map(|folder| folder.join("kilde"))
}
