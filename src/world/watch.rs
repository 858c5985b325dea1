//! Seeing that another program wrote to the library. A hint and no more: what the files hold
//! decides.

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::path::{Path, PathBuf};

/// Watches as long as it lives.
pub struct Watch {
    _watcher: RecommendedWatcher,
}

/// Calls `changed` when something happens to one of `files`; `None` where the system cannot watch
/// (some network folders). Folders are watched, since editors put a new file in the old one's place.
pub fn files(files: &[PathBuf], changed: impl Fn() + Send + 'static) -> Option<Watch> {
    let names: Vec<PathBuf> = files.iter().filter_map(|file| file.canonicalize().ok()).collect();
    let wanted = names.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        let Ok(event) = event else { return };
        let is_ours = |path: &PathBuf| wanted.contains(path);
        if !event.kind.is_access() && event.paths.iter().any(is_ours) {
            changed();
        }
    })
    .ok()?;
    let mut folders: Vec<&Path> = names.iter().filter_map(|file| file.parent()).collect();
    folders.sort_unstable();
    folders.dedup();
    let watched = |folder: &Path| watcher.watch(folder, RecursiveMode::NonRecursive).is_ok();
    folders.into_iter().map(watched).fold(false, |any, one| any | one).then_some(())?;
    Some(Watch { _watcher: watcher })
}
