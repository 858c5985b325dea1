//! What was published before: so that publishing twice writes nothing, and what is gone says so.

use serde_json::{Map, Value, json};
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

impl Manifest {
    /// Reads what [`Manifest::write`] wrote; `None` where it is something else, or of a newer format.
    pub fn read(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        if value.get("kilde-overview")?.as_u64()? != VERSION {
            return None;
        }
        let mut out = Self::default();
        let table = |name: &str| value.get(name).and_then(Value::as_object);
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        for (path, row) in table("files").into_iter().flatten() {
            let published = Published {
                inputs: text(row.get(0))?,
                content: text(row.get(1))?,
                length: row.get(2)?.as_u64()?,
            };
            // What would lead out of the folder was not written by us.
            if is_inside(path) {
                out.files.insert(path.clone(), published);
            }
        }
        for (slug, row) in table("works").into_iter().flatten() {
            let dates = Dates {
                hash: text(row.get(0))?,
                first: text(row.get(1))?,
                changed: text(row.get(2))?,
            };
            out.works.insert(slug.clone(), dates);
        }
        for (path, day) in table("gone").into_iter().flatten() {
            if is_inside(path) {
                out.gone.insert(path.clone(), text(Some(day))?);
            }
        }
        Some(out)
    }

    /// The text of the marker file.
    pub fn write(&self) -> String {
        let mut files = Map::new();
        for (path, it) in &self.files {
            files.insert(path.clone(), json!([it.inputs, it.content, it.length]));
        }
        let mut works = Map::new();
        for (slug, it) in &self.works {
            works.insert(slug.clone(), json!([it.hash, it.first, it.changed]));
        }
        let value = json!({
            "kilde-overview": VERSION,
            "files": files,
            "works": works,
            "gone": self.gone,
        });
        value.to_string() + "\n"
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
