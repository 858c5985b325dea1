//! Results that a person asked to have in a file: at any instant the old file or the new one is
//! there, whole.

use crate::session::Error;
use crate::text::said::Said;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Puts `bytes` into the file. A device or pipe is written to as it is.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut file = NewFile::create(path)?;
    file.write_all(bytes).map_err(|error| told(path, error))?;
    file.finish()
}

/// A file that is being written, bit by bit. Dropped without [`NewFile::finish`], nothing has changed.
pub struct NewFile {
    out: BufWriter<File>,
    path: PathBuf,
    /// Where it is written until it is whole; `None` for a device or a pipe.
    temporary: Option<PathBuf>,
}

impl NewFile {
    /// Begins to write what shall stand at `path`. A `.bib` file that holds something is never
    /// replaced: it may be somebody's library, and those change only by edits.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let is_bib = |it: &Path| it.extension().is_some_and(|it| it.eq_ignore_ascii_case("bib"));
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let holds = std::fs::metadata(path).is_ok_and(|it| it.is_file() && it.len() > 0);
        if holds && (is_bib(path) || is_bib(&real)) {
            let said = Said::new("export.bib-is-there").with("path", path.display());
            return Err(Error::world(said).hint(Said::new("export.bib-is-there.help")));
        }
        Self::open(path).map_err(|error| told(path, error))
    }

    fn open(path: &Path) -> io::Result<Self> {
        if std::fs::metadata(path).is_ok_and(|it| !it.is_file()) {
            let file = File::options().write(true).open(path)?;
            return Ok(Self { out: BufWriter::new(file), path: path.to_owned(), temporary: None });
        }
        // A link is followed, so that what it leads to is replaced and not the link.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
        let temporary = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
        let file = File::create_new(&temporary)?;
        Ok(Self { out: BufWriter::new(file), path, temporary: Some(temporary) })
    }

    /// Puts the file in its place.
    pub fn finish(mut self) -> Result<(), Error> {
        let path = self.path.clone();
        self.place().map_err(|error| told(&path, error))
    }

    fn place(&mut self) -> io::Result<()> {
        self.out.flush()?;
        let Some(temporary) = &self.temporary else { return Ok(()) };
        let file = self.out.get_ref();
        if let Ok(old) = std::fs::metadata(&self.path) {
            file.set_permissions(old.permissions())?;
        }
        file.sync_all()?;
        std::fs::rename(temporary, &self.path)?;
        self.temporary = None;
        Ok(())
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            // What cannot be removed is at worst left beside the file.
            let _left = std::fs::remove_file(temporary);
        }
    }
}

fn told(path: &Path, error: io::Error) -> Error {
    Error::world(Said::new("export.not-written").with("path", path.display())).because(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bib_file_that_holds_something_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.bib"), folder.path().join("a.txt"));
        std::fs::write(&path, "@book{a}").unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert!(write(&path, b"x").is_err() && write(&link, b"x").is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"@book{a}");
        std::fs::write(&path, "").unwrap();
        assert!(write(&path, b"x").is_ok());
    }

    #[test]
    fn the_old_file_stands_until_the_new_one_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ris");
        std::fs::write(&path, "old").unwrap();
        let mut new = NewFile::create(&path).unwrap();
        new.write_all(b"half").unwrap();
        new.flush().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        drop(new);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let mut new = NewFile::create(&path).unwrap();
        new.write_all(b"whole").unwrap();
        new.finish().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"whole");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
