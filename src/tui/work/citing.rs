//! References in the style that is chosen: the style and its locale are read once.

use crate::cite::builtin;
use crate::cite::citation::{Citation, CitationItem};
use crate::cite::convert;
use crate::cite::format::{self, Format, Layout, Reference, ReferenceList, Section};
use crate::cite::item::Item;
use crate::cite::processor::Processor;
use crate::cite::style::Style;
use crate::model::{Entry, Library};
use crate::session::Error;
use crate::text::rich_text::RichText;
use crate::text::said::{Language, Said};
use crate::tui::effect::Look;
use crate::world::styles;

/// A style that has been read, and the language it writes in.
pub struct Citing {
    look: Look,
    style: Style,
    locale: String,
}

/// The styles there are: name and title.
pub fn all() -> Vec<(String, String)> {
    let titled = |found: styles::Found| {
        let title = builtin::about(&found.xml).title;
        let title = if title.is_empty() { found.name.clone() } else { title };
        (found.name, title)
    };
    styles::all().into_iter().map(titled).collect()
}

impl Citing {
    /// Reads the style of `look`.
    pub fn new(look: &Look) -> Result<Self, Error> {
        let found = styles::style(&look.style)?;
        let style = Style::read(&found.xml, &|id| styles::parent(id, &found)).map_err(|error| {
            Error::usage(Said::new("cite.bad-style").with("style", &look.style)).because(error)
        })?;
        let locale = match look.language {
            Language::Nb => "nb-NO".to_owned(),
            Language::Nn => "nn-NO".to_owned(),
            Language::En if style.default_locale.is_empty() => "en-US".to_owned(),
            Language::En => style.default_locale.clone(),
        };
        Ok(Self { look: look.clone(), style, locale })
    }

    /// Whether this is how `look` wants it.
    pub fn is(&self, look: &Look) -> bool {
        self.look == *look
    }

    fn processor(&self) -> Result<Processor<'_>, Error> {
        Processor::new(&self.style, &styles::locale_text, &self.locale).map_err(|error| {
            Error::usage(Said::new("cite.bad-locale").with("locale", &self.locale)).because(error)
        })
    }

    fn items(&self, library: &Library, entries: &[&Entry]) -> Vec<Item> {
        entries.iter().map(|entry| convert::item(entry, library, &self.locale)).collect()
    }

    /// The references of `entries`, in the order of the style.
    pub fn references(
        &self,
        library: &Library,
        entries: &[&Entry],
    ) -> Result<Vec<RichText>, Error> {
        let list = self.processor()?.bibliography(&self.items(library, entries));
        Ok(list.entries.into_iter().map(|entry| entry.text).collect())
    }

    /// One citation of all `entries`, as it stands in running text.
    pub fn citation(&self, library: &Library, entries: &[&Entry]) -> Result<RichText, Error> {
        let items = self.items(library, entries);
        let cited = |item: &Item| CitationItem { id: item.id.clone(), ..CitationItem::default() };
        let citation = Citation { items: items.iter().map(cited).collect(), ..Citation::default() };
        let texts = self.processor()?.citations(&items, &[citation]);
        Ok(texts.into_iter().next().map(|it| it.text).unwrap_or_default())
    }

    /// The reference list of `entries` as a document.
    pub fn list(
        &self,
        library: &Library,
        entries: &[&Entry],
        format: Format,
    ) -> Result<Vec<u8>, Error> {
        let processor = self.processor()?;
        let items = self.items(library, entries);
        let made = processor.bibliography(&items);
        let language = |id: &str| {
            let item = items.iter().find(|item| item.id == id);
            item.map(|item| item.language.clone()).unwrap_or_default()
        };
        let references = made
            .entries
            .into_iter()
            .map(|entry| Reference {
                language: language(&entry.id),
                id: entry.id,
                text: entry.text,
                coins: String::new(),
            })
            .collect();
        let list = ReferenceList {
            heading: String::new(),
            sections: vec![Section { heading: String::new(), references }],
            language: processor.lang().to_owned(),
            layout: Layout {
                hanging_indent: made.hanging_indent,
                entry_spacing: made.entry_spacing.min(9) as u8,
                line_spacing: made.line_spacing.min(9) as u8,
            },
        };
        Ok(format::write(&list, format, true))
    }
}
