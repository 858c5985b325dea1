//! The user's own folder for what must last: for each file its history, copies of it by day, and
//! the lock that keeps two of us apart.

use super::replace::sync_folder;
use std::io;
use std::path::{Path, PathBuf};

/// Where state is kept: `~/.local/state/kilde` as a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    root: PathBuf,
}

impl State {
    /// State below `root`, which need not be there yet.
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// The folder of the file at `target`, made if it is not there. Only its owner may look in.
    pub fn of(&self, target: &Path) -> io::Result<FileState> {
        let found = self.find(target);
        private_folder(&found.folder)?;
        let path = found.folder.join("path");
        if !path.exists() {
            std::fs::write(path, target.as_os_str().as_encoded_bytes())?;
        }
        Ok(found)
    }

    /// The same without making anything.
    pub fn find(&self, target: &Path) -> FileState {
        let name = blake3::hash(target.as_os_str().as_encoded_bytes()).to_hex();
        FileState { folder: self.root.join("files").join(&name.as_str()[..24]) }
    }
}

/// What is kept of one file, which is known by the path it really has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileState {
    folder: PathBuf,
}

impl FileState {
    /// Its changes, one a line.
    pub fn journal(&self) -> PathBuf {
        self.folder.join("journal.jsonl")
    }

    /// Held while it is saved.
    pub fn lock(&self) -> PathBuf {
        self.folder.join("lock")
    }

    /// Its bytes while it is written in place.
    pub fn rescue(&self) -> PathBuf {
        self.folder.join("rescue")
    }

    /// Copies of it, one a day.
    pub fn copies(&self) -> PathBuf {
        self.folder.join("copies")
    }
}

/// Makes a folder that only its owner may look into. That it is there is on the disk when this
/// returns.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    let made: Vec<&Path> = folder.ancestors().take_while(|it| !it.exists()).collect();
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    for parent in made.into_iter().filter_map(Path::parent) {
        sync_folder(parent)?;
    }
    Ok(())
}
