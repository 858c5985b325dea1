//! From a library to the works of an overview, and what other parts of the program make for it.

mod formats;
mod maker;
mod style;
mod topic;

pub use maker::Maker;
pub use style::Styles;

use crate::cite::convert;
use crate::model::{Entry, Library};
use crate::overview::public;
use crate::overview::settings::{Settings, SettingsError};
use crate::overview::slug::Names;
use crate::overview::work::{Work, relate};
use crate::session::Error;
use crate::text::said::Said;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The works that belong in an overview, and what stays outside.
#[derive(Debug, Default)]
pub struct Selection {
    /// The works, in the order of the library.
    pub works: Vec<Work>,
    /// How many entries stay outside.
    pub outside: usize,
    /// The names of the fields that are published.
    pub fields: BTreeSet<String>,
    /// The names of the fields that are not.
    pub held: BTreeSet<String>,
}

/// Chooses the works: entries that `belongs` says yes to and that their keepers have not excluded,
/// of each what may be seen. `thesaurus` is the text of the library's own, empty where it has none.
pub fn select(
    library: &Library,
    settings: &Settings,
    thesaurus: &str,
    belongs: impl Fn(usize, &Entry) -> bool,
) -> Selection {
    let mut out = Selection::default();
    let mut names = Names::default();
    let mut keys: HashMap<String, usize> = HashMap::new();
    let topics = topic::Topics::new(thesaurus);
    let mut slugs = topic::Slugs::default();
    for (at, entry) in library.entries.iter().enumerate() {
        if public::is_outside(entry) || !belongs(at, entry) {
            out.outside += 1;
            continue;
        }
        let seen = public::entry(entry, &settings.fields);
        for field in &entry.fields {
            let published = public::is_published(&field.name, &settings.fields);
            let set = if published { &mut out.fields } else { &mut out.held };
            if !set.contains(&*field.name) {
                set.insert(field.name.to_string());
            }
        }
        let slug = names.give(&seen.key);
        let tongue = convert::language(&seen)
            .map(|tag| tag.split('-').next().unwrap_or_default().to_ascii_lowercase());
        let about = topics.of(&seen, &mut slugs);
        keys.entry(seen.key.to_lowercase()).or_insert(out.works.len());
        for id in seen.list("ids") {
            keys.entry(id.to_lowercase()).or_insert(out.works.len());
        }
        out.works.push(Work::new(seen, slug, tongue, about));
    }
    relate(&mut out.works, |key| keys.get(&key.to_lowercase()).copied());
    out
}

/// What was asked for on the command line, laid over the library's own settings.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Styles; the first is that of the lists.
    pub styles: Vec<String>,
    /// Languages by tag.
    pub languages: Vec<String>,
    /// Where it will stand.
    pub base_url: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// More fields.
    pub fields: Vec<String>,
}

/// The settings in force: `file` is the path and text of the library's own, where it has any.
pub fn settings(file: Option<(&str, &str)>, asked: Asked) -> Result<Settings, Error> {
    let wrong = |path: &str| {
        let path = path.to_owned();
        move |error: SettingsError| {
            Error::usage(Said::new("overview.bad-settings").with("path", &path)).because(error)
        }
    };
    let mut settings = match file {
        Some((path, text)) => {
            let read = Settings::read(text).map_err(wrong(path))?;
            // What is wrong in the file is told with its name, before anything is laid over it.
            read.clone().checked().map_err(wrong(path))?;
            read
        }
        None => Settings::default(),
    };
    if !asked.styles.is_empty() {
        settings.styles = asked.styles;
    }
    if !asked.languages.is_empty() {
        settings.languages = asked.languages;
    }
    if asked.base_url.is_some() {
        settings.base_url = asked.base_url;
    }
    if let Some(title) = asked.title {
        settings.title = crate::overview::settings::Texts::One(title);
    }
    settings.fields.extend(asked.fields);
    settings
        .checked()
        .map_err(|error| Error::usage(Said::new("overview.bad-option")).because(error))
}

/// The library's own templates by name: files of `data/overview/` that have the name of one of ours.
pub fn templates(files: Vec<(String, String)>) -> BTreeMap<String, String> {
    let known = |name: &str| crate::overview::template::BUILTIN.iter().any(|(it, _)| *it == name);
    files.into_iter().filter(|(name, _)| known(name)).collect()
}
