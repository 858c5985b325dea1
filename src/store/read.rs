//! Reading files.

use super::folder::Folder;
use crate::model::Library;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("`{path}` cannot be read")]
pub struct Unreadable {
    /// Which file.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub source: std::io::Error,
}

/// The bytes of a file; `-` is standard input.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let unreadable = |source| Unreadable { path: path.to_owned(), source };
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(unreadable)?;
        return Ok(bytes);
    }
    std::fs::read(path).map_err(unreadable)
}

/// The library in `folder`, read whole.
pub fn library(folder: &Folder) -> Result<Library, Unreadable> {
    let mut files: Vec<(PathBuf, Arc<[u8]>)> = Vec::with_capacity(folder.files.len());
    for path in &folder.files {
        files.push((path.clone(), bytes(path)?.into()));
    }
    Ok(Library::new(files))
}
