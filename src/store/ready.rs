//! A file about to be saved: locked, compared with what was read, merged, checked. Only the writing
//! is left.
//!
//! The new text is never put together: it is written from the text that was read and what is put
//! in, so that saving a large file takes no second copy of it.

use super::journal::{self, Note, Record, Stored};
use super::replace::{self, Kept, Replaced};
use super::save::{Error, Job, Saved};
use super::state::{FileState, State};
use super::{copies, in_place, lock};
use crate::bibtex::encoding::{self, Encoding};
use crate::bibtex::merge::{self, Conflict};
use crate::bibtex::{self, diff, hunk, verify};
use crate::text::edit::{Edit, apply, slices};
use std::borrow::Cow;
use std::cell::Cell;
use std::fs::Metadata;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

pub(super) struct Ready<'a> {
    path: PathBuf,
    target: PathBuf,
    old: Option<Metadata>,
    base: Cow<'a, [u8]>,
    edits: Cow<'a, [Edit]>,
    /// The bytes on the disk before and after, where they are not those of the text.
    encoded: Option<(Vec<u8>, Vec<u8>)>,
    hunks: Vec<hunk::Hunk>,
    merged: bool,
    durable: Cell<bool>,
    /// The file's history; none without a home.
    pub state: Option<FileState>,
    /// The name of the last step in its journal.
    pub last: Option<String>,
    _locks: (Option<lock::Lock>, Option<lock::Lock>),
}

impl<'a> Ready<'a> {
    pub fn new(state: Option<&State>, job: &'a Job<'_>) -> Result<Self, Error> {
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
        let no_such = |error| Error::NoSuchCharacter(path.clone(), error);
        let as_read = encoding::encode(job.base, job.encoding).map_err(no_such)?;
        let before = match &old {
            Some(_) => other_than(&target, &as_read).map_err(failed("read"))?,
            None => (!as_read.is_empty()).then(Vec::new),
        };
        let last = match &state {
            Some(state) => {
                let now = || Ok(hash(&[before.as_deref().unwrap_or(&as_read)]));
                journal::settle(state, now).map_err(failed("history"))?
            }
            None => None,
        };
        let lose = |loss| Error::WouldLose(path.clone(), loss);
        let merged = before.is_some();
        let (base, edits, hunks) = match &before {
            None => {
                verify::check(job.base, job.file, &job.edits).map_err(lose)?;
                let hunks = hunk::hunks(job.base, job.file, &job.edits);
                (Cow::Borrowed(job.base), Cow::Borrowed(&job.edits[..]), hunks)
            }
            Some(_) if old.is_none() => {
                return Err(Error::ChangedOnDisk { path, conflicts: Vec::new() });
            }
            Some(theirs) => {
                let (base, edits) = merge(job, theirs)
                    .map_err(|conflicts| Error::ChangedOnDisk { path: path.clone(), conflicts })?;
                let file = bibtex::parse(&base);
                verify::check(&base, &file, &edits).map_err(lose)?;
                let hunks = hunk::hunks(&base, &file, &edits);
                (Cow::Owned(base), Cow::Owned(edits), hunks)
            }
        };
        let encoded = match job.encoding {
            Encoding::Utf8 => None,
            encoding => {
                let text = apply(&base, &edits).map_err(|_| lose(verify::Loss::Misplaced))?;
                let after = encoding::encode(&text, encoding).map_err(no_such)?.into_owned();
                Some((before.unwrap_or_else(|| as_read.into_owned()), after))
            }
        };
        if slices(&base, &edits).is_err() {
            return Err(lose(verify::Loss::Misplaced));
        }
        let durable = Cell::new(true);
        let locks = (lock, itself);
        Ok(Self {
            path,
            target,
            old,
            base,
            edits,
            encoded,
            hunks,
            merged,
            durable,
            state,
            last,
            _locks: locks,
        })
    }

    /// The bytes on the disk before.
    fn before(&self) -> Vec<&[u8]> {
        vec![self.encoded.as_ref().map_or(&*self.base, |(before, _)| before)]
    }

    /// The bytes that are to be on the disk.
    fn after(&self) -> Vec<&[u8]> {
        match &self.encoded {
            Some((_, after)) => vec![after],
            // That they can be carried out was seen when this was made.
            None => slices(&self.base, &self.edits).unwrap_or_default(),
        }
    }

    /// By how many bytes the file becomes longer.
    pub fn growth(&self) -> isize {
        let new = self.edits.iter().map(|edit| edit.insert.len() as isize).sum::<isize>();
        new - self.edits.iter().map(|edit| edit.span.len() as isize).sum::<isize>()
    }

    /// Writes into the journal what is about to be done.
    pub fn intend(&self, id: &str, at: u64, note: &Note, day: &str) -> Result<(), Error> {
        let Some(state) = &self.state else { return Ok(()) };
        let record = Record {
            id: id.to_owned(),
            at,
            note: note.clone(),
            after: hash(&self.after()),
            hunks: self.hunks.iter().map(Stored::new).collect(),
            done: false,
        };
        journal::intend(state, &record).map_err(|error| self.failed("history", error))?;
        if self.old.is_some() {
            copies::before_first_change(&self.target, state, day)
                .map_err(|error| self.failed("copy", error))?;
        }
        Ok(())
    }

    /// Writes the file.
    pub fn write(&self) -> Result<(), Error> {
        self.put(self.old.as_ref(), &self.before(), &self.after())
    }

    fn put(&self, old: Option<&Metadata>, before: &[&[u8]], bytes: &[&[u8]]) -> Result<(), Error> {
        if old.is_some() && self.edits.is_empty() {
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

    /// Puts the old bytes back, since another file of the same step could not be written.
    pub fn write_back(&self) {
        // Best effort: should this fail too, the journal knows what was meant.
        let now = std::fs::metadata(&self.target).ok();
        if self.old.is_some() {
            let _back = self.put(now.as_ref(), &self.after(), &self.before());
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
            let needed = self.after().iter().map(|slice| slice.len() as u64).sum();
            return Error::Full { path, needed, free };
        }
        Error::Failed { path, step, source }
    }

    pub fn saved(self) -> Saved {
        let merged = self.merged.then(|| apply(&self.base, &self.edits).unwrap_or_default());
        Saved { path: self.path, merged, durable: self.durable.get() }
    }
}

/// The bytes of the file at `path` where they are others than `known`.
fn other_than(path: &Path, known: &[u8]) -> io::Result<Option<Vec<u8>>> {
    let mut file = std::fs::File::open(path)?;
    let mut rest = known;
    let mut part = vec![0; 256 * 1024];
    loop {
        let read = match file.read(&mut part) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        match rest.strip_prefix(&part[..read]) {
            Some(_) if read == 0 && rest.is_empty() => return Ok(None),
            Some(more) if read > 0 => rest = more,
            _ => return std::fs::read(path).map(Some),
        }
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

/// The hash of bytes that stand in one or more stretches.
pub(super) fn hash(slices: &[&[u8]]) -> String {
    let mut hasher = blake3::Hasher::new();
    for slice in slices {
        hasher.update(slice);
    }
    hasher.finalize().to_hex().to_string()
}
