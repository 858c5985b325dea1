//! Editions: what the overview held on a day, frozen by hash, and what has come, changed and gone
//! since the one before.

use super::work::Work;
use std::collections::BTreeMap;

/// An edition: a file `data/overview/editions/NAME.toml` of the library.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// What it is called: `2026-1`.
    pub name: String,
    /// The day it was made.
    pub date: String,
    /// Its works by their names in addresses: hash, creators, year and title as they were.
    pub works: BTreeMap<String, Frozen>,
}

/// A work as an edition held it.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frozen {
    /// The hash of what was published of it.
    pub hash: String,
    /// Creators, year and title in one line, for when the work is gone.
    pub line: String,
}

/// What has changed from one edition to another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Works that have come.
    pub added: Vec<String>,
    /// Works whose entry has changed.
    pub corrected: Vec<String>,
    /// Works that are gone, with their line.
    pub withdrawn: Vec<(String, String)>,
}

impl Edition {
    /// The overview as it is today. `name` becomes part of a file name and an address.
    pub fn freeze(name: &str, date: &str, works: &[Work]) -> Self {
        let frozen = |work: &Work| Frozen { hash: work.hash.clone(), line: line(work) };
        Self {
            name: name.to_owned(),
            date: date.to_owned(),
            works: works.iter().map(|work| (work.slug.clone(), frozen(work))).collect(),
        }
    }

    /// What has changed from `self` to `later`.
    pub fn difference(&self, later: &Self) -> Difference {
        let mut out = Difference::default();
        for (slug, work) in &later.works {
            match self.works.get(slug) {
                None => out.added.push(slug.clone()),
                Some(before) if before.hash != work.hash => out.corrected.push(slug.clone()),
                Some(_) => {}
            }
        }
        for (slug, work) in &self.works {
            if !later.works.contains_key(slug) {
                out.withdrawn.push((slug.clone(), work.line.clone()));
            }
        }
        out
    }

    /// Reads the text of an edition's file; the error says where and why.
    pub fn read(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// The text of an edition's file: one line a work, so that two editions can be compared.
    pub fn write(&self) -> String {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let mut out =
            format!("name = {}\ndate = {}\n\n[works]\n", quoted(&self.name), quoted(&self.date));
        for (slug, work) in &self.works {
            out.push_str(&format!(
                "{} = {{ hash = {}, line = {} }}\n",
                quoted(slug),
                quoted(&work.hash),
                quoted(&work.line.replace(['\n', '\r'], " "))
            ));
        }
        out
    }
}

impl Difference {
    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.corrected.is_empty() && self.withdrawn.is_empty()
    }
}

/// Whether `name` may be the name of an edition: letters, digits, `-`, `_` and inner full stops.
pub fn is_name(name: &str) -> bool {
    super::slug::slug(name) == name && name.len() <= 40
}

/// Creators, year and title of a work in one line.
pub fn line(work: &Work) -> String {
    let year = work.year.map_or(String::new(), |year| format!(" ({year})"));
    let title = if work.title.is_empty() { &work.entry.key } else { &work.title };
    match work.creators.as_str() {
        "" => format!("{title}{year}"),
        creators => format!("{creators}{year}. {title}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(works: &[(&str, &str)]) -> Edition {
        let frozen = |(slug, hash): &(&str, &str)| {
            let frozen = Frozen { hash: (*hash).to_owned(), line: format!("\"{slug}\" = \\") };
            ((*slug).to_owned(), frozen)
        };
        Edition {
            name: "1".into(),
            date: "2026-11-24".into(),
            works: works.iter().map(frozen).collect(),
        }
    }

    #[test]
    fn what_came_changed_and_went_is_told() {
        let before = edition(&[("a", "1"), ("b", "1"), ("c", "1")]);
        let after = edition(&[("a", "1"), ("b", "2"), ("d", "1")]);
        let it = before.difference(&after);
        assert_eq!(it.added, ["d"]);
        assert_eq!(it.corrected, ["b"]);
        assert_eq!(it.withdrawn[0].0, "c");
        assert!(before.difference(&before).is_empty());
    }

    #[test]
    fn an_editions_file_is_read_as_it_was_written() {
        let it = edition(&[("a", "1"), ("x.y z", "2")]);
        assert_eq!(Edition::read(&it.write()), Ok(it));
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        assert!(is_name("2026-1") && !is_name("../x") && !is_name("") && !is_name("a b"));
    }
}
