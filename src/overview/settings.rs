//! What the keepers of a library say about its published overview: `data/overview/overview.toml`.

use crate::text::said::Language;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The styles in which an entry's page shows the reference, when nothing else is said; the first is
/// that of the lists.
pub const STYLES: &[&str] = &["apa", "vancouver", "chicago-author-date"];

/// What the keepers of a library say about its published overview. Everything may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Settings {
    /// What the overview is called.
    pub title: Texts,
    /// Where it will stand: `https://…/`. Without it there are no canonical addresses and no sitemap.
    pub base_url: Option<String>,
    /// The languages of the pages; the first is the one the folder opens with.
    pub languages: Vec<String>,
    /// The styles of an entry's page; the first is that of the lists.
    pub styles: Vec<String>,
    /// Fields that are published beside those that describe a work (`note`, `abstract`, …).
    pub fields: Vec<String>,
    /// What stands on the front page and the page about the overview, by language.
    pub about: BTreeMap<String, About>,
    /// What a value of `project` is called.
    pub project: BTreeMap<String, Texts>,
}

/// What a language's front page and page about the overview say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct About {
    /// What it is, in a sentence or two: on the front page too.
    pub lead: String,
    /// What belongs in it and what does not.
    pub inclusion: String,
    /// Where and when was searched.
    pub searched: String,
    /// Who keeps it and how to reach them.
    pub contact: String,
    /// Whether the pages meet the requirements of universal design, and where to complain.
    pub accessibility: String,
}

/// One text for all languages, or one for each.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Texts {
    /// The same in all.
    One(String),
    /// By tag: `nb`, `nn`, `en`.
    Each(BTreeMap<String, String>),
}

impl Default for Texts {
    fn default() -> Self {
        Self::Each(BTreeMap::new())
    }
}

impl Texts {
    /// The text in `language`, else in any other; `None` where there is none at all.
    pub fn get(&self, language: Language) -> Option<&str> {
        match self {
            Self::One(text) => Some(text.as_str()),
            Self::Each(texts) => texts
                .get(language.tag())
                .or_else(|| Language::ALL.iter().find_map(|other| texts.get(other.tag())))
                .map(String::as_str),
        }
        .filter(|text| !text.is_empty())
    }
}

/// What is wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The text is no such table; line and column, from 1, and why.
    #[error("{0}:{1}: {2}")]
    Unreadable(usize, usize, String),
    /// A language that the pages do not speak.
    #[error("`{0}` is not one of nb, nn, en")]
    Language(String),
    /// An address that is not `http:` or `https:`.
    #[error("`{0}` is not an address that begins with https://")]
    Address(String),
    /// A field that names places on the keeper's machine.
    #[error("the field `{0}` is never published")]
    Field(String),
}

impl Settings {
    /// Reads the text of `overview.toml`.
    pub fn read(source: &str) -> Result<Self, SettingsError> {
        toml::from_str(source).map_err(|error| {
            let before = source.get(..error.span().map_or(0, |span| span.start)).unwrap_or(source);
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            SettingsError::Unreadable(line, column, error.message().replace('\n', " "))
        })
    }

    /// The same with what was left out filled in, or what is wrong with a value.
    pub fn checked(mut self) -> Result<Self, SettingsError> {
        if self.languages.is_empty() {
            self.languages = Language::ALL.iter().map(|it| it.tag().to_owned()).collect();
        }
        for tag in &self.languages {
            if !Language::ALL.iter().any(|it| it.tag() == tag) {
                return Err(SettingsError::Language(tag.clone()));
            }
        }
        if self.styles.is_empty() {
            self.styles = STYLES.iter().map(|&it| it.to_owned()).collect();
        }
        if let Some(url) = &mut self.base_url {
            if !crate::text::rich_text::html::is_web(url) || url.contains(['"', '<', '>', ' ']) {
                return Err(SettingsError::Address(url.clone()));
            }
            if !url.ends_with('/') {
                url.push('/');
            }
        }
        for field in &mut self.fields {
            *field = crate::model::alias::field(field);
            if super::public::NEVER.contains(&field.as_str()) {
                return Err(SettingsError::Field(field.clone()));
            }
        }
        Ok(self)
    }

    /// The languages of the pages, none twice.
    pub fn languages(&self) -> Vec<Language> {
        let mut out = Vec::new();
        for language in self.languages.iter().filter_map(|tag| Language::from_tag(tag)) {
            if !out.contains(&language) {
                out.push(language);
            }
        }
        out
    }

    /// What the pages say about the overview in `language`; empty where nothing is said.
    pub fn about(&self, language: Language) -> About {
        self.about.get(language.tag()).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_name_is_told_with_its_place() {
        let error = Settings::read("title = \"T\"\nbase_url = \"x\"\n").unwrap_err();
        assert!(matches!(error, SettingsError::Unreadable(2, 1, _)), "{error}");
    }

    #[test]
    fn an_address_ends_in_a_slash_and_is_of_the_web() {
        let read = |url: &str| {
            Settings { base_url: Some(url.to_owned()), ..Settings::default() }.checked()
        };
        assert_eq!(read("https://x.no/a").unwrap().base_url.as_deref(), Some("https://x.no/a/"));
        assert!(read("javascript:alert(1)").is_err());
    }

    #[test]
    fn paths_of_attachments_are_never_published() {
        let settings = Settings { fields: vec!["pdf".to_owned()], ..Settings::default() };
        assert_eq!(settings.checked(), Err(SettingsError::Field("file".to_owned())));
    }
}
