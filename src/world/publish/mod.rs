//! The published overview on disk: read what is there, make what is new, write what differs.

mod kept;
pub mod serve;
mod write;

pub use write::Report;

use super::{finding, place, searches};
use crate::index::{self, Loose, Options, Row};
use crate::model::{Entry, Library};
use crate::overview::edition::Edition;
use crate::overview::manifest::{MARKER, Manifest};
use crate::overview::settings::Settings;
use crate::overview::site::{Given, Site};
use crate::overview::template::TemplateError;
use crate::session::Error;
use crate::session::publish::{self, Asked, Maker, Selection, Styles};
use crate::store::folder::Folder;
use crate::text::said::Said;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The folder that the pages go to.
    pub to: PathBuf,
    /// Which entries; all where nothing is said.
    pub query: Option<String>,
    /// What is laid over the library's own settings.
    pub asked: Asked,
    /// Whether nothing is written.
    pub dry_run: bool,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Done {
    /// Which works, and which fields of them.
    pub selection: Selection,
    /// How many works were published.
    pub works: usize,
    /// What was written.
    pub report: Report,
}

/// Publishes the library in `folder`. Nothing is written before all that could be wrong with what
/// was asked is known.
pub fn publish(folder: &Folder, request: &Request) -> Result<Done, Error> {
    let place = kept::Place::of(folder);
    // What was published before is read beside the library: each takes its time.
    let (before, kept, library) = std::thread::scope(|scope| {
        let before = scope.spawn(|| before(folder, &request.to));
        let kept = scope.spawn(|| place.read());
        let library = super::open(folder);
        (joined(before), joined(kept), library)
    });
    let (before, library) = (before?, library?);
    let own = Own::read(folder)?;
    let settings = publish::settings(own.settings(), request.asked.clone())?;
    let mut selection = select(folder, &library, &settings, &own, request.query.as_deref())?;
    let works = std::mem::take(&mut selection.works);
    if works.is_empty() {
        return Err(Error::usage(Said::new("overview.nothing-to-publish")));
    }
    let entries: Vec<&Entry> = works.iter().map(|work| &work.entry).collect();
    let sources = finding::sources(folder);
    let (search, styles) = std::thread::scope(|scope| {
        let search = scope.spawn(|| index::portable(&entries, &sources, &own.thesaurus));
        let styles = read_styles(&settings);
        (joined(search), styles)
    });
    let styles = styles?;
    let processors = styles.processors(&settings.languages())?;
    let maker = Maker::new(&styles, processors, search);
    let count = works.len();
    let given = Given {
        settings,
        works,
        today: today(),
        templates: publish::templates(own.templates),
        editions: own.editions,
        before: before.clone(),
        kept,
        make: &maker,
    };
    let site = Site::new(given).map_err(bad_template)?;
    let report = write::write(&site, &request.to, &before, request.dry_run)?;
    if !request.dry_run {
        place.write(&site.keep(&place.stamp));
    }
    Ok(Done { selection, works: count, report })
}

/// What a thread came to.
fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Freezes an edition; gives it, the one before, and the file it was written to.
pub fn release(
    folder: &Folder,
    name: &str,
    query: Option<&str>,
    dry_run: bool,
) -> Result<(Edition, Option<Edition>, PathBuf), Error> {
    if !crate::overview::edition::is_name(name) {
        return Err(Error::usage(Said::new("overview.bad-name").with("name", name))
            .hint(Said::new("overview.bad-name.help")));
    }
    let Some(base) = own_folder(folder) else {
        return Err(Error::usage(Said::new("overview.no-place")));
    };
    let library = super::open(folder)?;
    let own = Own::read(folder)?;
    let settings = publish::settings(own.settings(), Asked::default())?;
    let selection = select(folder, &library, &settings, &own, query)?;
    let edition = Edition::freeze(name, &today(), &selection.works);
    let path = base.join("editions").join(format!("{name}.toml"));
    if own.editions.iter().any(|it| it.name.eq_ignore_ascii_case(name)) || path.exists() {
        return Err(Error::usage(Said::new("overview.edition-exists").with("name", name))
            .hint(Said::new("overview.edition-exists.help")));
    }
    if !dry_run {
        write::file(&path, edition.write().as_bytes())
            .map_err(|error| cannot_write(&path, error))?;
    }
    Ok((edition, own.editions.into_iter().next_back(), path))
}

/// The folder of the library's own settings, templates and editions.
fn own_folder(folder: &Folder) -> Option<PathBuf> {
    let data = match &folder.root {
        Some(root) => root.join("data"),
        None => folder.files.first().filter(|it| it.as_os_str() != "-")?.parent()?.to_owned(),
    };
    Some(data.join("overview"))
}

/// What the library itself says about its overview.
#[derive(Default)]
struct Own {
    settings: Option<(String, String)>,
    templates: Vec<(String, String)>,
    editions: Vec<Edition>,
    thesaurus: String,
    path: Option<PathBuf>,
}

impl Own {
    fn read(folder: &Folder) -> Result<Self, Error> {
        let mut own = Self::default();
        if let Some(path) = &folder.thesaurus {
            own.thesaurus = read_text(path)?.unwrap_or_default();
        }
        let Some(base) = own_folder(folder) else { return Ok(own) };
        let settings = base.join("overview.toml");
        if let Some(text) = read_text(&settings)? {
            own.settings = Some((settings.display().to_string(), text));
        }
        for path in files(&base) {
            if let (Some(name), Some(text)) = (path.file_name(), read_text(&path)?) {
                own.templates.push((name.to_string_lossy().into_owned(), text));
            }
        }
        for path in files(&base.join("editions")) {
            if path.extension().is_some_and(|it| it == "toml") {
                let Some(text) = read_text(&path)? else { continue };
                let edition = Edition::read(&text).map_err(|error| {
                    Error::usage(Said::new("overview.bad-edition").with("path", path.display()))
                        .because(error.to_string().trim().replace('\n', " "))
                })?;
                if crate::overview::edition::is_name(&edition.name) {
                    own.editions.push(edition);
                }
            }
        }
        own.editions.sort_by(|a, b| (&a.date, &a.name).cmp(&(&b.date, &b.name)));
        own.path = Some(base);
        Ok(own)
    }

    fn settings(&self) -> Option<(&str, &str)> {
        self.settings.as_ref().map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

/// The files of a folder in the order of their names; none where there is no such folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file())
        .collect();
    out.sort();
    out
}

/// A file's text; `None` where there is no such file or it is no text.
fn read_text(path: &Path) -> Result<Option<String>, Error> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(String::from_utf8(bytes).ok()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            Err(Error::world(Said::new("app.unreadable").with("path", path.display()))
                .because(error))
        }
    }
}

/// What was published in `to` before. Refuses a folder that is not ours.
fn before(folder: &Folder, to: &Path) -> Result<Manifest, Error> {
    if to.as_os_str().is_empty() {
        return Err(Error::usage(Said::new("overview.no-to")));
    }
    let not_ours = |id| {
        Error::usage(Said::new(id).with("path", to.display()))
            .hint(Said::new("overview.not-ours.help"))
    };
    if let (Some(own), Ok(target)) = (own_folder(folder), to.canonicalize()) {
        let data = own.parent().and_then(|it| it.canonicalize().ok());
        if data.is_some_and(|data| folder.root.is_some() && target.starts_with(data)) {
            return Err(not_ours("overview.inside"));
        }
    }
    let mut entries = match std::fs::read_dir(to) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Manifest::default());
        }
        Err(error) => {
            return Err(
                Error::world(Said::new("app.unreadable").with("path", to.display())).because(error)
            );
        }
    };
    let marker = to.join(MARKER);
    match read_text(&marker)? {
        Some(text) => Manifest::read(&text).ok_or_else(|| not_ours("overview.newer")),
        None if entries.next().is_none() => Ok(Manifest::default()),
        None => Err(not_ours("overview.not-ours")),
    }
}

fn select(
    folder: &Folder,
    library: &Library,
    settings: &Settings,
    own: &Own,
    query: Option<&str>,
) -> Result<Selection, Error> {
    let chosen = match query {
        Some(query) => Some(chosen(folder, library, query)?),
        None => None,
    };
    Ok(publish::select(library, settings, &own.thesaurus, |at, _| {
        chosen.as_ref().is_none_or(|chosen| chosen.contains(&at))
    }))
}

/// The numbers of the entries that answer a query, as `kilde list` finds them.
fn chosen(folder: &Folder, library: &Library, query: &str) -> Result<HashSet<usize>, Error> {
    let index = finding::index(folder, &mut |_| ControlFlow::Continue(()))?;
    let options = Options { limit: usize::MAX / 4, loose: Loose::No, ..Options::default() };
    let found = finding::search(&index, &searches::query(folder, query)?, &options)?;
    let at: HashMap<(&Path, usize), usize> = library
        .entries
        .iter()
        .enumerate()
        .map(|(at, entry)| {
            let path = library.sources[entry.place.source].path.as_path();
            ((path, entry.place.line), at)
        })
        .collect();
    let place = |row: &Row| at.get(&(row.place.file.as_path(), row.place.line)).copied();
    Ok(found.hits.iter().filter_map(|hit| place(&index.row(&found, hit))).collect())
}

/// The styles of the settings; a name that is a path is a file.
fn read_styles(settings: &Settings) -> Result<Styles, Error> {
    let mut asked = Vec::new();
    for name in &settings.styles {
        let path = Path::new(name);
        let is_file = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("csl"));
        let text = if is_file { read_text(path)? } else { None };
        asked.push((name.clone(), text));
    }
    Styles::read(&asked)
}

fn bad_template(error: TemplateError) -> Error {
    let place = format!("{}:{}", error.name, error.line);
    Error::usage(Said::new("overview.bad-template").with("path", place)).because(error.reason)
}

fn cannot_write(path: &Path, error: std::io::Error) -> Error {
    Error::world(Said::new("overview.cannot-write").with("path", path.display())).because(error)
}

/// Today's date in UTC: `2026-11-24`. `SOURCE_DATE_EPOCH`, where it is set, says which day it is.
fn today() -> String {
    let preset = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|it| it.parse::<u64>().ok());
    let seconds = preset.unwrap_or_else(|| {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| since.as_secs())
    });
    civil(seconds / 86_400)
}

/// The date of a day counted from 1 January 1970 (Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms", `civil_from_days`).
fn civil(days: u64) -> String {
    let z = days + 719_468;
    let era = z / 146_097;
    let doe = z % 146_097;
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Own settings, templates and editions, and what else a preview must watch.
fn watched(folder: &Folder) -> Vec<PathBuf> {
    let mut out = folder.files.clone();
    out.extend(folder.thesaurus.clone());
    if let Some(base) = own_folder(folder) {
        out.extend(files(&base));
        out.extend(files(&base.join("editions")));
    }
    out
}

/// The folder for a preview: in the user's cache, one a library.
pub fn preview(folder: &Folder) -> Option<PathBuf> {
    Some(place::cache()?.join("preview").join(name(folder)))
}

/// A name for the library in `folder`, the same each time.
fn name(folder: &Folder) -> String {
    let files: BTreeSet<&PathBuf> = folder.files.iter().collect();
    let hash = blake3::hash(format!("{:?}{files:?}", folder.root).as_bytes()).to_hex();
    hash[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        assert_eq!(civil(0), "1970-01-01");
        assert_eq!(civil(19_782), "2024-02-29");
        assert_eq!(civil(20_781), "2026-11-24");
    }
}
