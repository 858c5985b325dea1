//! The settings in force: the user's own file, and the library's laid over it.

use super::place;
use crate::settings::{Passed, Settings, Whose};
use crate::store::folder::Folder;
use std::path::PathBuf;

/// The settings, and what was passed over in which file. A file that is not there sets nothing.
pub fn load(folder: Option<&Folder>) -> (Settings, Vec<(PathBuf, Passed)>) {
    let user = place::config().map(|own| (own.join("kilde.toml"), Whose::User));
    let library = folder
        .and_then(|folder| folder.root.as_ref())
        .map(|root| (root.join("data").join("kilde.toml"), Whose::Library));
    let mut settings = Settings::default();
    let mut passed = Vec::new();
    for (path, whose) in user.into_iter().chain(library) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        passed.extend(settings.lay(&text, whose).into_iter().map(|it| (path.clone(), it)));
    }
    (settings, passed)
}

/// The table `name` (`check`, `keys`, …) of the settings in force: that of the user's own file with
/// the library's laid over it, name by name. Empty where neither has one.
pub fn table(folder: &Folder, name: &str) -> toml::Table {
    let user = place::config().map(|own| own.join("kilde.toml"));
    let library = folder.root.as_ref().map(|root| root.join("data").join("kilde.toml"));
    let mut out = toml::Table::new();
    for path in user.into_iter().chain(library) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let Ok(mut all) = text.parse::<toml::Table>() else { continue };
        if let Some(toml::Value::Table(own)) = all.remove(name) {
            out.extend(own);
        }
    }
    out
}
