//! Putting new bytes in a file's place so that at any instant the old or the new are there, whole.

use rustix::fs::{self as sys, AtFlags, FallocateFlags, Mode, OFlags, RenameFlags};
use rustix::io::Errno;
use std::fs::{File, Metadata};
use std::io::{self, Write as _};
use std::os::fd::AsFd;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

/// How a file was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaced {
    /// The new bytes are on the disk.
    Safely,
    /// They are in the file; that its folder is on the disk too could not be confirmed.
    Unconfirmed,
}

/// Why a file was not replaced. It is as it was.
#[derive(Debug)]
pub enum Kept {
    /// A new file would not be the old one to others (hard links, owner, mount) or cannot be made
    /// beside it: it may be written in place.
    InPlaceOnly,
    /// Another program has written it since its metadata were taken.
    Moved,
    /// What failed, and why.
    Failed(&'static str, io::Error),
}

/// The name of a temporary file beside `target`: `.kilde-TAG-RANDOM`.
fn temporary(target: &Path, random: u64) -> PathBuf {
    target.with_file_name(format!("{}{random:012x}", prefix(target)))
}

fn prefix(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().as_encoded_bytes();
    format!(".kilde-{}-", &blake3::hash(name).to_hex().as_str()[..8])
}

/// Removes temporary files of saves of `target` that never ended. Only for who holds its lock.
pub fn sweep(target: &Path) {
    let Some(folder) = target.parent() else { return };
    let prefix = prefix(target);
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().as_encoded_bytes().starts_with(prefix.as_bytes()) {
            // If it cannot be removed now, the next save tries again.
            let _left = std::fs::remove_file(entry.path());
        }
    }
}

/// Puts `bytes`, which stand in one or more stretches, in the place of `target`, whose metadata are `old`; none where it is new.
///
/// `target` is a real path: links are resolved. Mode, group, extended attributes and access lists
/// are kept. A failed sync is never tried again on the same file: it is thrown away.
pub fn replace(target: &Path, old: Option<&Metadata>, bytes: &[&[u8]]) -> Result<Replaced, Kept> {
    if let Some(old) = old
        && (old.nlink() > 1 || !can_own(old))
    {
        return Err(Kept::InPlaceOnly);
    }
    let folder = target.parent().unwrap_or(Path::new("/"));
    let random = random().map_err(|error| Kept::Failed("random", error.into()))?;
    let path = temporary(target, random);
    let flags = OFlags::CREATE | OFlags::EXCL | OFlags::WRONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    // A new file gets the mode that new files have; one that replaces another first nobody's.
    let mode = if old.is_some() { 0o600 } else { 0o666 };
    let file = match sys::open(&path, flags, Mode::from_raw_mode(mode)) {
        Ok(file) => File::from(file),
        Err(Errno::ACCESS | Errno::PERM) if old.is_some() => return Err(Kept::InPlaceOnly),
        Err(errno) => return Err(Kept::Failed("create", errno.into())),
    };
    let made = fill(&file, target, old, bytes);
    let ours = file.metadata().map(|it| (it.dev(), it.ino())).ok();
    drop(file);
    let moved = made.and_then(|()| {
        // As late as can be: who writes without our lock must not be written over.
        if !is_as_read(target, old) {
            return Err(Kept::Moved);
        }
        swap(&path, target, old)
    });
    if let Err(kept) = moved {
        // What is left is swept at the next save; what is not ours is not removed.
        let there = std::fs::symlink_metadata(&path).map(|it| (it.dev(), it.ino())).ok();
        if there == ours {
            let _left = std::fs::remove_file(&path);
        }
        return Err(kept);
    }
    Ok(match sync_folder(folder) {
        Ok(()) => Replaced::Safely,
        Err(_) => Replaced::Unconfirmed,
    })
}

/// Puts the file at `path` in the place of `target`. Where the system can, the two change places at
/// once, so that a file that another program put there in the last moment is seen and put back.
fn swap(path: &Path, target: &Path, old: Option<&Metadata>) -> Result<(), Kept> {
    let how = if old.is_some() { RenameFlags::EXCHANGE } else { RenameFlags::NOREPLACE };
    match sys::renameat_with(sys::CWD, path, sys::CWD, target, how) {
        Ok(()) if old.is_none() => Ok(()),
        Ok(()) if is_as_read(path, old) => {
            // The old file; if it cannot be removed now, it is swept at the next save.
            let _left = std::fs::remove_file(path);
            Ok(())
        }
        Ok(()) => match sys::renameat_with(sys::CWD, path, sys::CWD, target, how) {
            Ok(()) => Err(Kept::Moved),
            Err(errno) => Err(Kept::Failed("rename", errno.into())),
        },
        Err(Errno::EXIST | Errno::NOENT) => Err(Kept::Moved),
        // Not every file system can.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => match sys::rename(path, target) {
            Ok(()) => Ok(()),
            Err(Errno::BUSY | Errno::XDEV) => Err(Kept::InPlaceOnly),
            Err(errno) => Err(Kept::Failed("rename", errno.into())),
        },
        Err(Errno::BUSY | Errno::XDEV) => Err(Kept::InPlaceOnly),
        Err(errno) => Err(Kept::Failed("rename", errno.into())),
    }
}

/// Whether `target` is the file whose metadata were taken: same file, length and time of change.
pub(super) fn is_as_read(target: &Path, old: Option<&Metadata>) -> bool {
    let stamp = |it: &Metadata| (it.dev(), it.ino(), it.len(), it.mtime(), it.mtime_nsec());
    match (old, std::fs::metadata(target)) {
        (Some(old), Ok(now)) => stamp(old) == stamp(&now),
        (None, Err(error)) => error.kind() == io::ErrorKind::NotFound,
        _ => false,
    }
}

fn fill(file: &File, target: &Path, old: Option<&Metadata>, bytes: &[&[u8]]) -> Result<(), Kept> {
    let failed = |step| move |error: io::Error| Kept::Failed(step, error);
    reserve(file, 0, length(bytes)).map_err(failed("reserve"))?;
    for slice in bytes {
        (&*file).write_all(slice).map_err(failed("write"))?;
    }
    if let Some(old) = old {
        // Owner first: changing it clears bits of the mode.
        let made = file.metadata().map_err(failed("stat"))?;
        if made.gid() != old.gid() || made.uid() != old.uid() {
            let owner = Some(sys::Uid::from_raw(old.uid()));
            let group = Some(sys::Gid::from_raw(old.gid()));
            if sys::fchown(file, owner, group).is_err() {
                return Err(Kept::InPlaceOnly);
            }
        }
        let mode = std::fs::Permissions::from_mode(old.mode() & 0o7777);
        file.set_permissions(mode).map_err(failed("chmod"))?;
        if !copy_attributes(target, file) {
            return Err(Kept::InPlaceOnly);
        }
    }
    sync(file).map_err(failed("sync"))
}

/// How many bytes stand in these stretches.
pub(super) fn length(slices: &[&[u8]]) -> usize {
    slices.iter().map(|slice| slice.len()).sum()
}

/// Asks for the space first, so that a full disk is found out before anything is written.
pub(super) fn reserve(file: &File, from: usize, to: usize) -> io::Result<()> {
    if to <= from {
        return Ok(());
    }
    match sys::fallocate(file, FallocateFlags::KEEP_SIZE, from as u64, (to - from) as u64) {
        Err(Errno::OPNOTSUPP | Errno::NOSYS | Errno::INVAL) | Ok(()) => Ok(()),
        Err(errno) => Err(errno.into()),
    }
}

/// Syncs once. File systems that cannot are taken at their word.
pub(super) fn sync(file: &File) -> io::Result<()> {
    match sys::fsync(file) {
        Err(Errno::INVAL | Errno::OPNOTSUPP | Errno::ROFS) | Ok(()) => Ok(()),
        Err(errno) => Err(errno.into()),
    }
}

pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    sync(&File::from(sys::open(folder, flags, Mode::empty())?))
}

/// Whether a new file could be given the owner of the old one.
fn can_own(old: &Metadata) -> bool {
    let me = rustix::process::geteuid();
    me.is_root() || me.as_raw() == old.uid()
}

/// Copies extended attributes, access lists among them; false where one could not be kept.
fn copy_attributes(from: &Path, to: impl AsFd) -> bool {
    let mut names = vec![0_u8; 64 * 1024];
    let length = match sys::listxattr(from, &mut names[..]) {
        Ok(length) => length,
        Err(Errno::OPNOTSUPP | Errno::NOSYS) => return true,
        Err(_) => return false,
    };
    let mut value = vec![0_u8; 64 * 1024];
    for name in names[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        // What the system sets by itself cannot and need not be copied.
        if name.starts_with(b"security.") && !name.starts_with(b"security.capability") {
            continue;
        }
        let Ok(length) = sys::getxattr(from, name, &mut value[..]) else { return false };
        if sys::fsetxattr(&to, name, &value[..length], sys::XattrFlags::empty()).is_err() {
            return false;
        }
    }
    true
}

fn random() -> Result<u64, Errno> {
    let mut bytes = [0_u8; 6];
    let flags = OFlags::RDONLY | OFlags::CLOEXEC;
    let source = sys::open("/dev/urandom", flags, Mode::empty())?;
    rustix::io::read(&source, &mut bytes)?;
    Ok(bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}

/// Whether we may write the file at all: a read-only file is left alone, by root too.
pub fn is_writable(target: &Path, old: &Metadata) -> bool {
    let any = old.mode() & 0o222 != 0;
    any && sys::accessat(sys::CWD, target, sys::Access::WRITE_OK, AtFlags::EACCESS).is_ok()
}
