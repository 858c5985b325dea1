//! The one way in which a `.bib` file is written.
//!
//! Under the file's lock: what is on the disk is compared with what was read; where another program
//! changed it, the edits are merged into what is there now; what would be written is read back in
//! memory and compared with what was meant; the change goes into the journal; then the new bytes
//! take the old one's place at once, or, where that would break links, in place with a copy kept.

use super::journal::{self, Note, Record, Stored};
use super::replace::{self, Kept, Replaced};
use super::state::{FileState, State};
use super::{clock, copies, in_place, lock};
use crate::bibtex::encoding::{self, Encoding, NoSuchCharacter};
use crate::bibtex::merge::{self, Conflict};
use crate::bibtex::verify::{self, Loss};
use crate::bibtex::{self, File, diff, hunk};
use crate::text::edit::{Edit, apply};
use std::borrow::Cow;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

/// What is to be written to one file.
#[derive(Debug, Clone)]
pub struct Job<'a> {
    /// Which file.
    pub path: &'a Path,
    /// Its text as it was read; empty for a file that is not there yet.
    pub base: &'a [u8],
    /// The blocks of that text.
    pub file: &'a File,
    /// How it is written on disk.
    pub encoding: Encoding,
    /// What to change.
    pub edits: Vec<Edit>,
}

/// A saved file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Which file.
    pub path: PathBuf,
    /// Its text now.
    pub text: Vec<u8>,
    /// Whether another program had changed it, and its changes are kept.
    pub merged: bool,
    /// Whether it is certain that it is on the disk.
    pub durable: bool,
}

/// Why nothing was saved.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file may not be written.
    #[error("`{0}` is read-only")]
    ReadOnly(PathBuf),
    /// It is no ordinary file, or a link that leads nowhere or in a circle.
    #[error("`{0}` is no file that can be written")]
    NotAFile(PathBuf, #[source] Option<io::Error>),
    /// Another of us has been saving it for too long.
    #[error("`{0}` is being saved by another process")]
    Locked(PathBuf),
    /// Another program writes it again and again.
    #[error("`{0}` is being written by another program")]
    Moving(PathBuf),
    /// Another program changed the same values.
    #[error("`{path}` was changed by another program")]
    ChangedOnDisk {
        /// Which file.
        path: PathBuf,
        /// What the two do not agree on; none where it is gone.
        conflicts: Vec<Conflict>,
    },
    /// What would be written would not be read as it was meant.
    #[error("`{0}` would lose something")]
    WouldLose(PathBuf, #[source] Loss),
    /// The file's encoding does not have a character.
    #[error("`{0}` cannot hold a character")]
    NoSuchCharacter(PathBuf, #[source] NoSuchCharacter),
    /// There is no room.
    #[error("there is no room for `{path}`")]
    Full {
        /// Which file.
        path: PathBuf,
        /// How many bytes it takes.
        needed: u64,
        /// How many there are.
        free: u64,
    },
    /// The world said no.
    #[error("`{path}` could not be written ({step})")]
    Failed {
        /// Which file.
        path: PathBuf,
        /// While doing what.
        step: &'static str,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// Saves what `jobs` say, all or, as far as the world allows, nothing; `note` goes into the
/// journal. Without state there is no history, and files that can only be written in place are not.
pub fn save(state: Option<&State>, jobs: &[Job<'_>], note: &Note) -> Result<Vec<Saved>, Error> {
    for _ in 0..TRIES {
        match once(state, jobs, note) {
            // It was written between our look and our write: look and merge again.
            Err(Error::Moving(_)) => {}
            done => return done,
        }
    }
    once(state, jobs, note)
}

/// How often a save begins anew because another program wrote meanwhile.
const TRIES: usize = 8;

fn once(state: Option<&State>, jobs: &[Job<'_>], note: &Note) -> Result<Vec<Saved>, Error> {
    let mut ready = Vec::with_capacity(jobs.len());
    let mut order: Vec<&Job<'_>> = jobs.iter().filter(|job| !job.edits.is_empty()).collect();
    // Always in the same order, so that two of us never wait for each other.
    order.sort_by_key(|job| job.path);
    for job in order {
        ready.push(Ready::new(state, job)?);
    }
    let at = clock::now();
    let id = step_id();
    for ready in &ready {
        ready.intend(&id, at, note)?;
    }
    for (n, one) in ready.iter().enumerate() {
        if let Err(error) = one.write() {
            // The step is one: what was written of it goes back.
            for before in &ready[..n] {
                before.write_back();
            }
            return Err(error);
        }
    }
    for ready in &ready {
        if let Some(state) = &ready.state {
            // The file is saved; that the journal says so is settled at the next save if not now.
            let _settled = journal::done(state, &id);
        }
    }
    Ok(ready.into_iter().map(Ready::saved).collect())
}

/// A name for a step: later ones sort later.
fn step_id() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let nanos = now.map_or(0, |since| since.as_nanos());
    format!("{nanos:020x}{:08x}", std::process::id())
}

/// A file that is locked, compared, merged and checked: only the writing is left.
struct Ready {
    path: PathBuf,
    target: PathBuf,
    old: Option<Metadata>,
    before: Vec<u8>,
    text: Vec<u8>,
    bytes: Option<Vec<u8>>,
    hunks: Vec<hunk::Hunk>,
    merged: bool,
    durable: std::cell::Cell<bool>,
    state: Option<FileState>,
    _locks: (Option<lock::Lock>, Option<lock::Lock>),
}

impl Ready {
    fn new(state: Option<&State>, job: &Job<'_>) -> Result<Self, Error> {
        let path = job.path.to_owned();
        let failed = |step| {
            let path = path.clone();
            move |source: io::Error| Error::Failed { path, step, source }
        };
        let target = target(job.path)?;
        let state = state.map(|state| state.of(&target)).transpose().map_err(failed("history"))?;
        let lock = match &state {
            Some(state) => match lock::take(state).map_err(failed("lock"))? {
                Some(lock) => Some(lock),
                None => return Err(Error::Locked(path)),
            },
            None => None,
        };
        let Some(itself) = lock::take_itself(&target).map_err(failed("lock"))? else {
            return Err(Error::Locked(path));
        };
        if let Some(state) = &state {
            in_place::recover(&target, state).or_else(not_there).map_err(failed("recover"))?;
        }
        replace::sweep(&target);
        let old = match std::fs::metadata(&target) {
            Ok(old) if !old.is_file() => return Err(Error::NotAFile(path, None)),
            Ok(old) => Some(old),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed("stat")(error)),
        };
        if let Some(old) = &old
            && !replace::is_writable(&target, old)
        {
            return Err(Error::ReadOnly(path));
        }
        let before = match &old {
            Some(_) => std::fs::read(&target).map_err(failed("read"))?,
            None => Vec::new(),
        };
        if let Some(state) = &state {
            journal::settle(state, &hash(&before)).map_err(failed("history"))?;
        }
        let no_such = |error| Error::NoSuchCharacter(path.clone(), error);
        let as_read = encoding::encode(job.base, job.encoding).map_err(no_such)?;
        let lose = |loss| Error::WouldLose(path.clone(), loss);
        let (base, edits, merged) = if *as_read == *before {
            (Cow::Borrowed(job.base), Cow::Borrowed(&job.edits), false)
        } else if old.is_none() {
            return Err(Error::ChangedOnDisk { path, conflicts: Vec::new() });
        } else {
            let (base, edits) = merge(job, &before)
                .map_err(|conflicts| Error::ChangedOnDisk { path: path.clone(), conflicts })?;
            (Cow::Owned(base), Cow::Owned(edits), true)
        };
        let read;
        let file = if merged {
            read = bibtex::parse(&base);
            &read
        } else {
            job.file
        };
        let (text, _) = verify::edited(&base, file, &edits).map_err(lose)?;
        let hunks = hunk::hunks(&base, file, &edits);
        let bytes = match encoding::encode(&text, job.encoding).map_err(no_such)? {
            Cow::Borrowed(_) => None,
            Cow::Owned(bytes) => Some(bytes),
        };
        let durable = std::cell::Cell::new(true);
        Ok(Self {
            path,
            target,
            old,
            before,
            text,
            bytes,
            hunks,
            merged,
            durable,
            state,
            _locks: (lock, itself),
        })
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.as_deref().unwrap_or(&self.text)
    }

    fn intend(&self, id: &str, at: u64, note: &Note) -> Result<(), Error> {
        let Some(state) = &self.state else { return Ok(()) };
        let record = Record {
            id: id.to_owned(),
            at,
            note: note.clone(),
            before: hash(&self.before),
            after: hash(self.bytes()),
            hunks: self.hunks.iter().map(Stored::new).collect(),
            done: false,
        };
        journal::intend(state, &record).map_err(|error| self.failed("history", error))?;
        if self.old.is_some() {
            copies::before_first_change(&self.target, state, &clock::day(at))
                .map_err(|error| self.failed("copy", error))?;
        }
        Ok(())
    }

    fn write(&self) -> Result<(), Error> {
        self.put(self.old.as_ref(), &self.before, self.bytes())
    }

    fn put(&self, old: Option<&Metadata>, before: &[u8], bytes: &[u8]) -> Result<(), Error> {
        if before == bytes && old.is_some() {
            return Ok(());
        }
        match replace::replace(&self.target, old, bytes) {
            Ok(replaced) => {
                self.durable.set(replaced == Replaced::Safely);
                Ok(())
            }
            Err(Kept::Failed(step, error)) => Err(self.failed(step, error)),
            Err(Kept::Moved) => Err(Error::Moving(self.path.clone())),
            Err(Kept::InPlaceOnly) if !replace::is_as_read(&self.target, old) => {
                Err(Error::Moving(self.path.clone()))
            }
            Err(Kept::InPlaceOnly) => match &self.state {
                Some(state) => in_place::write(&self.target, before, bytes, state)
                    .map_err(|(step, error)| self.failed(step, error)),
                None => Err(self.failed("state", io::ErrorKind::NotFound.into())),
            },
        }
    }

    fn write_back(&self) {
        // Best effort: should this fail too, the journal knows what was meant.
        let now = std::fs::metadata(&self.target).ok();
        if self.old.is_some() {
            let _back = self.put(now.as_ref(), self.bytes(), &self.before);
        } else {
            let _gone = std::fs::remove_file(&self.target);
        }
    }

    fn failed(&self, step: &'static str, source: io::Error) -> Error {
        let path = self.path.clone();
        let full =
            matches!(source.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
        if full && let Some(folder) = self.target.parent() {
            let free = rustix::fs::statvfs(folder).map_or(0, |it| it.f_bavail * it.f_frsize);
            return Error::Full { path, needed: self.bytes().len() as u64, free };
        }
        Error::Failed { path, step, source }
    }

    fn saved(self) -> Saved {
        Saved { path: self.path, text: self.text, merged: self.merged, durable: self.durable.get() }
    }
}

/// The edits as they are on what another program made of the file, with that.
fn merge(job: &Job<'_>, disk: &[u8]) -> Result<(Vec<u8>, Vec<Edit>), Vec<Conflict>> {
    let (theirs, encoding) = encoding::decode(disk);
    let ours = apply(job.base, &job.edits).map_err(|_| Vec::new())?;
    if encoding != job.encoding && !theirs.is_ascii() {
        return Err(Vec::new());
    }
    let merged = merge::merge(job.base, &ours, &theirs, merge::Record::Aside);
    if !merged.conflicts.is_empty() {
        return Err(merged.conflicts);
    }
    let edits = diff::between(&theirs, &merged.text);
    Ok((theirs.into_owned(), edits))
}

/// The real path: links resolved. A file that is not there yet has that of its folder.
fn target(path: &Path) -> Result<PathBuf, Error> {
    match std::fs::canonicalize(path) {
        Ok(target) => Ok(target),
        Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => {
            let folder =
                path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let name = path.file_name().ok_or_else(|| Error::NotAFile(path.to_owned(), None))?;
            let folder = std::fs::canonicalize(folder).map_err(|source| Error::Failed {
                path: path.to_owned(),
                step: "folder",
                source,
            })?;
            Ok(folder.join(name))
        }
        Err(error) => Err(Error::NotAFile(path.to_owned(), Some(error))),
    }
}

fn not_there(error: io::Error) -> io::Result<bool> {
    if error.kind() == io::ErrorKind::NotFound { Ok(false) } else { Err(error) }
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Clears up after saves of `path` that were cut short: temporary files go, a file that was half
/// written in place gets its old bytes back. Gives whether it did the latter. Does nothing while
/// another of us saves it.
pub fn recover(state: &State, path: &Path) -> io::Result<bool> {
    let target = std::fs::canonicalize(path)?;
    let state = state.find(&target);
    if !state.journal().exists() {
        return Ok(false);
    }
    let Some(_lock) = lock::attempt(&state)? else { return Ok(false) };
    let Some(_itself) = lock::attempt_itself(&target)? else { return Ok(false) };
    replace::sweep(&target);
    in_place::recover(&target, &state)
}
