//! Writing an overview: only what differs, never outside the folder, the marker last.

use super::{bad_template, cannot_write};
use crate::overview::manifest::{self, MARKER, Manifest, Published, is_inside};
use crate::overview::plan::Plan;
use crate::overview::site::Site;
use crate::overview::template::TemplateError;
use crate::session::Error;
use crate::text::said::Said;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Write as _};
use std::ops::Range;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that were not there.
    pub new: usize,
    /// Files that are otherwise now.
    pub changed: usize,
    /// Files that were left alone.
    pub same: usize,
    /// Files that were removed.
    pub gone: usize,
}

/// What became of a file.
enum Fate {
    New(Published),
    Changed(Published),
    Same(Published),
}

enum Failure {
    Template(TemplateError),
    Disk(String, io::Error),
}

/// How many files one thread takes at a time.
const BATCH: usize = 64;

/// Writes `site` into `to`; with `dry_run` only finds out what would be written.
pub(super) fn write(
    site: &Site<'_>,
    to: &Path,
    before: &Manifest,
    dry_run: bool,
) -> Result<Report, Error> {
    let plans = site.plans();
    if !dry_run {
        prepare(to, &plans)?;
    }
    let batches = batches(&plans);
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Fate)>> = Mutex::new(Vec::with_capacity(plans.len()));
    let failed: Mutex<Option<Failure>> = Mutex::new(None);
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if lock(&failed).is_some() {
                        break;
                    }
                    let mut fates = Vec::with_capacity(batch.len());
                    for at in batch.clone() {
                        match one(site, &plans[at], to, before, dry_run) {
                            Ok(fate) => fates.push((at, fate)),
                            Err(failure) => {
                                *lock(&failed) = Some(failure);
                                return;
                            }
                        }
                    }
                    lock(&done).append(&mut fates);
                }
            });
        }
    });
    if let Some(failure) = lock(&failed).take() {
        return Err(match failure {
            Failure::Template(error) => bad_template(error),
            Failure::Disk(path, error) => cannot_write(&to.join(path), error),
        });
    }
    let mut report = Report::default();
    let mut manifest = site.manifest(&plans);
    for (at, fate) in lock(&done).drain(..) {
        let published = match fate {
            Fate::New(it) => {
                report.new += 1;
                it
            }
            Fate::Changed(it) => {
                report.changed += 1;
                it
            }
            Fate::Same(it) => {
                report.same += 1;
                it
            }
        };
        manifest.files.insert(plans[at].path.clone(), published);
    }
    for path in before.files.keys().filter(|path| !manifest.files.contains_key(*path)) {
        report.gone += 1;
        if !dry_run {
            remove(&to.join(path)).map_err(|error| cannot_write(&to.join(path), error))?;
        }
    }
    if !dry_run && manifest != *before {
        file(&to.join(MARKER), manifest.write().as_bytes())
            .map_err(|error| cannot_write(&to.join(MARKER), error))?;
    }
    Ok(report)
}

/// The plans in the portions in which threads take them: what takes long alone.
fn batches(plans: &[Plan]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, plan) in plans.iter().enumerate() {
        match out.last_mut() {
            Some(last)
                if last.len() < BATCH && !plan.is_large() && !plans[last.start].is_large() =>
            {
                last.end = at + 1;
            }
            _ => out.push(at..at + 1),
        }
    }
    out
}

fn lock<T>(it: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    it.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn one(
    site: &Site<'_>,
    plan: &Plan,
    to: &Path,
    before: &Manifest,
    dry_run: bool,
) -> Result<Fate, Failure> {
    let path = to.join(&plan.path);
    let known = before.files.get(&plan.path);
    let length = std::fs::symlink_metadata(&path).ok().filter(|it| it.is_file()).map(|it| it.len());
    let untouched = |it: &&Published| length == Some(it.length);
    if let Some(it) = known.filter(untouched)
        && it.inputs == plan.inputs
    {
        return Ok(Fate::Same(it.clone()));
    }
    let bytes = site.make(plan).map_err(Failure::Template)?;
    let published = Published {
        inputs: plan.inputs.clone(),
        content: manifest::hash(&bytes),
        length: bytes.len() as u64,
    };
    if known.filter(untouched).is_some_and(|it| it.content == published.content) {
        return Ok(Fate::Same(published));
    }
    if !dry_run {
        let write = || -> io::Result<()> {
            if length.is_none() {
                // Half a file is not taken for a whole one: the marker does not know it yet.
                match File::create_new(&path) {
                    Ok(mut file) => return file.write_all(&bytes),
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                    Err(error) => return Err(error),
                }
            }
            let mut new = path.as_os_str().to_owned();
            new.push(".new");
            std::fs::write(&new, &bytes)?;
            std::fs::rename(&new, &path)
        };
        write().map_err(|error| Failure::Disk(plan.path.clone(), error))?;
    }
    Ok(if length.is_some() { Fate::Changed(published) } else { Fate::New(published) })
}

/// Makes the folders, and puts the marker in an empty one first, so that it is ours whatever happens.
/// Refuses folders that are links to elsewhere.
fn prepare(to: &Path, plans: &[Plan]) -> Result<(), Error> {
    let cannot = |error| cannot_write(to, error);
    std::fs::create_dir_all(to).map_err(cannot)?;
    let marker = to.join(MARKER);
    if !marker.exists() {
        file(&marker, Manifest::default().write().as_bytes()).map_err(cannot)?;
    }
    let mut folders = HashSet::new();
    for plan in plans {
        debug_assert!(is_inside(&plan.path), "{}", plan.path);
        let mut at = 0;
        while let Some(slash) = plan.path[at..].find('/') {
            at += slash + 1;
            folders.insert(&plan.path[..at - 1]);
        }
    }
    let mut folders: Vec<&str> = folders.into_iter().collect();
    folders.sort_unstable();
    for folder in folders {
        let path = to.join(folder);
        match std::fs::symlink_metadata(&path) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => {
                return Err(Error::world(Said::new("overview.link").with("path", path.display())));
            }
            Err(_) => std::fs::create_dir(&path).map_err(|error| cannot_write(&path, error))?,
        }
    }
    Ok(())
}

fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Writes a file whole: the old one or the new one stands there, never half of it.
pub(super) fn file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    let mut file = File::create(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&new, path)
}
