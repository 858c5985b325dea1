//! The pieces of the last publishing, in the user's own cache folder; never in the published one.
//! They can be deleted at any time: the next publishing only takes longer.

use crate::overview::piece::{Keep, Kept};
use crate::store::folder::Folder;
use crate::world::place;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::PathBuf;
use std::time::SystemTime;

/// Where the pieces of a library are kept.
pub(super) struct Place {
    /// `None` where there is no folder that is the user's own.
    path: Option<PathBuf>,
    /// Which program made them: one that has been built anew makes all pieces anew.
    pub(super) stamp: String,
}

impl Place {
    /// The place for the library in `folder`.
    pub(super) fn of(folder: &Folder) -> Self {
        let path = own_folder().map(|it| it.join(format!("{}.pieces", super::name(folder))));
        Self { path, stamp: stamp() }
    }

    /// What is kept there; nothing where anything is in doubt.
    pub(super) fn read(&self) -> Kept {
        let read = || -> Option<Vec<u8>> {
            let mut file = open(OpenOptions::new().read(true), self.path.as_ref()?).ok()?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).ok()?;
            Some(bytes)
        };
        read().map_or_else(Kept::default, |bytes| Kept::read(bytes, &self.stamp))
    }

    /// Keeps pieces for the next time. Where that cannot be done, the next time takes longer.
    pub(super) fn write(&self, keep: &Keep) {
        let Some(path) = &self.path else { return };
        let _kept = match keep {
            Keep::Nothing => Ok(()),
            Keep::Append(bytes) => {
                open(OpenOptions::new().append(true), path).and_then(|mut it| it.write_all(bytes))
            }
            Keep::Replace(bytes) => replace(path, bytes),
        };
    }
}

fn replace(path: &PathBuf, bytes: &[u8]) -> io::Result<()> {
    let mut new = path.as_os_str().to_owned();
    new.push(format!(".{}.new", std::process::id()));
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&new)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| fs::rename(&new, path));
    if written.is_err() {
        let _removed = fs::remove_file(&new);
    }
    written
}

/// Opens a file that is the user's own and no link.
fn open(how: &mut OpenOptions, path: &PathBuf) -> io::Result<File> {
    let flags = rustix::fs::OFlags::NOFOLLOW.bits().cast_signed();
    let file = how.custom_flags(flags).open(path)?;
    let meta = file.metadata()?;
    let is_own = meta.is_file() && meta.uid() == rustix::process::geteuid().as_raw();
    if is_own { Ok(file) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

/// A folder that is the user's own and that nobody else writes to.
fn own_folder() -> Option<PathBuf> {
    let folder = place::cache()?.join("overview");
    DirBuilder::new().recursive(true).mode(0o700).create(&folder).ok()?;
    let meta = folder.symlink_metadata().ok()?;
    let is_own = meta.is_dir() && meta.uid() == rustix::process::geteuid().as_raw();
    (is_own && meta.mode() & 0o022 == 0).then_some(folder)
}

fn stamp() -> String {
    let meta = std::env::current_exe().and_then(fs::metadata).ok();
    let changed = meta.as_ref().and_then(|it| it.modified().ok());
    let changed = changed.and_then(|it| it.duration_since(SystemTime::UNIX_EPOCH).ok());
    format!("{:?} {changed:?}", meta.map(|it| (it.len(), it.ino())))
}
