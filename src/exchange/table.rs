//! The tables of fields: what a format calls what BibLaTeX calls otherwise. They stand in
//! `data/builtin/exchange/` and are read when the format is first used.

use super::record::Record;
use crate::model::csl;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A format's names for types and fields.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    /// The tags in the order in which they are written.
    #[serde(default)]
    order: Vec<String>,
    /// Its type → BibLaTeX's, with a field that the type implies: `article pubstate=inpress`.
    #[serde(default)]
    types: HashMap<String, String>,
    /// BibLaTeX's type → its own; `*` for any other.
    #[serde(default)]
    write_types: HashMap<String, String>,
    /// Tag → BibLaTeX's type (several joined by `|`, or `*`) → field.
    tags: HashMap<String, HashMap<String, String>>,
    #[serde(skip)]
    flat: HashMap<(String, String), String>,
}

impl Table {
    fn read(text: &str) -> Self {
        // The tables are compiled in, and a test reads each of them.
        #[expect(clippy::expect_used, reason = "compiled in, held by a test")]
        let mut table: Self = toml::from_str(text).expect("a table that can be read");
        for (tag, by_type) in &table.tags {
            for (types, field) in by_type {
                for one in types.split('|') {
                    table.flat.insert((tag.clone(), one.to_owned()), field.clone());
                }
            }
        }
        table
    }

    /// BibLaTeX's type for the format's, in capitals or not.
    pub(super) fn entry_type(&'static self, foreign: &str, record: &mut Record) -> bool {
        let Some(found) = self.types.get(foreign) else { return false };
        match found.split_once(' ') {
            Some((entry_type, implied)) => {
                record.entry_type = Cow::Borrowed(entry_type);
                if let Some((field, value)) = implied.split_once('=') {
                    record.add(field, value);
                }
            }
            None => record.entry_type = Cow::Borrowed(found),
        }
        true
    }

    /// Whether this is a name of a type.
    pub(super) fn knows_type(&self, foreign: &str) -> bool {
        self.types.contains_key(foreign)
    }

    /// The format's type for a record: the one that implies what the record says, else the
    /// general one.
    pub(super) fn foreign_type(&self, record: &Record) -> &str {
        for (foreign, ours) in &self.types {
            if let Some((entry_type, implied)) = ours.split_once(' ')
                && entry_type == record.entry_type
                && let Some((field, value)) = implied.split_once('=')
                && record.text(field).is_some_and(|text| text == value)
            {
                return foreign;
            }
        }
        let of = |name: &str| self.write_types.get(name).map(String::as_str);
        of(&record.entry_type).or_else(|| of("*")).unwrap_or_default()
    }

    /// The field that a tag holds in an entry of this type.
    pub(super) fn field(&'static self, tag: &str, entry_type: &str) -> Option<&'static str> {
        let by_type = self.tags.get(tag)?;
        if let (1, Some(field)) = (by_type.len(), by_type.get("*")) {
            return Some(field);
        }
        let of = |kind: &str| self.flat.get(&(tag.to_owned(), kind.to_owned()));
        of(entry_type).or_else(|| of("*")).map(String::as_str)
    }

    /// The tags to write for an entry of this type, with the field each holds; no field twice.
    pub(super) fn written(&'static self, entry_type: &str) -> Vec<(&'static str, &'static str)> {
        let mut out: Vec<(&str, &str)> = Vec::new();
        for tag in &self.order {
            if let Some(field) = self.field(tag, entry_type)
                && !out.iter().any(|(_, known)| *known == field)
            {
                out.push((tag, field));
            }
        }
        out
    }

    /// Its types and tags with their fields, for the documentation: `(tag, types, field)`.
    pub(super) fn rows(&self) -> Vec<(&str, &str, &str)> {
        let mut rows: Vec<(&str, &str, &str)> = self
            .tags
            .iter()
            .flat_map(|(tag, by)| by.iter().map(|(of, field)| (&**tag, &**of, &**field)))
            .collect();
        rows.sort_unstable();
        rows
    }
}

macro_rules! tables {
    ($($name:ident = $file:literal;)*) => {
        $(
            /// The table of the format of this name.
            pub(super) fn $name() -> &'static Table {
                static TABLE: LazyLock<Table> = LazyLock::new(|| {
                    Table::read(include_str!(concat!("../../data/builtin/exchange/", $file)))
                });
                &TABLE
            }
        )*
        #[cfg(test)]
        const ALL: &[(&str, fn() -> &'static Table)] = &[$(($file, $name)),*];
    };
}

tables! {
    endnote = "endnote.toml";
    enw = "enw.toml";
    mods = "mods.toml";
    nbib = "nbib.toml";
    ris = "ris.toml";
    wos = "wos.toml";
}

/// Words that formats share.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// Stems of words that names of bodies have.
    pub(super) bodies: Vec<String>,
    /// Words for a type in lower case, and BibLaTeX's key.
    pub(super) terms: HashMap<String, String>,
}

/// The words that formats share.
pub(super) fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "compiled in, held by a test")]
        toml::from_str(include_str!("../../data/builtin/exchange/words.toml"))
            .expect("words that can be read")
    });
    &WORDS
}

/// BibLaTeX's value of `type` for a word of another format: a key where there is one.
pub(super) fn read_term(text: &str) -> &str {
    let known = words().terms.get(&text.to_lowercase().replace('’', "'"));
    known.map(String::as_str).or_else(|| csl::word_key(text)).unwrap_or(text)
}

/// The English word for a value of `type` that is one of BibLaTeX's keys.
pub(super) fn write_term(text: &str) -> &str {
    csl::word(text, "en").unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_can_be_read_and_writes_only_tags_that_it_reads() {
        for (file, table) in ALL {
            for tag in &table().order {
                let special = matches!(tag.as_str(), "TY" | "ID");
                assert!(special || table().tags.contains_key(tag), "{file}: {tag}");
            }
            for foreign in table().write_types.values() {
                assert!(table().types.contains_key(foreign), "{file}: {foreign}");
            }
        }
    }

    #[test]
    fn terms_come_back() {
        for key in words().terms.values() {
            assert_eq!(read_term(write_term(key)), key);
        }
    }
}
