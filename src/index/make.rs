//! Making an index, and bringing one up to date.

use super::chain::Steps;
use super::manifest::{self, MADE, Manifest, Seen, Standing};
use super::place::{self, Sources};
use super::places::{Places, Record};
use super::runs::Runs;
use super::schema::{Fields, register, schema};
use super::{Error, Index, Opened, document, words_of};
use crate::model::{Entry, Library};
use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexSettings, IndexWriter, TantivyDocument, Term};

/// How far the making of an index has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Another process is at it; we wait for it.
    Waiting,
    /// So many entries of so many are in.
    Entries(usize, usize),
    /// All are in; the pieces are put together.
    Finishing,
}

/// Is told how far the making of an index has come, and says whether to go on.
pub type Tell<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;

/// A file as it was before it was read: taken first, so that a change during the reading is seen at
/// the next start.
pub type Before = Vec<Seen>;

/// The stamps of the files of `sources`; take them before reading the library.
pub fn before(sources: &Sources) -> Before {
    manifest::files(sources)
}

impl Index {
    /// An index that holds what `library` holds: the one that is there if it can be brought up to
    /// date, else a new one; in memory where there is no place on disk or the disk says no.
    ///
    /// `before` are the stamps from before `library` was read. Two processes at once wait for each
    /// other. Where `progress` says to stop, what was there stays and [`Error::Cancelled`] comes.
    pub fn make(
        sources: &Sources,
        library: &Library,
        before: &Before,
        progress: &mut Tell<'_>,
    ) -> Result<Self, Error> {
        if let Some(folder) = place::folder(sources) {
            match on_disk(sources, &folder, library, before, progress) {
                Err(error) if !matches!(error, Error::Cancelled) => {}
                done => return done,
            }
        }
        Self::in_memory(sources, library, Steps::default(), progress)
    }

    /// A new index on disk, whatever was there.
    pub fn rebuild(
        sources: &Sources,
        library: &Library,
        before: &Before,
        progress: &mut Tell<'_>,
    ) -> Result<Self, Error> {
        let Some(folder) = place::folder(sources) else {
            return Self::in_memory(sources, library, Steps::default(), progress);
        };
        let _lock = lock(&folder, progress)?;
        anew(sources, &folder, library, before, progress)
    }

    /// An index in memory.
    pub fn in_memory(
        sources: &Sources,
        library: &Library,
        steps: Steps,
        progress: &mut Tell<'_>,
    ) -> Result<Self, Error> {
        let (schema, fields) = schema();
        let lexicon = Arc::new(words_of::lexicon(&words_of::extra(sources)));
        let index =
            tantivy::Index::builder().schema(schema).settings(settings()).create_in_ram()?;
        register(&index, &lexicon, steps);
        let numbered = number(&library.entries);
        fill(&index, &fields, &numbered, progress)?;
        let places = Places::new(sources.files.clone(), records(&numbered));
        Self::of(index, fields, lexicon, steps, places, sources)
    }
}

fn on_disk(
    sources: &Sources,
    folder: &Path,
    library: &Library,
    before: &Before,
    progress: &mut Tell<'_>,
) -> Result<Index, Error> {
    let _lock = lock(folder, progress)?;
    if let Opened::Fresh(index) = Index::open(sources) {
        // Another process was faster.
        return Ok(index);
    }
    if let Some(manifest) = Manifest::read(folder)
        && manifest.standing(sources) != Standing::Foreign
        && let Ok(index) = update(sources, folder, manifest, library, before)
    {
        return Ok(index);
    }
    anew(sources, folder, library, before, progress)
}

fn go_on(wish: ControlFlow<()>) -> Result<(), Error> {
    if wish.is_break() { Err(Error::Cancelled) } else { Ok(()) }
}

/// One process at a time; the lock goes with the process, however it ends.
pub(super) fn lock(folder: &Path, progress: &mut Tell<'_>) -> Result<File, Error> {
    // Never cut short: should something else of that name be there, it stays as it is.
    let file =
        File::options().create(true).truncate(false).write(true).open(folder.join("lock"))?;
    if file.try_lock().is_err() {
        go_on(progress(Progress::Waiting))?;
        file.lock()?;
    }
    Ok(file)
}

/// Rows in small blocks: of a block that is read mostly one row is wanted.
fn settings() -> IndexSettings {
    IndexSettings { docstore_blocksize: 4096, ..IndexSettings::default() }
}

/// The entries with their numbers.
fn number(entries: &[Entry]) -> Vec<(u64, &Entry)> {
    let mut seen: HashSet<u64> = HashSet::with_capacity(entries.len());
    entries
        .iter()
        .map(|entry| {
            let mut nth = 0;
            let mut id = document::id(entry, nth);
            while !seen.insert(id) {
                nth += 1;
                id = document::id(entry, nth);
            }
            (id, entry)
        })
        .collect()
}

fn records(numbered: &[(u64, &Entry)]) -> Vec<Record> {
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    numbered
        .iter()
        .map(|(id, entry)| Record {
            id: *id,
            file: small(entry.place.source),
            line: small(entry.place.line),
            start: entry.place.span.start as u64,
            length: small(entry.place.span.len()),
        })
        .collect()
}

/// Changes what has changed in the index that `manifest` describes.
fn update(
    sources: &Sources,
    folder: &Path,
    manifest: Manifest,
    library: &Library,
    before: &Before,
) -> Result<Index, Error> {
    let made = folder.join(&manifest.folder);
    let index = Index::open_made(sources, folder, &manifest)?;
    let numbered = number(&library.entries);
    let wanted: HashMap<u64, usize> =
        numbered.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
    let there: HashSet<u64> = index.places.all().iter().map(|it| it.id).collect();
    let gone: Vec<u64> = there.iter().filter(|id| !wanted.contains_key(*id)).copied().collect();
    let new: Vec<usize> =
        wanted.iter().filter(|(id, _)| !there.contains(*id)).map(|(_, at)| *at).collect();
    if (gone.len() + new.len()) * 3 > there.len() + 30 {
        return Err(Error::TooMuch);
    }
    if !gone.is_empty() || !new.is_empty() {
        let mut writer: IndexWriter = index.tantivy.writer_with_num_threads(1, 30_000_000)?;
        for id in gone {
            writer.delete_term(Term::from_field_u64(index.fields.id, id));
        }
        for at in new {
            let (id, entry) = numbered[at];
            writer.add_document(document::document(&index.fields, entry, id, at))?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
    }
    Places::write(&made, records(&numbered))?;
    Runs::of(library).write(&made)?;
    describe(sources, folder, &manifest.folder, numbered.len(), before)?;
    let manifest = Manifest::read(folder).ok_or(Error::Damaged)?;
    Index::open_made(sources, folder, &manifest)
}

/// Makes a new index beside the old one and then puts it in its place.
fn anew(
    sources: &Sources,
    folder: &Path,
    library: &Library,
    before: &Before,
    progress: &mut Tell<'_>,
) -> Result<Index, Error> {
    let ignored = folder.join(".gitignore");
    if !ignored.exists() {
        fs::write(ignored, "*\n")?;
    }
    let name = format!("{MADE}{:x}-{:x}", manifest::now(), std::process::id());
    let made = folder.join(&name);
    fs::create_dir(&made)?;
    let done = build(sources, &made, library, progress).and_then(|count| {
        describe(sources, folder, &name, count, before)?;
        let manifest = Manifest::read(folder).ok_or(Error::Damaged)?;
        Index::open_made(sources, folder, &manifest)
    });
    // What is left of others, or of ourselves when we failed, is of no use to anybody.
    let keep = if done.is_ok() { name.as_str() } else { "" };
    for entry in fs::read_dir(folder)?.flatten() {
        let other = entry.file_name().to_string_lossy().into_owned();
        if other.starts_with(MADE) && other != keep {
            let _gone = fs::remove_dir_all(entry.path());
        }
    }
    done
}

fn build(
    sources: &Sources,
    made: &Path,
    library: &Library,
    progress: &mut Tell<'_>,
) -> Result<usize, Error> {
    let (schema, fields) = schema();
    let extra = words_of::extra(sources);
    let lexicon = Arc::new(words_of::lexicon(&extra));
    words_of::write(made, &extra)?;
    let index =
        tantivy::Index::builder().schema(schema).settings(settings()).create_in_dir(made)?;
    register(&index, &lexicon, Steps::default());
    let numbered = number(&library.entries);
    fill(&index, &fields, &numbered, progress)?;
    Places::write(made, records(&numbered))?;
    Runs::of(library).write(made)?;
    Ok(numbered.len())
}

/// Puts the entries into an empty index, on all cores, and joins the pieces.
fn fill(
    index: &tantivy::Index,
    fields: &Fields,
    numbered: &[(u64, &Entry)],
    progress: &mut Tell<'_>,
) -> Result<(), Error> {
    let count = numbered.len();
    let (threads, memory) = if count < 2000 { (1, 30_000_000) } else { (2, 400_000_000) };
    let mut writer: IndexWriter<TantivyDocument> =
        index.writer_with_num_threads(threads, memory)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    let next = AtomicUsize::new(0);
    let failed = AtomicBool::new(false);
    let mut wish = ControlFlow::Continue(());
    let work = |tell: &mut dyn FnMut(usize) -> bool| {
        const CHUNK: usize = 256;
        loop {
            let from = next.fetch_add(CHUNK, Ordering::Relaxed);
            if from >= count || failed.load(Ordering::Relaxed) {
                return;
            }
            if !tell(from) {
                failed.store(true, Ordering::Relaxed);
                return;
            }
            for (at, (id, entry)) in numbered.iter().enumerate().skip(from).take(CHUNK) {
                if writer.add_document(document::document(fields, entry, *id, at)).is_err() {
                    failed.store(true, Ordering::Relaxed);
                    return;
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|| work(&mut |_| true));
        }
        work(&mut |from| {
            wish = progress(Progress::Entries(from, count));
            wish.is_continue()
        });
    });
    go_on(wish)?;
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        go_on(progress(Progress::Finishing))?;
        writer.merge(&segments).wait()?;
    }
    writer.wait_merging_threads()?;
    Ok(())
}

/// Writes the manifest for what is on disk now.
pub(super) fn describe(
    sources: &Sources,
    folder: &Path,
    name: &str,
    entries: usize,
    before: &Before,
) -> Result<(), Error> {
    let manifest = Manifest {
        stamp: manifest::stamp(),
        folder: name.to_owned(),
        written: manifest::now(),
        entries,
        files: before.clone(),
        words: manifest::words(sources),
        parts: manifest::hashed(manifest::parts(&folder.join(name)), &folder.join(name)),
    };
    Ok(manifest.write(folder)?)
}
