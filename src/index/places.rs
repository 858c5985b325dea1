//! Where each entry stands, apart from the index proper: a line added at the top of a file moves
//! every entry below it, and none of them need be indexed again.

use super::row::Place;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The name of the file, in the folder of the index proper.
pub const NAME: &str = "places";

/// Bytes of a record: number, file, line, start, length, nothing.
const RECORD: usize = 32;

/// The place of one entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// The entry's number.
    pub id: u64,
    /// Which of the files.
    pub file: u32,
    /// The line of its `@`.
    pub line: u32,
    /// Where its bytes begin.
    pub start: u64,
    /// How many they are.
    pub length: u32,
}

impl Record {
    fn encode(&self) -> [u8; RECORD] {
        let mut out = [0; RECORD];
        out[..8].copy_from_slice(&self.id.to_le_bytes());
        out[8..12].copy_from_slice(&self.file.to_le_bytes());
        out[12..16].copy_from_slice(&self.line.to_le_bytes());
        out[16..24].copy_from_slice(&self.start.to_le_bytes());
        out[24..28].copy_from_slice(&self.length.to_le_bytes());
        out
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let four = |at: usize| bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes);
        let eight = |at: usize| bytes.get(at..at + 8)?.try_into().ok().map(u64::from_le_bytes);
        Some(Self {
            id: eight(0)?,
            file: four(8)?,
            line: four(12)?,
            start: eight(16)?,
            length: four(24)?,
        })
    }
}

/// The places of all entries, by number.
#[derive(Debug)]
pub struct Places {
    files: Vec<PathBuf>,
    kept: Kept,
}

#[derive(Debug)]
enum Kept {
    Memory(Vec<Record>),
    Disk(Mutex<File>, usize),
}

impl Places {
    /// Places in memory.
    pub fn new(files: Vec<PathBuf>, mut records: Vec<Record>) -> Self {
        records.sort_unstable_by_key(|it| it.id);
        Self { files, kept: Kept::Memory(records) }
    }

    /// The places that were written to `folder`.
    pub fn open(folder: &Path, files: Vec<PathBuf>) -> std::io::Result<Self> {
        let file = File::open(folder.join(NAME))?;
        let count = file.metadata()?.len() as usize / RECORD;
        Ok(Self { files, kept: Kept::Disk(Mutex::new(file), count) })
    }

    /// Writes `records` to `folder`, whole or not at all.
    pub fn write(folder: &Path, mut records: Vec<Record>) -> std::io::Result<()> {
        records.sort_unstable_by_key(|it| it.id);
        let bytes: Vec<u8> = records.iter().flat_map(Record::encode).collect();
        let new = folder.join(format!("{NAME}.{}", std::process::id()));
        std::fs::write(&new, bytes)?;
        std::fs::rename(new, folder.join(NAME))
    }

    /// All records.
    pub fn all(&self) -> Vec<Record> {
        match &self.kept {
            Kept::Memory(records) => records.clone(),
            Kept::Disk(file, count) => read(file, 0, *count).unwrap_or_default(),
        }
    }

    /// Where the entry with this number stands; nowhere (line 0) when it is not known.
    pub fn get(&self, id: u64) -> Place {
        let found = match &self.kept {
            Kept::Memory(records) => {
                records.binary_search_by_key(&id, |it| it.id).ok().map(|at| records[at])
            }
            Kept::Disk(file, count) => find(file, *count, id),
        };
        let Some(record) = found else { return Place::default() };
        let start = record.start as usize;
        Place {
            file: self.files.get(record.file as usize).cloned().unwrap_or_default(),
            line: record.line as usize,
            span: start..start + record.length as usize,
        }
    }
}

fn read(file: &Mutex<File>, from: usize, count: usize) -> Option<Vec<Record>> {
    let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
    let mut bytes = vec![0; count * RECORD];
    file.seek(SeekFrom::Start((from * RECORD) as u64)).ok()?;
    file.read_exact(&mut bytes).ok()?;
    bytes.chunks_exact(RECORD).map(Record::decode).collect()
}

/// The record with this number. The numbers are hashes, so where one stands can be told from its
/// size: mostly a single page is read.
fn find(file: &Mutex<File>, count: usize, id: u64) -> Option<Record> {
    const WINDOW: usize = 128;
    let (mut low, mut high) = (0, count);
    let mut guess = ((u128::from(id) * count as u128) >> 64) as usize;
    while low < high {
        let from = guess.saturating_sub(WINDOW / 2).clamp(low, high - 1);
        let records = read(file, from, WINDOW.min(high - from))?;
        let (first, last) = (records.first()?.id, records.last()?.id);
        if id < first {
            high = from;
        } else if id > last {
            low = from + records.len();
        } else {
            return records.binary_search_by_key(&id, |it| it.id).ok().map(|at| records[at]);
        }
        guess = low + (high - low) / 2;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found_again_on_disk() {
        let folder = tempfile::tempdir().unwrap();
        let number = |i: u64| i.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let record =
            |i: u64| Record { id: number(i), file: 0, line: i as u32, start: i, length: 1 };
        Places::write(folder.path(), (0..1000).map(record).collect()).unwrap();
        let places = Places::open(folder.path(), vec!["a.bib".into()]).unwrap();
        for i in 0..1000 {
            assert_eq!(places.get(number(i)).line, i as usize);
        }
        assert_eq!(places.get(number(1001)), Place::default());
        assert_eq!(places.all().len(), 1000);
    }
}
