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
    Ok(Library::new(files(folder)?))
}

/// The library in `folder`, as far as is needed to edit its files.
pub fn outline(folder: &Folder) -> Result<Library, Unreadable> {
    Ok(Library::outline(files(folder)?))
}

/// A file's path and its bytes.
type Read = (PathBuf, Arc<[u8]>);

fn files(folder: &Folder) -> Result<Vec<Read>, Unreadable> {
    let read = |path: &PathBuf| Ok((path.clone(), shared(path)?));
    folder.files.iter().map(read).collect()
}

/// The bytes of a file, read to where they stay: a large file is in memory once.
fn shared(path: &Path) -> Result<Arc<[u8]>, Unreadable> {
    let whole = || Ok(bytes(path)?.into());
    let unreadable = |source| Unreadable { path: path.to_owned(), source };
    if path.as_os_str() == "-" {
        return whole();
    }
    let mut file = std::fs::File::open(path).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    let mut shared: Arc<[u8]> = std::iter::repeat_n(0, length as usize).collect();
    // A file that grows or shrinks meanwhile is read again as it comes.
    let filled = Arc::get_mut(&mut shared).is_some_and(|room| file.read_exact(room).is_ok());
    let at_end = filled && matches!(file.read(&mut [0]), Ok(0));
    if at_end { Ok(shared) } else { whole() }
}
