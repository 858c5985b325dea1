//! The names of fields in a query, in three languages and as PubMed and Ovid write them.

use crate::text::said::Language;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A field, or a group of fields that one name stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Field {
    /// Its one name: `author`, `year`, or any BibLaTeX field name in lower case.
    pub name: String,
}

/// How the value of a field is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum FieldKind {
    /// As words.
    #[default]
    Text,
    /// As words of the whole entry.
    Any,
    /// As a year or two.
    Year,
    /// As an entry type.
    Type,
    /// As a language.
    Language,
    /// As a status of publication or of a screening.
    Status,
    /// As a citation key.
    Key,
    /// As an identifier.
    Identifier,
    /// As the name of a field that is there.
    Has,
    /// As the name of a field that is not there.
    Lacks,
}

#[derive(serde::Deserialize)]
struct Row {
    names: Vec<String>,
    #[serde(default)]
    covers: Vec<String>,
    #[serde(default)]
    kind: FieldKind,
    nb: Option<String>,
    nn: Option<String>,
}

struct Table {
    rows: HashMap<String, Row>,
    by_name: HashMap<String, String>,
}

const SOURCE: &str = include_str!("../../data/builtin/search/fields.toml");

// Read when a query first names a field, and not before.
static TABLE: LazyLock<Table> = LazyLock::new(|| {
    // Compiled in; a test reads it.
    let rows: HashMap<String, Row> = toml::from_str(SOURCE).unwrap_or_default();
    let by_name = rows
        .iter()
        .flat_map(|(name, row)| row.names.iter().map(|it| (it.clone(), name.clone())))
        .collect();
    Table { rows, by_name }
});

/// Field names that are not in the table and are known all the same.
const OTHERS: &[&str] = &[
    "addendum",
    "annotator",
    "archive",
    "bookpagination",
    "chapter",
    "collaborator",
    "crossref",
    "day",
    "edition",
    "eid",
    "entryset",
    "eprint",
    "eprintclass",
    "eprinttype",
    "eventdate",
    "fulltext",
    "gender",
    "groups",
    "howpublished",
    "ids",
    "indextitle",
    "institution",
    "isrn",
    "issue",
    "journaltitle",
    "keywords",
    "label",
    "location",
    "month",
    "origdate",
    "pages",
    "pagetotal",
    "part",
    "provenance",
    "pubstate",
    "related",
    "relatedtype",
    "school",
    "series",
    "shorttitle",
    "subtitle",
    "summary",
    "unverified",
    "urldate",
    "venue",
    "version",
    "volume",
    "volumes",
    "xdata",
    "booktitle",
    "organization",
    "shortjournal",
    "userd",
    "usera",
    "userb",
];

impl Field {
    /// The field that `name` stands for, in any of the languages; `None` where none is called so.
    pub fn named(name: &str) -> Option<Self> {
        let lower = name.to_lowercase();
        // A single letter and a run of digits are words and not fields.
        if let Some(found) = TABLE.by_name.get(&lower) {
            return Some(Self { name: found.clone() });
        }
        OTHERS.contains(&lower.as_str()).then_some(Self { name: lower })
    }

    /// The field of the file with this very name.
    pub fn written(name: &str) -> Self {
        Self { name: name.to_lowercase() }
    }

    /// What it is called in a query, the plainest names first; its own name where it has no others.
    pub fn names(&self) -> Vec<&str> {
        match TABLE.rows.get(&self.name) {
            Some(row) => row.names.iter().map(String::as_str).collect(),
            None => vec![self.name.as_str()],
        }
    }

    /// What it is called in the language of the interface; its own name where nothing is said.
    pub fn called(&self, language: Language) -> &str {
        let row = TABLE.rows.get(&self.name);
        let said = row.and_then(|row| match language {
            Language::Nb => row.nb.as_deref(),
            Language::Nn => row.nn.as_deref().or(row.nb.as_deref()),
            Language::En => None,
        });
        said.unwrap_or(&self.name)
    }

    /// How its value is read.
    pub fn kind(&self) -> FieldKind {
        TABLE.rows.get(&self.name).map_or(FieldKind::Text, |row| row.kind)
    }

    /// The BibLaTeX fields in which it looks.
    pub fn covers(&self) -> Vec<&str> {
        match TABLE.rows.get(&self.name) {
            Some(row) if !row.covers.is_empty() => row.covers.iter().map(String::as_str).collect(),
            _ => vec![self.name.as_str()],
        }
    }
}

/// Every field of the table, by its names, how its value is read, and where it looks; for a search
/// that is made elsewhere.
pub fn all() -> impl Iterator<Item = (Vec<String>, String, Vec<String>)> {
    let mut rows: Vec<_> = TABLE.rows.iter().collect();
    rows.sort_by_key(|(name, _)| *name);
    rows.into_iter().map(|(name, row)| {
        let covers = if row.covers.is_empty() { vec![name.clone()] } else { row.covers.clone() };
        (row.names.clone(), format!("{:?}", row.kind).to_lowercase(), covers)
    })
}

/// The names that begin with `start` (for completion) and, where there is none, the one most like it.
pub fn alternatives(start: &str) -> Vec<&'static str> {
    let start = start.to_lowercase();
    let mut names: Vec<&'static str> = TABLE
        .by_name
        .keys()
        .map(String::as_str)
        .filter(|name| name.starts_with(&start) && name.chars().count() > 2)
        .collect();
    if names.is_empty() && start.chars().count() > 2 {
        let near = |name: &&str| (name.chars().count() > 3).then(|| distance(name, &start));
        let best =
            TABLE.by_name.keys().map(String::as_str).min_by_key(|n| (near(n).unwrap_or(99), *n));
        names.extend(best.filter(|name| near(name).is_some_and(|it| it <= 2)));
    }
    names.sort_unstable();
    names
}

/// How many letters must be changed, added, dropped or swapped with the next to get from `a` to `b`
/// (optimal string alignment).
pub fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut now = vec![i + 1; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            now[j + 1] = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(now[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && *y == a[i - 1] {
                now[j + 1] = now[j + 1].min(before[j - 1] + 1);
            }
        }
        before = std::mem::replace(&mut last, now);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_names_in_three_languages() {
        for (name, field) in [("Forfatter", "author"), ("år", "year"), ("tiab", "title-abstract")]
        {
            assert_eq!(Field::named(name).map(|it| it.name).as_deref(), Some(field));
        }
        assert_eq!(Field::named("foo"), None);
        assert_eq!(Field::named("mangler").map(|it| it.kind()), Some(FieldKind::Lacks));
    }

    #[test]
    fn no_name_stands_for_two_fields() {
        let rows: HashMap<String, Row> = toml::from_str(SOURCE).expect("the table can be read");
        assert_eq!(rows.values().map(|row| row.names.len()).sum::<usize>(), TABLE.by_name.len());
    }

    #[test]
    fn what_a_field_is_called_is_one_of_its_names() {
        for (name, row) in &TABLE.rows {
            let field = Field { name: name.clone() };
            for language in Language::ALL {
                let called = field.called(language);
                assert!(called == name || row.names.iter().any(|it| it == called), "{called}");
            }
        }
        assert_eq!(Field::named("author").unwrap().called(Language::Nn), "forfattar");
    }

    #[test]
    fn a_misspelt_name_finds_the_one_meant() {
        assert_eq!(alternatives("auther"), ["author"]);
        assert!(alternatives("forf").contains(&"forfatter"));
        assert_eq!(distance("forfattar", "forfatter"), 1);
        assert_eq!(distance("abc", "acb"), 1);
    }
}
