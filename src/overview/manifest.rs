//! What was published before: so that publishing twice writes nothing, and what is gone says so.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The file in the published folder that says that the folder is ours.
pub const MARKER: &str = ".kilde-overview.json";

/// The version of the format.
const VERSION: u64 = 1;

/// A page or file as it was published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// What it was made from, by hash.
    pub inputs: String,
    /// Its content, by hash.
    pub content: String,
    /// Its length in bytes.
    pub length: u64,
}

/// When a work came into the overview, and when what is published of it last changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dates {
    /// The hash of what was published of it.
    pub hash: String,
    /// The day it was first published: `2026-11-24`.
    pub first: String,
    /// The day it last changed.
    pub changed: String,
}

/// What was published before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Every file, by path.
    pub files: BTreeMap<String, Published>,
    /// Every work, by its name in addresses.
    pub works: BTreeMap<String, Dates>,
    /// Pages that are gone, by path, and the day they went.
    pub gone: BTreeMap<String, String>,
}

/// The marker file as it is read.
#[derive(Deserialize)]
struct Stored {
    #[serde(rename = "kilde-overview")]
    version: u64,
    #[serde(default)]
    files: BTreeMap<String, (String, String, u64)>,
    #[serde(default)]
    works: BTreeMap<String, (String, String, String)>,
    #[serde(default)]
    gone: BTreeMap<String, String>,
}

/// The marker file as it is written.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(rename = "kilde-overview")]
    version: u64,
    files: BTreeMap<&'a str, (&'a str, &'a str, u64)>,
    works: BTreeMap<&'a str, (&'a str, &'a str, &'a str)>,
    gone: &'a BTreeMap<String, String>,
}

impl Manifest {
    /// Reads what [`Manifest::write`] wrote; `None` where it is something else, or of a newer format.
    pub fn read(text: &str) -> Option<Self> {
        let stored: Stored =
            serde_json::from_str(text).ok().filter(|it: &Stored| it.version == VERSION)?;
        let mut out = Self::default();
        // What would lead out of the folder was not written by us.
        for (path, (inputs, content, length)) in stored.files {
            if is_inside(&path) {
                out.files.insert(path, Published { inputs, content, length });
            }
        }
        for (slug, (hash, first, changed)) in stored.works {
            out.works.insert(slug, Dates { hash, first, changed });
        }
        out.gone.extend(stored.gone.into_iter().filter(|(path, _)| is_inside(path)));
        Some(out)
    }

    /// The text of the marker file.
    pub fn write(&self) -> String {
        let files = self.files.iter().map(|(path, it)| {
            (path.as_str(), (it.inputs.as_str(), it.content.as_str(), it.length))
        });
        let works = self.works.iter().map(|(slug, it)| {
            (slug.as_str(), (it.hash.as_str(), it.first.as_str(), it.changed.as_str()))
        });
        let shown = Shown {
            version: VERSION,
            files: files.collect(),
            works: works.collect(),
            gone: &self.gone,
        };
        // Maps of texts and numbers can always be written.
        serde_json::to_string(&shown).unwrap_or_default() + "\n"
    }

    /// The dates of a work whose hash is now `hash`.
    pub fn dates(&self, slug: &str, hash: &str, today: &str) -> Dates {
        let mut dates = self.works.get(slug).cloned().unwrap_or_else(|| Dates {
            hash: hash.to_owned(),
            first: today.to_owned(),
            changed: today.to_owned(),
        });
        if dates.hash != hash {
            dates.hash = hash.to_owned();
            dates.changed = today.to_owned();
        }
        dates
    }
}

/// Whether a path stays inside the folder it is joined to.
pub fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with('/')
        && !path.contains(['\\', ':', '\0'])
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

/// A hash of bytes as it stands in the marker.
pub fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..24].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let mut it = Manifest::default();
        let page = Published { inputs: "a".into(), content: "b".into(), length: 3 };
        it.files.insert("nb/index.html".into(), page);
        it.works.insert("k".into(), it.dates("k", "h", "2026-11-24"));
        it.gone.insert("nb/entry/x.html".into(), "2026-11-24".into());
        assert_eq!(Manifest::read(&it.write()), Some(it));
    }

    #[test]
    fn a_marker_that_leads_out_of_the_folder_is_not_followed() {
        let text = r#"{"kilde-overview":1,"files":{"../x":["a","b",1],"/etc/x":["a","b",1]}}"#;
        assert_eq!(Manifest::read(text), Some(Manifest::default()));
        assert_eq!(Manifest::read("{}"), None);
    }

    #[test]
    fn a_work_keeps_its_first_day() {
        let mut it = Manifest::default();
        it.works.insert("k".into(), it.dates("k", "h", "2026-01-01"));
        let later = it.dates("k", "i", "2026-02-02");
        assert_eq!((later.first.as_str(), later.changed.as_str()), ("2026-01-01", "2026-02-02"));
    }
}
