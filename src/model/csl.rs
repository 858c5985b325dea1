//! The table between BibLaTeX's data model and CSL's: types, fields, roles, languages and words.
//! It is data (`data/builtin/model/csl.toml`, `words.toml`), read when it is first asked for, and
//! serves both directions: reference lists and the import of CSL-JSON.

use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// How a value is carried over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A title: markup is kept, and letters in braces keep their case.
    Title,
    /// Text with markup.
    #[default]
    Text,
    /// As it stands.
    Verbatim,
    /// Parts at ` and `, joined with semicolons.
    List,
    /// Page numbers.
    Pages,
    /// Names.
    Names,
    /// A date.
    Date,
    /// Keywords.
    Keywords,
    /// A word of BibLaTeX's, or free text.
    Word,
}

/// One line of the table of fields.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The variable of CSL.
    pub csl: String,
    /// The fields of BibLaTeX; the first that has something counts.
    pub from: Vec<String>,
    /// Fields that are put behind it: a subtitle, an addition.
    #[serde(default)]
    pub with: Vec<String>,
    /// The entry types it is for; all where it is empty.
    #[serde(default)]
    pub types: Vec<String>,
    /// The entry types it is not for.
    #[serde(default)]
    pub not: Vec<String>,
    /// Whether all of `from` count, one after the other.
    #[serde(default)]
    pub join: bool,
    /// How the value is carried over.
    #[serde(default, rename = "is")]
    pub kind: Kind,
}

impl Rule {
    /// Whether it is for entries of this type.
    pub fn is_for(&self, entry_type: &str) -> bool {
        let has = |list: &[String]| list.iter().any(|it| it == entry_type);
        (self.types.is_empty() || has(&self.types)) && !has(&self.not)
    }
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// BibLaTeX's entry types and CSL's.
    pub types: HashMap<String, String>,
    /// The same for `type/entrysubtype`.
    pub subtypes: HashMap<String, String>,
    /// CSL's types and BibLaTeX's, where the other way round does not say it.
    pub back: HashMap<String, String>,
    /// The fields.
    #[serde(rename = "field")]
    pub rules: Vec<Rule>,
    /// Values of `editortype` and the variable of CSL for such a name.
    pub roles: HashMap<String, String>,
    /// Names of languages and their tags.
    pub languages: HashMap<String, String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/builtin/model/csl.toml"))
        .expect("a test reads the table that is compiled in")
});

static WORDS: LazyLock<HashMap<String, HashMap<String, String>>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/builtin/model/words.toml"))
        .expect("a test reads the words that are compiled in")
});

/// The table.
pub fn table() -> &'static Table {
    &TABLE
}

/// CSL's type for an entry of this type and subtype (both lower case); `document` for a type
/// that the table does not have.
pub fn item_type(entry_type: &str, subtype: Option<&str>) -> &'static str {
    let table = table();
    let special = subtype.and_then(|it| table.subtypes.get(&format!("{entry_type}/{it}")));
    special.or_else(|| table.types.get(entry_type)).map_or("document", String::as_str)
}

/// BibLaTeX's entry type, and perhaps a subtype, for a type of CSL; `misc` for one that CSL does
/// not have.
pub fn entry_type(item_type: &str) -> (&'static str, Option<&'static str>) {
    let table = table();
    let split = |name: &'static str| match name.split_once('/') {
        Some((own, subtype)) => (own, Some(subtype)),
        None => (name, None),
    };
    if let Some(own) = table.back.get(item_type) {
        return split(own);
    }
    let first = |from: &'static HashMap<String, String>| {
        from.iter().filter(|(_, csl)| *csl == item_type).map(|(own, _)| own.as_str()).min()
    };
    first(&table.types).or_else(|| first(&table.subtypes)).map_or(("misc", None), split)
}

/// The rules for entries of this type, in the order of the table.
pub fn rules(entry_type: &str) -> impl Iterator<Item = &'static Rule> {
    table().rules.iter().filter(move |rule| rule.is_for(entry_type))
}

/// The tag (`nb-NO`) of a language in `langid` or `language`: babel's name for it, or a tag.
/// `None` where it is neither.
pub fn language_tag(name: &str) -> Option<String> {
    let name = name.trim();
    if let Some(tag) = table().languages.get(&name.to_lowercase()) {
        return Some(tag.clone());
    }
    let mut parts = name.split(['-', '_']);
    let first = parts.next()?;
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric());
    let is_tag = (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| (2..=8).contains(&part.len()) && letters(part));
    is_tag.then(|| match name.to_ascii_lowercase().as_str() {
        "nb" | "no" => "nb-NO".into(),
        "nn" => "nn-NO".into(),
        "en" => "en-US".into(),
        "sv" => "sv-SE".into(),
        "da" => "da-DK".into(),
        "de" => "de-DE".into(),
        "fi" => "fi-FI".into(),
        "se" => "se-NO".into(),
        _ => name.replace('_', "-"),
    })
}

/// babel's name of the language with this tag, for `langid`; `None` where babel has none.
pub fn language_name(tag: &str) -> Option<&'static str> {
    let lower = tag.to_lowercase();
    let known = match lower.as_str() {
        "nb" | "nb-no" | "no" | "no-no" => "norsk",
        "nn" | "nn-no" => "nynorsk",
        "en" | "en-us" => "english",
        "en-gb" => "british",
        "de" | "de-de" => "ngerman",
        "fr" | "fr-fr" => "french",
        "se" | "se-no" => "northernsami",
        _ => {
            let languages = &table().languages;
            let main = lower.split('-').next().unwrap_or_default();
            let same = |known: &str, all: bool| {
                let known = known.to_lowercase();
                known == lower || all && known.split('-').next() == Some(main)
            };
            let find = |all: bool| {
                languages.iter().filter(move |(_, it)| same(it, all)).map(|(name, _)| name.as_str())
            };
            return find(false).min().or_else(|| find(true).min());
        }
    };
    Some(known)
}

/// What a word of BibLaTeX's (`phdthesis`, `inpress`) is called in the language of this tag,
/// English where that language has no word for it; `None` where it is no such word.
pub fn word(key: &str, tag: &str) -> Option<&'static str> {
    let words = WORDS.get(key)?;
    let main = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let main = if main == "no" { "nb" } else { main.as_str() };
    words.get(main).or_else(|| words.get("en")).map(String::as_str)
}

/// The word of BibLaTeX's that this text is in some language, for the way back; case is ignored.
pub fn word_key(text: &str) -> Option<&'static str> {
    let text = text.trim().replace('\'', "’").to_lowercase();
    let said = |words: &HashMap<String, String>| words.values().any(|it| it.to_lowercase() == text);
    WORDS.iter().filter(|(_, words)| said(words)).map(|(key, _)| key.as_str()).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_can_be_read() {
        assert!(table().rules.len() > 50);
        assert_eq!(word("mathesis", "nn-NO"), Some("Masteroppgåve"));
        assert_eq!(word("mathesis", "is-IS"), Some("Master’s thesis"));
        assert_eq!(word("Rapport", "nb-NO"), None);
    }

    #[test]
    fn types_lead_there_and_back() {
        for own in ["article", "book", "incollection", "inproceedings", "report", "thesis"] {
            assert_eq!(entry_type(item_type(own, None)), (own, None));
        }
        assert_eq!(item_type("article", Some("newspaper")), "article-newspaper");
        assert_eq!(item_type("nonsense", None), "document");
        assert_eq!(entry_type("post-weblog"), ("online", Some("blog")));
        assert_eq!(entry_type("nonsense"), ("misc", None));
    }

    #[test]
    fn a_type_is_an_entry_type_of_biblatex_in_every_rule() {
        let table = table();
        for rule in &table.rules {
            for own in rule.types.iter().chain(&rule.not) {
                assert!(table.types.contains_key(own), "{own} in {}", rule.csl);
            }
        }
    }

    #[test]
    fn languages_by_name_and_by_tag() {
        assert_eq!(language_tag("norsk").as_deref(), Some("nb-NO"));
        assert_eq!(language_tag("northernsami").as_deref(), Some("se-NO"));
        assert_eq!(language_tag("nn").as_deref(), Some("nn-NO"));
        assert_eq!(language_tag("pt_BR").as_deref(), Some("pt-BR"));
        assert_eq!(language_tag("Bahasa Malaysia"), None);
        assert_eq!(language_name("nn-NO"), Some("nynorsk"));
        assert_eq!(language_name("pt-PT"), Some("portuges"));
    }

    #[test]
    fn words_are_found_in_any_language() {
        assert_eq!(word_key("Masteroppgåve"), Some("mathesis"));
        assert_eq!(word_key("PhD Thesis"), Some("phdthesis"));
        assert_eq!(word_key("Rapport"), None);
    }
}
