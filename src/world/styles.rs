//! Styles and locales where they lie: in a file that is named, in the user's own folder of styles,
//! in the program.

use super::place;
use crate::cite::builtin;
use crate::session::Error;
use crate::store::read;
use crate::text::said::Said;
use std::path::{Path, PathBuf};

/// A style's or locale's text and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its name: that of the file without its ending.
    pub name: String,
    /// The XML.
    pub xml: String,
    /// The file; `None` for one that the program carries.
    pub path: Option<PathBuf>,
}

/// The longest style that is read, in bytes; the longest of the CSL repository has 243 kB.
const LONGEST: usize = 16 << 20;

/// The user's own folders of styles: `$KILDE_STYLES`, then `styles` beside the settings.
pub fn folders() -> Vec<PathBuf> {
    let set = std::env::var_os("KILDE_STYLES").map(PathBuf::from);
    let own = place::config().map(|folder| folder.join("styles"));
    set.into_iter().chain(own).collect()
}

/// The style of that name: a path to a `.csl` file, else a file of the user's own, else one that
/// the program carries.
pub fn style(name: &str) -> Result<Found, Error> {
    let path = Path::new(name);
    let is_csl = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("csl"));
    if is_csl && (path.components().count() > 1 || path.exists()) {
        return file(path);
    }
    if let Some(found) = own(name) {
        return found;
    }
    match builtin::style(name) {
        Some(style) => Ok(Found { name: style.name.into(), xml: style.xml.into(), path: None }),
        None if is_csl => file(path),
        None => Err(Error::usage(Said::new("cite.no-style").with("style", name))
            .hint(Said::new("cite.no-style.help"))),
    }
}

/// The text of the style that another points to by its id: beside that other, then as [`style`].
pub fn parent(id: &str, of: &Found) -> Option<String> {
    let name = id.trim_end_matches('/').rsplit('/').next().filter(|it| is_name(it))?;
    let beside = of.path.as_deref().and_then(Path::parent).into_iter().flat_map(|folder| {
        let file = format!("{name}.csl");
        let above = folder.parent().map(|above| above.join(&file));
        [Some(folder.join(&file)), above].into_iter().flatten()
    });
    beside
        .filter(|path| path.is_file() && of.path.as_ref() != Some(path))
        .find_map(|path| file(&path).ok())
        .or_else(|| style(name).ok())
        .map(|found| found.xml)
}

/// The locale of that tag, or in that `.xml` file.
pub fn locale(name: &str) -> Result<Found, Error> {
    if Path::new(name).extension().is_some_and(|it| it.eq_ignore_ascii_case("xml")) {
        return file(Path::new(name));
    }
    if is_name(name) {
        let wanted = format!("locales-{}.xml", name.replace('_', "-"));
        let own = folders().into_iter().map(|folder| folder.join(&wanted));
        if let Some(path) = own.into_iter().find(|path| path.is_file()) {
            return file(&path);
        }
    }
    match builtin::locale(name) {
        Some((tag, xml)) => Ok(Found { name: tag.into(), xml: xml.into(), path: None }),
        None => {
            let tags: Vec<&str> = builtin::LOCALES.iter().map(|it| it.0).collect();
            Err(Error::usage(Said::new("cite.no-locale").with("locale", name))
                .hint(Said::new("cite.no-locale.help").with("locales", tags.join(", "))))
        }
    }
}

/// The text of the locale of exactly that tag; `None` where there is none.
pub fn locale_text(tag: &str) -> Option<String> {
    locale(tag).ok().filter(|found| found.name == tag).map(|found| found.xml)
}

/// All styles there are: the user's own, then those of the program that have no namesake there.
pub fn all() -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for folder in folders() {
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|it| it.eq_ignore_ascii_case("csl")))
            .collect();
        files.sort();
        for style in files.iter().filter_map(|path| file(path).ok()) {
            if !found.iter().any(|known| known.name == style.name) {
                found.push(style);
            }
        }
    }
    for style in builtin::STYLES {
        if !found.iter().any(|known| known.name == style.name) {
            found.push(Found { name: style.name.into(), xml: style.xml.into(), path: None });
        }
    }
    found
}

fn own(name: &str) -> Option<Result<Found, Error>> {
    let name = name.strip_suffix(".csl").unwrap_or(name);
    let paths = folders().into_iter().map(|folder| folder.join(format!("{name}.csl")));
    let path = is_name(name).then_some(paths)?.find(|path| path.is_file())?;
    Some(file(&path))
}

/// Whether it is the name of a file and not a path.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\', '\0']) && !name.starts_with('.')
}

fn file(path: &Path) -> Result<Found, Error> {
    let unreadable = || Said::new("app.unreadable").with("path", path.display());
    let too_long = || Error::usage(Said::new("cite.style-too-long").with("path", path.display()));
    if std::fs::metadata(path).is_ok_and(|it| it.is_file() && it.len() > LONGEST as u64) {
        return Err(too_long());
    }
    let bytes =
        read::bytes(path).map_err(|error| Error::world(unreadable()).because(error.source))?;
    if bytes.len() > LONGEST {
        return Err(too_long());
    }
    let xml =
        String::from_utf8(bytes).map_err(|error| Error::usage(unreadable()).because(error))?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let xml = xml.strip_prefix('\u{feff}').map_or_else(|| xml.clone(), str::to_owned);
    Ok(Found { name, xml, path: Some(path.to_owned()) })
}
