//! Results that a person asked to have in a file.

use crate::session::Error;
use crate::text::said::Said;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

/// Puts `bytes` into the file: at any instant the old file or the new one is there, whole. A device
/// or pipe is written to as it is.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let done = match std::fs::metadata(path) {
        Ok(it) if !it.is_file() => direct(path, bytes),
        _ => beside(path, bytes),
    };
    done.map_err(|error| {
        Error::world(Said::new("cite.not-written").with("path", path.display())).because(error)
    })
}

fn direct(path: &Path, bytes: &[u8]) -> io::Result<()> {
    std::fs::OpenOptions::new().write(true).open(path)?.write_all(bytes)
}

fn beside(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link is followed, so that what it leads to is replaced and not the link.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let done = (|| {
        let mut file = File::create_new(&temporary)?;
        file.write_all(bytes)?;
        if let Ok(old) = std::fs::metadata(path) {
            file.set_permissions(old.permissions())?;
        }
        file.sync_all()?;
        std::fs::rename(&temporary, path)
    })();
    if done.is_err() {
        // What cannot be removed is at worst left beside the file.
        let _left = std::fs::remove_file(&temporary);
    }
    done
}
