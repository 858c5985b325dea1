//! Writing over a file where it stands: for hard links, bind mounts, and folders one may not write.
//!
//! A crash in the middle would tear the file. So its old bytes are copied to the state folder and
//! synced first; the next start puts them back.

use super::replace::{length, reserve, sync, sync_folder};
use super::state::FileState;
use rustix::fs::{self as sys, Mode, OFlags};
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

/// Writes `bytes` over `target`, which holds `old`. On an error the old bytes are put back.
pub fn write(
    target: &Path,
    old: &[&[u8]],
    bytes: &[&[u8]],
    state: &FileState,
) -> Result<(), (&'static str, io::Error)> {
    let rescue = state.rescue();
    keep(&rescue, old, bytes).map_err(|error| ("copy", error))?;
    let flags = OFlags::RDWR | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let opened = sys::open(target, flags, Mode::empty());
    let file = File::from(opened.map_err(|errno| ("open", errno.into()))?);
    reserve(&file, length(old), length(bytes)).map_err(|error| ("reserve", error))?;
    if let Err(error) = put(&file, bytes) {
        return Err(match put(&file, old) {
            Ok(()) => {
                let _gone = std::fs::remove_file(&rescue);
                ("write", error)
            }
            // The copy stays: the next start puts it back.
            Err(_) => ("restore", error),
        });
    }
    let _gone = std::fs::remove_file(&rescue);
    Ok(())
}

fn put(mut file: &File, bytes: &[&[u8]]) -> io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    for slice in bytes {
        file.write_all(slice)?;
    }
    file.set_len(length(bytes) as u64)?;
    sync(file)
}

/// The copy: the hashes of the old and the new bytes, then the old bytes.
fn keep(rescue: &Path, old: &[&[u8]], new: &[&[u8]]) -> io::Result<()> {
    let flags =
        OFlags::CREATE | OFlags::TRUNC | OFlags::WRONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mut file = File::from(sys::open(rescue, flags, Mode::from_raw_mode(0o600))?);
    for bytes in [old, new] {
        let mut hasher = blake3::Hasher::new();
        for slice in bytes {
            hasher.update(slice);
        }
        file.write_all(hasher.finalize().as_bytes())?;
    }
    for slice in old {
        file.write_all(slice)?;
    }
    sync(&file)?;
    rescue.parent().map_or(Ok(()), sync_folder)
}

/// Puts the old bytes back where a write in place was cut short. Gives whether it did. Only for who
/// holds the file's lock.
pub fn recover(target: &Path, state: &FileState) -> io::Result<bool> {
    let rescue = state.rescue();
    let mut kept = Vec::new();
    match File::open(&rescue) {
        Ok(mut file) => file.read_to_end(&mut kept)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let whole = kept.len() >= 64 && blake3::hash(&kept[64..]).as_bytes() == &kept[..32];
    let now = std::fs::read(target)?;
    let hash = blake3::hash(&now);
    let sound = !whole || hash.as_bytes() == &kept[..32] || hash.as_bytes() == &kept[32..64];
    if !sound {
        let flags = OFlags::RDWR | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        put(&File::from(sys::open(target, flags, Mode::empty())?), &[&kept[64..]])?;
    }
    std::fs::remove_file(&rescue)?;
    Ok(!sound)
}
