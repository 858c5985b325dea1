//! The one way in which a `.bib` file is written.
//!
//! Under the file's lock: what is on the disk is compared with what was read; where another program
//! changed it, the edits are merged into what is there now; what would be written is read back in
//! memory and compared with what was meant; the change goes into the journal; then the new bytes
//! take the old one's place at once, or, where that would break links, in place with a copy kept.

use super::journal::{self, Note};
use super::ready::{Ready, hash};
use super::state::State;
use super::{clock, in_place, lock, replace};
use crate::bibtex::File;
use crate::bibtex::encoding::{Encoding, NoSuchCharacter};
use crate::bibtex::merge::Conflict;
use crate::bibtex::verify::Loss;
use crate::text::edit::Edit;
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
    /// Its text now, where another program had changed it and its changes are kept; none where it
    /// is the text that was read with the edits made.
    pub merged: Option<Vec<u8>>,
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
    let me = u64::from(std::process::id());
    for tried in 0..TRIES {
        match once(state, jobs, note) {
            // It was written between our look and our write: look and merge again. Who else does
            // so waits another while.
            Err(Error::Moving(_)) => {
                let pause = (1 << tried.min(5)) + me.wrapping_mul(2_654_435_761 + tried) % 13;
                std::thread::sleep(std::time::Duration::from_millis(pause));
            }
            done => return done,
        }
    }
    once(state, jobs, note)
}

/// How often a save begins anew because another program wrote meanwhile.
const TRIES: u64 = 40;

fn once(state: Option<&State>, jobs: &[Job<'_>], note: &Note) -> Result<Vec<Saved>, Error> {
    let mut ready = Vec::with_capacity(jobs.len());
    let mut order: Vec<&Job<'_>> = jobs.iter().filter(|job| !job.edits.is_empty()).collect();
    // Always in the same order, so that two of us never wait for each other.
    order.sort_by_key(|job| job.path);
    for job in order {
        ready.push(Ready::new(state, job)?);
    }
    // Files that grow are written first: what moves from one to another is never in neither.
    ready.sort_by_key(|it| std::cmp::Reverse(it.growth()));
    let at = clock::now();
    let id = step_id(ready.iter().filter_map(|it| it.last.as_deref()).max());
    for ready in &ready {
        ready.intend(&id, at, note, &clock::day(at))?;
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

/// A name for a step that sorts behind `last`, whatever the clock says.
fn step_id(last: Option<&str>) -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let nanos = now.map_or(0, |since| since.as_nanos());
    let last = last.and_then(|id| u128::from_str_radix(id.get(..20)?, 16).ok());
    let nanos = last.map_or(nanos, |last| nanos.max(last + 1));
    format!("{nanos:020x}{:08x}", std::process::id())
}

/// Clears up after saves of `path` that were cut short: temporary files go, a file that was half
/// written in place gets its old bytes back, the journal learns what was saved after all. Gives
/// whether the file was half written. Does nothing while another of us saves it.
pub fn recover(state: &State, path: &Path) -> io::Result<bool> {
    let target = std::fs::canonicalize(path)?;
    let state = state.find(&target);
    if !state.journal().exists() {
        return Ok(false);
    }
    let Some(_lock) = lock::attempt(&state)? else { return Ok(false) };
    let Some(_itself) = lock::attempt_itself(&target)? else { return Ok(false) };
    replace::sweep(&target);
    let was_torn = in_place::recover(&target, &state)?;
    journal::settle(&state, || Ok(hash(&[&std::fs::read(&target)?])))?;
    Ok(was_torn)
}
