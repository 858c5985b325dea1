//! The styles of an overview, read once and put together with the languages of its pages.

use crate::cite::builtin;
use crate::cite::processor::Processor;
use crate::cite::style::Style;
use crate::session::Error;
use crate::text::said::{Language, Said};

/// The styles that an overview uses.
pub struct Styles {
    styles: Vec<(String, String, Style)>,
    hash: String,
}

/// Styles in the languages of the pages, ready to format.
pub struct Processors<'s> {
    processors: Vec<(&'s str, Language, Processor<'s>)>,
}

impl Styles {
    /// Reads the styles: of each what it is called by and, where it is a file, its text.
    pub fn read(asked: &[(String, Option<String>)]) -> Result<Self, Error> {
        let mut styles = Vec::new();
        let mut hasher = blake3::Hasher::new();
        for (name, text) in asked {
            let unknown = || Error::usage(Said::new("overview.no-style").with("style", name));
            let xml = match text {
                Some(text) => text.as_str(),
                None => builtin::style(name).ok_or_else(unknown)?.xml,
            };
            let parent = |id: &str| builtin::style(id).map(|it| it.xml.to_owned());
            let style = Style::read(xml, &parent).map_err(|error| unknown().because(error))?;
            hasher.update(xml.as_bytes());
            styles.push((name.clone(), builtin::about(xml).title, style));
        }
        Ok(Self { styles, hash: hasher.finalize().to_hex().to_string() })
    }

    /// The styles in `languages`.
    pub fn processors(&self, languages: &[Language]) -> Result<Processors<'_>, Error> {
        let locales = |tag: &str| builtin::locale(tag).map(|(_, xml)| xml.to_owned());
        let mut processors = Vec::new();
        for (name, _, style) in &self.styles {
            for &language in languages {
                let made = Processor::new(style, &locales, locale(language)).map_err(|error| {
                    Error::usage(Said::new("overview.no-style").with("style", name)).because(error)
                })?;
                processors.push((name.as_str(), language, made));
            }
        }
        Ok(Processors { processors })
    }

    /// Changes when any of the styles does.
    pub fn fingerprint(&self) -> String {
        self.hash.clone()
    }

    /// What a style calls itself.
    pub fn title(&self, name: &str) -> String {
        let found = self.styles.iter().find(|(it, ..)| it == name);
        found.map_or_else(|| name.to_owned(), |(_, title, _)| title.clone())
    }
}

impl<'s> Processors<'s> {
    /// The processor of a style in a language.
    pub fn get(&self, style: &str, language: Language) -> Option<&Processor<'s>> {
        let is_it = |it: &&(&str, Language, Processor<'s>)| it.0 == style && it.1 == language;
        self.processors.iter().find(is_it).map(|(.., processor)| processor)
    }
}

/// The locale of a language of the pages.
pub fn locale(language: Language) -> &'static str {
    match language {
        Language::Nb => "nb-NO",
        Language::Nn => "nn-NO",
        Language::En => "en-US",
    }
}
