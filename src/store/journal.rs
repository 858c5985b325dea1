//! Every change that was meant, before it is made: what stood there and what was to stand there.
//!
//! A file's journal is a text of JSON, a line a change, only ever added to. A change is written and
//! synced before the file is touched; a second line says that it was saved. So what was meant is
//! never lost, and what was done can be undone at any later time.

use super::replace::{sync, sync_folder};
use super::state::FileState;
use crate::bibtex::hunk::Hunk;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::fs::OpenOptions;
use std::io::{self, Write as _};

/// What kind of change it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Made by a person.
    Change,
    /// Took another back.
    Undo,
    /// Made one again that was taken back.
    Redo,
}

/// What a change is, for people: a message and its places, and the entries it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What kind of change.
    pub kind: Kind,
    /// The step that is undone or redone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The id of the message that says what was done.
    pub what: String,
    /// What fills the message's places.
    #[serde(default)]
    pub args: BTreeMap<String, String>,
    /// The citation keys it is about.
    #[serde(default)]
    pub keys: Vec<String>,
}

/// One change of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The step's name: the same in each file that it changed. Later steps sort later.
    pub id: String,
    /// When, in seconds since 1970.
    pub at: u64,
    /// What it was.
    #[serde(flatten)]
    pub note: Note,
    /// The hash of the file after.
    pub after: String,
    /// What was changed.
    pub hunks: Vec<Stored>,
    /// Whether it was saved.
    #[serde(skip)]
    pub done: bool,
}

/// A hunk as it is stored: text where it is text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    at: (usize, usize),
    before: Bytes,
    after: Bytes,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Bytes {
    Text(String),
    Raw(Vec<u8>),
}

impl Bytes {
    fn new(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Text(text.to_owned()),
            Err(_) => Self::Raw(bytes.to_vec()),
        }
    }

    fn get(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Raw(bytes) => bytes,
        }
    }
}

impl Stored {
    /// A hunk, to be stored.
    pub fn new(hunk: &Hunk) -> Self {
        let at = (hunk.before_at, hunk.after_at);
        Self { at, before: Bytes::new(&hunk.before), after: Bytes::new(&hunk.after) }
    }

    /// The hunk that was stored.
    pub fn hunk(&self) -> Hunk {
        Hunk {
            before_at: self.at.0,
            before: self.before.get().to_vec(),
            after_at: self.at.1,
            after: self.after.get().to_vec(),
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Done {
    done: String,
}

/// Writes down a change that is about to be made. It is on the disk when this returns.
pub fn intend(state: &FileState, record: &Record) -> io::Result<()> {
    append(state, &serde_json::to_string(record)?, true)
}

/// Writes down that the change was saved.
pub fn done(state: &FileState, id: &str) -> io::Result<()> {
    append(state, &serde_json::to_string(&Done { done: id.to_owned() })?, false)
}

fn append(state: &FileState, line: &str, durable: bool) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let path = state.journal();
    let fresh = !path.exists();
    let mut file = OpenOptions::new()
        .create(true)
        .read(true)
        .append(true)
        .mode(0o600)
        .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed())
        .open(&path)?;
    // A line that a crash cut short must not swallow this one.
    let length = file.metadata()?.len();
    let mut last = [b'\n'];
    if length > 0 {
        use std::os::unix::fs::FileExt as _;
        file.read_exact_at(&mut last, length - 1)?;
    }
    let lead = if last == *b"\n" { "" } else { "\n" };
    file.write_all(format!("{lead}{line}\n").as_bytes())?;
    if durable {
        sync(&file)?;
        if let (true, Some(folder)) = (fresh, path.parent()) {
            sync_folder(folder)?;
        }
    }
    Ok(())
}

/// The changes of a file, oldest first. Lines that cannot be read are left out.
pub fn read(state: &FileState) -> io::Result<Vec<Record>> {
    let bytes = match std::fs::read(state.journal()) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    Ok(records(&bytes))
}

/// The changes in a journal, or in its end.
fn records(bytes: &[u8]) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    let mut done = HashSet::new();
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        if let Ok(record) = serde_json::from_slice::<Record>(line) {
            records.push(record);
        } else if let Ok(Done { done: id }) = serde_json::from_slice(line) {
            done.insert(id);
        }
    }
    for record in &mut records {
        record.done = done.contains(&record.id);
    }
    records
}

/// The last change of a file, without reading what stands before it.
fn last(state: &FileState) -> io::Result<Option<Record>> {
    use std::os::unix::fs::FileExt as _;
    let file = match std::fs::File::open(state.journal()) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let length = file.metadata()?.len();
    let mut size = length.min(16 * 1024);
    loop {
        let mut tail = vec![0; size as usize];
        file.read_exact_at(&mut tail, length - size)?;
        let mut records = records(&tail);
        // The first line may have been cut; it is not a record then, and more is read.
        if !records.is_empty() || size == length {
            return Ok(records.pop());
        }
        size = (size * 4).min(length);
    }
}

/// Says of a change that was saved and not written down as such (a crash came between) that it was,
/// if the file is as it was to be then: `hash` gives what it is. Gives the last change's name. Only
/// for who holds the file's lock.
pub fn settle(
    state: &FileState,
    hash: impl FnOnce() -> io::Result<String>,
) -> io::Result<Option<String>> {
    let Some(last) = last(state)? else { return Ok(None) };
    if !last.done && last.after == hash()? {
        done(state, &last.id)?;
    }
    Ok(Some(last.id))
}
