//! Where the index of a library lives: in its `index/` when that is the user's own, on a local disk
//! and nobody else writes there; else in the user's cache folder; else in memory.

use rustix::fs::{Access, AtFlags, CWD, Mode, access, chmodat};
use std::fs;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

/// What an index is made from, and where it may live.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    /// The library folder, which holds `index/`; `None` for loose files.
    pub root: Option<PathBuf>,
    /// The `.bib` files in order; `-` is standard input.
    pub files: Vec<PathBuf>,
    /// The library's thesaurus.
    pub thesaurus: Option<PathBuf>,
    /// The user's own cache folder.
    pub cache: Option<PathBuf>,
}

/// The folder for the index of `sources`, made where it is missing; `None` is memory.
pub fn folder(sources: &Sources) -> Option<PathBuf> {
    if sources.files.iter().any(|file| file.as_os_str() == "-") {
        return None;
    }
    if let Some(root) = &sources.root
        && is_private(root)
        && root.join("data").symlink_metadata().is_ok_and(|it| !is_shared(&it))
    {
        let folder = root.join("index");
        if own_folder(&folder) {
            return Some(folder);
        }
    }
    let folder = sources.cache.as_ref()?.join("index").join(name(sources));
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder);
    (made.is_ok() && own_folder(&folder)).then_some(folder)
}

/// A name for the index of these files, the same at every start.
fn name(sources: &Sources) -> String {
    let mut hasher = blake3::Hasher::new();
    for file in &sources.files {
        let path = fs::canonicalize(file).unwrap_or_else(|_| file.clone());
        hasher.update(path.as_os_str().as_encoded_bytes());
        hasher.update(&[0]);
    }
    hasher.finalize().to_hex()[..24].to_owned()
}

/// Whether `folder` is (or has just become) a folder of the user's own that they can write to, and
/// no link.
fn own_folder(folder: &Path) -> bool {
    if folder.symlink_metadata().is_err()
        && fs::DirBuilder::new().mode(0o700).create(folder).is_err()
    {
        return false;
    }
    let Ok(meta) = folder.symlink_metadata() else { return false };
    if !meta.is_dir() || !is_mine(&meta) || !is_local(folder) {
        return false;
    }
    if meta.mode() & 0o022 != 0 {
        // Ours alone from now on: others must not be able to cut a file that we have mapped.
        let _changed = chmodat(CWD, folder, Mode::from_raw_mode(0o700), AtFlags::empty());
    }
    access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

/// Whether nobody but the user writes to this library folder.
fn is_private(root: &Path) -> bool {
    let Ok(meta) = fs::metadata(root) else { return false };
    is_mine(&meta) && !is_shared(&meta) && is_local(root) && !is_synced(root)
}

fn is_mine(meta: &fs::Metadata) -> bool {
    meta.uid() == rustix::process::geteuid().as_raw()
}

/// Whether others may write: everybody, or a group that is not the user's own.
fn is_shared(meta: &fs::Metadata) -> bool {
    let group = meta.gid() != rustix::process::getegid().as_raw() && meta.mode() & 0o020 != 0;
    group || meta.mode() & 0o002 != 0
}

/// Whether the folder stands in one that a service keeps alike on several machines.
fn is_synced(folder: &Path) -> bool {
    const SERVICES: &[&str] = &[
        "dropbox",
        "onedrive",
        "google drive",
        "googledrive",
        "my drive",
        "icloud",
        "nextcloud",
        "owncloud",
        "mobile documents",
        "syncthing",
        "box sync",
        "pcloud",
        "cloudstorage",
        "jottacloud",
    ];
    let whole = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    whole.iter().any(|part| {
        let part = part.to_string_lossy().to_lowercase();
        SERVICES.iter().any(|service| part.starts_with(service))
    })
}

/// Whether the folder is on a disk of this machine and not on a network.
#[cfg(target_os = "linux")]
fn is_local(folder: &Path) -> bool {
    // linux/magic.h: NFS, SMB, CIFS, SMB2, Coda, NCP, AFS, kAFS, 9P, Ceph, FUSE, OCFS2, GFS2, Lustre.
    const REMOTE: &[u64] = &[
        0x6969,
        0x517B,
        0xFF53_4D42,
        0xFE53_4D42,
        0x7375_7245,
        0x564C,
        0x5346_414F,
        0x6B41_4653,
        0x0102_1997,
        0x00C3_6400,
        0x6573_5546,
        0x7461_636F,
        0x0116_1970,
        0x0BD0_0BD0,
    ];
    rustix::fs::statfs(folder)
        .is_ok_and(|found| !REMOTE.contains(&(found.f_type as u64 & 0xFFFF_FFFF)))
}

#[cfg(not(target_os = "linux"))]
fn is_local(_folder: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn library() -> (tempfile::TempDir, Sources) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("library");
        fs::create_dir_all(root.join("data")).unwrap();
        fs::write(root.join("data/a.bib"), "").unwrap();
        for part in [root.clone(), root.join("data")] {
            fs::set_permissions(part, fs::Permissions::from_mode(0o755)).unwrap();
        }
        let sources = Sources {
            files: vec![root.join("data/a.bib")],
            root: Some(root),
            thesaurus: None,
            cache: Some(folder.path().join("cache")),
        };
        (folder, sources)
    }

    #[test]
    fn a_library_of_ones_own_keeps_its_index_with_it() {
        let (_kept, sources) = library();
        assert_eq!(folder(&sources), Some(sources.root.clone().unwrap().join("index")));
    }

    #[test]
    fn a_library_that_others_write_to_has_its_index_in_the_cache() {
        let (_kept, sources) = library();
        let root = sources.root.clone().unwrap();
        fs::set_permissions(&root, fs::Permissions::from_mode(0o777)).unwrap();
        let found = folder(&sources).unwrap();
        assert!(found.starts_with(sources.cache.as_ref().unwrap()), "{found:?}");
        assert_eq!(fs::metadata(&found).unwrap().mode() & 0o777, 0o700);
    }

    #[test]
    fn a_link_in_the_place_of_the_index_is_not_followed() {
        let (kept, sources) = library();
        let index = sources.root.clone().unwrap().join("index");
        std::os::unix::fs::symlink(kept.path(), index).unwrap();
        assert!(folder(&sources).unwrap().starts_with(sources.cache.as_ref().unwrap()));
    }

    #[test]
    fn without_a_place_the_index_is_kept_in_memory() {
        let (_kept, mut sources) = library();
        sources.root = None;
        sources.cache = None;
        assert_eq!(folder(&sources), None);
    }
}
