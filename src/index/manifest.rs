//! What an index was made from, so that it is known at every start whether it still holds.

use super::place::Sources;
use super::{chain, schema};
use serde::{Deserialize, Serialize};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The name of the file.
const NAME: &str = "manifest.json";

/// The parts of an index that are not tantivy's.
const OURS: [&str; 3] = [super::places::NAME, super::runs::NAME, super::words_of::NAME];

/// How the folder of an index proper begins.
pub const MADE: &str = "made-";

/// What an index was made from.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq, Default)]
pub struct Manifest {
    /// Versions of everything that decides what the index holds ([`stamp`]).
    pub stamp: String,
    /// The folder of the index proper, beside this file.
    pub folder: String,
    /// When it was written, in nanoseconds since 1970.
    pub written: u64,
    /// How many entries there are.
    pub entries: usize,
    /// The `.bib` files.
    pub files: Vec<Seen>,
    /// The thesaurus and the dictionaries whose words take compounds apart.
    pub words: Vec<Seen>,
    /// The files of the index proper.
    pub parts: Vec<Seen>,
}

/// A file as it was seen.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq, Default)]
pub struct Seen {
    /// Its path; of a part, its name.
    pub path: PathBuf,
    /// Its size; `None` where it was missing.
    pub size: Option<u64>,
    /// When it was changed, in nanoseconds since 1970.
    pub changed: u64,
    /// Its number on the disk.
    pub inode: u64,
    /// What its bytes hash to; empty where only the above is compared.
    pub hash: String,
}

impl Seen {
    /// The file at `path` as it is now, not hashed.
    pub fn now(path: &Path) -> Self {
        let meta = fs::metadata(path).ok();
        let time = |meta: &fs::Metadata| {
            let changed = nanoseconds(meta.modified().unwrap_or(UNIX_EPOCH));
            // A file that was put in the place of another keeps its time of change, but not its
            // time of arrival.
            let arrived = meta.ctime().unsigned_abs() * 1_000_000_000;
            changed.max(arrived + meta.ctime_nsec().unsigned_abs())
        };
        Self {
            path: path.to_owned(),
            size: meta.as_ref().map(fs::Metadata::len),
            changed: meta.as_ref().map_or(0, time),
            inode: meta.as_ref().map_or(0, MetadataExt::ino),
            hash: String::new(),
        }
    }

    /// Whether the file in `folder` is the one that was hashed; true where none was.
    pub fn holds(&self, folder: &Path) -> bool {
        self.hash.is_empty() || self.hash == hash(&folder.join(&self.path))
    }

    /// Whether both look the same without reading the file.
    pub fn looks_like(&self, other: &Self) -> bool {
        (self.size, self.changed, self.inode) == (other.size, other.changed, other.inode)
            && self.path == other.path
    }
}

/// How the index compares with its sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    Fresh,
    /// Some file may have changed.
    Stale,
    /// It was made by another version, or from other words.
    Foreign,
}

/// Libraries up to this size get a new index when the words that take compounds apart change;
/// larger ones keep theirs until it is made anew for another reason.
const SMALL: usize = 20_000;

impl Manifest {
    /// The manifest in `folder`; `None` where there is none that can be trusted.
    pub fn read(folder: &Path) -> Option<Self> {
        let path = folder.join(NAME);
        let meta = path.symlink_metadata().ok()?;
        if !meta.is_file() || meta.uid() != rustix::process::geteuid().as_raw() {
            return None;
        }
        let manifest: Self = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
        let is_ours = manifest.folder.strip_prefix(MADE).is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
        });
        is_ours.then_some(manifest)
    }

    /// Puts it in `folder`, whole or not at all.
    pub fn write(&self, folder: &Path) -> std::io::Result<()> {
        let new = folder.join(format!("{NAME}.{}", std::process::id()));
        fs::write(&new, serde_json::to_vec(self)?)?;
        fs::rename(new, folder.join(NAME))
    }

    /// How it compares with `sources` as they are now; no file is read.
    pub fn standing(&self, sources: &Sources) -> Standing {
        if self.stamp != stamp() {
            return Standing::Foreign;
        }
        if self.entries <= SMALL && !looks_same(&self.words, &words(sources)) {
            return Standing::Foreign;
        }
        if looks_same(&self.files, &files(sources)) && !self.is_too_young() {
            return Standing::Fresh;
        }
        Standing::Stale
    }

    /// Whether a file was changed so shortly before this was written that it may have changed again
    /// without its time telling.
    pub fn is_too_young(&self) -> bool {
        let latest = self.files.iter().map(|file| file.changed).max().unwrap_or(0);
        latest + 20_000_000 > self.written
    }

    /// Whether the files of the index proper look as when this was written.
    pub fn parts_are_whole(&self, folder: &Path) -> bool {
        looks_same(&self.parts, &parts(&folder.join(&self.folder)))
    }
}

fn looks_same(a: &[Seen], b: &[Seen]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.looks_like(b))
}

/// The `.bib` files as they are now.
pub fn files(sources: &Sources) -> Vec<Seen> {
    // By its one path, from wherever it is named.
    let path = |path: &PathBuf| fs::canonicalize(path).unwrap_or_else(|_| path.clone());
    sources.files.iter().map(|file| Seen::now(&path(file))).collect()
}

/// The files of words as they are now: the thesaurus, and the [`dictionaries`].
pub fn words(sources: &Sources) -> Vec<Seen> {
    sources.thesaurus.iter().cloned().chain(dictionaries()).map(|path| Seen::now(&path)).collect()
}

/// Hunspell's dictionaries of languages with compounds, where they are installed: the folders of
/// Debian, Fedora and Arch, of older systems, and of macOS.
pub fn dictionaries() -> Vec<PathBuf> {
    const FOLDERS: [&str; 3] =
        ["/usr/share/hunspell", "/usr/share/myspell/dicts", "/Library/Spelling"];
    const NAMES: [&str; 4] = ["nb_NO.dic", "nn_NO.dic", "sv_SE.dic", "da_DK.dic"];
    let Some(folder) = FOLDERS.iter().map(Path::new).find(|folder| folder.is_dir()) else {
        return Vec::new();
    };
    NAMES.iter().map(|name| folder.join(name)).filter(|path| path.exists()).collect()
}

/// The files of the index proper as they are now, by name.
pub fn parts(folder: &Path) -> Vec<Seen> {
    let mut out: Vec<Seen> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|it| !it.file_name().to_string_lossy().starts_with(".tantivy"))
        .map(|it| Seen { path: it.file_name().into(), ..Seen::now(&it.path()) })
        .collect();
    out.sort_by(|a, b| a.path.cmp(&b.path));
    out
}

/// The parts in `folder` with a hash of those that tantivy keeps no checksum of.
pub fn hashed(mut parts: Vec<Seen>, folder: &Path) -> Vec<Seen> {
    let is_ours = |it: &&mut Seen| OURS.iter().any(|name| it.path == Path::new(name));
    for part in parts.iter_mut().filter(is_ours) {
        part.hash = hash(&folder.join(&part.path));
    }
    parts
}

fn hash(path: &Path) -> String {
    let hash = fs::read(path).map(|bytes| blake3::hash(&bytes).to_hex().to_string());
    hash.unwrap_or_default()
}

/// Versions of everything that decides what the index holds.
pub fn stamp() -> String {
    let lists = [
        include_str!("../../data/builtin/search/compound-words.txt"),
        include_str!("../../data/builtin/search/kinds.toml"),
    ];
    let mut hasher = blake3::Hasher::new();
    for list in lists {
        hasher.update(list.as_bytes());
    }
    let lists = hasher.finalize().to_hex();
    format!(
        "kilde 1, fields {}, chain {}, {}, lists {}",
        schema::VERSION,
        chain::VERSION,
        tantivy::version_string(),
        &lists[..16]
    )
}

/// Now, in nanoseconds since 1970.
pub fn now() -> u64 {
    nanoseconds(SystemTime::now())
}

fn nanoseconds(time: SystemTime) -> u64 {
    let since: Duration = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}
