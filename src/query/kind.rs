//! Entry types, languages and statuses and the words for them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What the table of words is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Entry types.
    Type,
    /// Languages.
    Language,
    /// Statuses of publication and of a screening.
    Status,
}

#[derive(serde::Deserialize, Default)]
struct Row {
    values: Vec<String>,
    words: Vec<String>,
}

#[derive(serde::Deserialize, Default)]
struct Table {
    r#type: BTreeMap<String, Row>,
    language: BTreeMap<String, Row>,
    status: BTreeMap<String, Row>,
}

const SOURCE: &str = include_str!("../../data/builtin/search/kinds.toml");

// Compiled in; a test reads it.
static TABLE: LazyLock<Table> = LazyLock::new(|| toml::from_str(SOURCE).unwrap_or_default());

impl Kind {
    fn rows(self) -> &'static BTreeMap<String, Row> {
        match self {
            Self::Type => &TABLE.r#type,
            Self::Language => &TABLE.language,
            Self::Status => &TABLE.status,
        }
    }

    /// The names of the rows that a word of a query stands for, a word not yet written to its end
    /// included; empty where none is called so. `thesis` stands for all kinds of thesis.
    pub fn named(self, word: &str) -> Vec<&'static str> {
        let word = word.to_lowercase();
        let rows = || self.rows().iter();
        let is = |row: &Row| row.words.contains(&word) || row.values.contains(&word);
        let mut found: Vec<&str> = rows()
            .filter(|(name, row)| **name == word || is(row))
            .map(|(name, _)| name.as_str())
            .collect();
        if found.is_empty() && word.chars().count() > 1 {
            let starts = |it: &String| it.starts_with(&word);
            found = rows()
                .filter(|(_, row)| row.words.iter().any(starts) || row.values.iter().any(starts))
                .map(|(name, _)| name.as_str())
                .collect();
        }
        found
    }

    /// Every row with all that it is called; for a search that is made elsewhere.
    pub fn all(self) -> impl Iterator<Item = (&'static str, Vec<String>)> {
        self.rows().iter().map(|(name, row)| {
            let names = [name].into_iter().chain(&row.values).chain(&row.words);
            (name.as_str(), names.cloned().collect())
        })
    }

    /// The row of a value as the file writes it (`Norsk`, `nb-NO`); `None` for one we do not know.
    pub fn of(self, value: &str) -> Option<&'static str> {
        let value = value.trim().to_lowercase();
        let first = value.split([',', ';', ':']).next().unwrap_or_default().trim();
        let rows = || self.rows().iter();
        rows()
            .find(|(_, row)| row.values.iter().any(|it| it == first))
            .or_else(|| rows().find(|(_, row)| row.words.iter().any(|it| it == first)))
            .map(|(name, _)| name.as_str())
    }

    /// The words by which an entry of this row is found.
    pub fn words(self, row: &str) -> &'static [String] {
        self.rows().get(row).map_or(&[], |row| &row.words)
    }
}

/// The rows of an entry's type: the type itself and, for a thesis, its degree, which stands in the
/// field `type` (`phdthesis`, `Masteroppgave`).
pub fn types(entry_type: &str, type_field: &str) -> Vec<&'static str> {
    let mut rows: Vec<&str> = Kind::Type.of(entry_type).into_iter().collect();
    if rows == ["thesis"] {
        let text = format!("{entry_type} {type_field}").to_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|part| text.contains(part));
        if has(&["phd", "ph.d", "doktor", "doctor", "dr."]) {
            rows.push("doctoral");
        } else if has(&[
            "master",
            "mathesis",
            "hovedoppgave",
            "hovedfag",
            "hovudfag",
            "ma thesis",
            "magister",
        ]) {
            rows.push("master");
        } else if has(&["bachelor", "kandidat"]) {
            rows.push("bachelor");
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_read() {
        assert!(toml::from_str::<Table>(SOURCE).is_ok());
    }

    #[test]
    fn words_in_three_languages_stand_for_one_value() {
        assert_eq!(Kind::Type.named("Avhandling"), ["thesis"]);
        assert_eq!(Kind::Type.named("masteroppgåve"), ["master"]);
        assert_eq!(Kind::Language.named("no"), ["nb"]);
        assert_eq!(Kind::Language.of("nb-NO"), Some("nb"));
        assert_eq!(Kind::Status.named("innsendt"), ["submitted"]);
        assert_eq!(Kind::Type.named("avhandl"), ["thesis"]);
    }

    #[test]
    fn a_thesis_knows_its_degree() {
        assert_eq!(types("thesis", "Masteroppgave i sosiologi"), ["thesis", "master"]);
        assert_eq!(types("phdthesis", ""), ["thesis", "doctoral"]);
        assert_eq!(types("report", "phd"), ["report"]);
    }
}
