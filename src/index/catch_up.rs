//! Bringing an index up to date without reading the library: of a file that has changed, the runs
//! that are as they were are only hashed, and what stands between them is read.

use super::make::{describe, lock};
use super::manifest::{self, Manifest, Standing};
use super::place::{self, Sources};
use super::places::{Places, Record};
use super::runs::{self, FileRuns, Run, Runs};
use super::{Error, Index, document};
use crate::bibtex::encoding::{Encoding, decode};
use crate::model::{Entry, Library};
use std::collections::HashSet;
use std::fs::File;
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use tantivy::{IndexWriter, Term};

/// The most that is read anew; beyond it, reading the whole library is as fast.
const MOST: u64 = 8 * 1024 * 1024;

/// What has changed in a file.
struct Change {
    file: usize,
    /// Bytes of the file as it was that are no longer there as they were.
    old: Range<u64>,
    /// What stands there now.
    new: Vec<u8>,
    /// The runs before and after, and the size, as they are now.
    before: Vec<Run>,
    after: Vec<Run>,
    size: u64,
}

impl Index {
    /// The index of `sources`, brought up to date where little has changed and nothing that other
    /// entries depend on. Fails in every other case: then [`Index::make`] is the way.
    pub fn catch_up(sources: &Sources) -> Result<Self, Error> {
        let folder = place::folder(sources).ok_or(Error::TooMuch)?;
        let _lock = lock(&folder, &mut |_| std::ops::ControlFlow::Continue(()))?;
        let manifest = Manifest::read(&folder).ok_or(Error::Damaged)?;
        if manifest.standing(sources) == Standing::Foreign {
            return Err(Error::Damaged);
        }
        let before = manifest::files(sources);
        let made = folder.join(&manifest.folder);
        let mut runs = Runs::read(&made).ok_or(Error::TooMuch)?;
        let names =
            |all: &[manifest::Seen]| all.iter().map(|it| it.path.clone()).collect::<Vec<_>>();
        if runs.files.len() != before.len() || names(&manifest.files) != names(&before) {
            return Err(Error::TooMuch);
        }
        let index = Self::open_made(sources, &folder, &manifest)?;
        let mut records = index.places.all();
        if records.len() != manifest.entries {
            return Err(Error::Damaged);
        }
        let mut writer: Option<IndexWriter> = None;
        for (file, seen) in before.iter().enumerate() {
            if manifest.files[file].looks_like(seen) && !manifest.is_too_young() {
                continue;
            }
            let Some(change) = changed(file, &seen.path, &runs.files[file])? else { continue };
            let new = read(&runs, &change)?;
            let (gone, kept): (Vec<Record>, Vec<Record>) = records
                .into_iter()
                .partition(|it| it.file as usize == file && change.old.contains(&it.start));
            records = moved(kept, &change, &runs.files[file]);
            index.write(&mut writer, &new, &gone, &mut records, &change)?;
            settle(&mut runs.files[file], change, &new);
        }
        if let Some(mut writer) = writer {
            writer.commit()?;
            writer.wait_merging_threads()?;
        }
        let entries = records.len();
        Places::write(&made, records)?;
        runs.write(&made)?;
        describe(sources, &folder, &manifest.folder, entries, &before)?;
        let manifest = Manifest::read(&folder).ok_or(Error::Damaged)?;
        Self::open_made(sources, &folder, &manifest)
    }

    /// Puts in the entries that are new and takes out those that are gone.
    fn write(
        &self,
        writer: &mut Option<IndexWriter>,
        new: &New,
        gone: &[Record],
        records: &mut Vec<Record>,
        change: &Change,
    ) -> Result<(), Error> {
        let before: HashSet<u64> = gone.iter().map(|it| it.id).collect();
        let now: HashSet<u64> = new.entries.iter().map(|(id, _)| *id).collect();
        // Entries that say the same are told apart by their order in the library.
        if now.len() < new.entries.len() || records.iter().any(|it| now.contains(&it.id)) {
            return Err(Error::TooMuch);
        }
        let order = records
            .iter()
            .filter(|it| (it.file as usize, it.start) < (change.file, change.old.start))
            .count();
        for (nth, (id, entry)) in new.entries.iter().enumerate() {
            records.push(new.record(*id, entry, change));
            if before.contains(id) {
                continue;
            }
            let document = document::document(&self.fields, entry, *id, order + nth);
            self.writer(writer)?.add_document(document)?;
        }
        for id in before.difference(&now) {
            self.writer(writer)?.delete_term(Term::from_field_u64(self.fields.id, *id));
        }
        Ok(())
    }

    fn writer<'w>(
        &self,
        writer: &'w mut Option<IndexWriter>,
    ) -> Result<&'w mut IndexWriter, Error> {
        if writer.is_none() {
            *writer = Some(self.tantivy.writer_with_num_threads(1, 15_000_000)?);
        }
        writer.as_mut().ok_or(Error::Damaged)
    }
}

/// What has changed in the file at `path`; `None` where nothing has.
fn changed(file: usize, path: &Path, known: &FileRuns) -> Result<Option<Change>, Error> {
    let input = File::open(path)?;
    let size = input.metadata()?.len();
    if !known.is_plain || known.runs.is_empty() {
        return Err(Error::TooMuch);
    }
    let end = |at: usize| known.runs.get(at + 1).map_or(known.size, |next| next.start);
    let is_same = |at: usize, grown: i64, buffer: &mut Vec<u8>| -> bool {
        let run = &known.runs[at];
        let start = run.start.saturating_add_signed(grown);
        buffer.resize((end(at) - run.start) as usize, 0);
        // What cannot be read is not as it was; whoever reads it next will say why.
        start + buffer.len() as u64 <= size
            && input.read_exact_at(buffer, start).is_ok()
            && runs::hash(buffer) == run.hash
    };
    let grown = size as i64 - known.size as i64;
    let count = known.runs.len();
    let first = leading(count, &|at, buffer| is_same(at, 0, buffer));
    if first == count && grown == 0 {
        return Ok(None);
    }
    let free = known.runs.get(first).map_or(known.size, |it| it.start);
    let is_kept = |from_end: usize, buffer: &mut Vec<u8>| {
        let at = count - 1 - from_end;
        known.runs[at].start.saturating_add_signed(grown) >= free && is_same(at, grown, buffer)
    };
    let last = count - leading(count - first, &is_kept);
    // One more on either side: where two runs meet that are as they were, nothing else has moved.
    let (first, last) = (first.saturating_sub(1), (last + 1).min(count));
    if known.runs[first..last].iter().any(|it| it.is_tied) {
        return Err(Error::TooMuch);
    }
    let old = known.runs[first].start..known.runs.get(last).map_or(known.size, |it| it.start);
    let to = old.end.saturating_add_signed(grown);
    if to < old.start || to - old.start > MOST {
        return Err(Error::TooMuch);
    }
    let mut new = vec![0; (to - old.start) as usize];
    input.read_exact_at(&mut new, old.start)?;
    let after = known.runs[last..].to_vec();
    Ok(Some(Change { file, old, new, before: known.runs[..first].to_vec(), after, size }))
}

/// How many of `count` things, from the first on, are as they were; looked at on two cores.
fn leading(count: usize, is_same: &(dyn Fn(usize, &mut Vec<u8>) -> bool + Sync)) -> usize {
    let (next, other) = (AtomicUsize::new(0), AtomicUsize::new(count));
    let work = || {
        let mut buffer = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= other.load(Ordering::Relaxed) {
                return;
            }
            if !is_same(at, &mut buffer) {
                other.fetch_min(at, Ordering::Relaxed);
                return;
            }
        }
    };
    std::thread::scope(|scope| {
        if count > 64 {
            scope.spawn(work);
        }
        work();
    });
    other.into_inner()
}

/// The entries in the bytes that are new.
struct New {
    entries: Vec<(u64, Entry)>,
    /// How many bytes of macros were put before them to read them.
    head: usize,
    /// The line on which the bytes begin, and the one on which those macros end.
    line: u32,
    head_lines: u32,
    /// Where entries begin in the bytes.
    starts: Vec<usize>,
}

fn read(known: &Runs, change: &Change) -> Result<New, Error> {
    let strings = known.strings.as_ref().ok_or(Error::TooMuch)?;
    if decode(&change.new).1 != Encoding::Utf8 || std::str::from_utf8(&change.new).is_err() {
        return Err(Error::TooMuch);
    }
    let mut text = strings.clone().into_bytes();
    let (head, head_lines) = (text.len(), runs::newlines(&text));
    text.extend(&change.new);
    let library = Library::new(vec![("new".into(), text.into())]);
    let source = &library.sources[0];
    let is_alone = |entry: &Entry| known.is_alone(entry);
    let has_macros = source
        .file
        .blocks
        .iter()
        .any(|it| it.span.start >= head && matches!(it.kind, crate::bibtex::Kind::Strings(_)));
    if !source.file.problems.is_empty() || has_macros || !library.entries.iter().all(is_alone) {
        return Err(Error::TooMuch);
    }
    let starts = library.entries.iter().map(|it| it.place.span.start - head).collect();
    let entries = library.entries.into_iter().map(|it| (document::id(&it, 0), it)).collect();
    let line = known.files[change.file].runs[change.before.len()].line;
    Ok(New { entries, head, line, head_lines, starts })
}

impl New {
    fn record(&self, id: u64, entry: &Entry, change: &Change) -> Record {
        let span = &entry.place.span;
        Record {
            id,
            file: change.file as u32,
            line: entry.place.line as u32 - self.head_lines + self.line - 1,
            start: change.old.start + (span.start - self.head) as u64,
            length: span.len() as u32,
        }
    }
}

/// The records that stay, those below the change moved.
fn moved(mut records: Vec<Record>, change: &Change, known: &FileRuns) -> Vec<Record> {
    let Some(next) = change.after.first() else { return records };
    let first = known.runs[change.before.len()].line;
    let line = first + runs::newlines(&change.new);
    let start = change.old.start + change.new.len() as u64;
    for it in &mut records {
        if it.file as usize == change.file && it.start >= change.old.end {
            it.start = it.start - next.start + start;
            it.line = it.line - next.line + line;
        }
    }
    records
}

/// The runs as they are now.
fn settle(known: &mut FileRuns, change: Change, new: &New) {
    let line = new.line + runs::newlines(&change.new);
    let start = change.old.start + change.new.len() as u64;
    let first = change.after.first().cloned();
    let mut all = change.before;
    all.extend(runs::cut(&change.new, new.starts.iter().copied(), new.line, change.old.start));
    if let Some(first) = first {
        all.extend(change.after.into_iter().map(|it| Run {
            start: it.start - first.start + start,
            line: it.line - first.line + line,
            ..it
        }));
    }
    (known.runs, known.size) = (all, change.size);
}

#[cfg(test)]
mod tests;
