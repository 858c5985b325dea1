//! References, other programs' formats and lists for the overview, made by the parts of the program
//! that know how.

use super::style::{Processors, Styles, locale};
use crate::cite::convert;
use crate::cite::format::{self, Reference, ReferenceList, Section};
use crate::model::Library;
use crate::overview::edition;
use crate::overview::search::SearchData;
use crate::overview::site::{Format, ListFormat, Make};
use crate::overview::work::Work;
use crate::text::rich_text::RichText;
use crate::text::said::Language;

/// Makes what the overview asks for.
pub struct Maker<'a> {
    styles: &'a Styles,
    processors: Processors<'a>,
    search: SearchData,
    nothing: Library,
}

impl<'a> Maker<'a> {
    /// With styles, and what the search in the page needs.
    pub fn new(styles: &'a Styles, processors: Processors<'a>, search: SearchData) -> Self {
        Self { styles, processors, search, nothing: Library::default() }
    }
}

impl Make for Maker<'_> {
    fn references(&self, work: &Work, styles: &[String], language: Language) -> Vec<RichText> {
        let item = convert::item(&work.entry, &self.nothing, locale(language));
        // A style may show nothing of a kind of work that it does not know.
        let one = |style: &String| {
            let reference = self.processors.get(style, language)?.reference(&item)?;
            Some(reference.text)
        };
        let plain = || RichText::plain(&edition::line(work));
        styles.iter().map(|style| one(style).unwrap_or_else(plain)).collect()
    }

    fn style_name(&self, style: &str) -> String {
        self.styles.title(style)
    }

    fn export(&self, works: &[&Work], format: Format) -> Vec<u8> {
        super::formats::write(works, format)
    }

    fn join(&self, exports: &mut dyn Iterator<Item = &[u8]>, format: Format) -> Vec<u8> {
        super::formats::join(exports, format)
    }

    fn list(
        &self,
        works: &mut dyn Iterator<Item = (&Work, RichText)>,
        language: Language,
        format: ListFormat,
    ) -> Vec<u8> {
        let references = works
            .map(|(work, text)| Reference {
                id: work.entry.key.clone(),
                text,
                language: work.tongue.clone().unwrap_or_default(),
                coins: String::new(),
            })
            .collect();
        let list = ReferenceList {
            sections: vec![Section { heading: String::new(), references }],
            language: locale(language).to_owned(),
            ..ReferenceList::default()
        };
        let format = match format {
            ListFormat::Docx => format::Format::Docx,
            ListFormat::Markdown => format::Format::Markdown,
        };
        format::write(&list, format, true)
    }

    fn search(&self) -> &SearchData {
        &self.search
    }

    fn fingerprint(&self) -> String {
        self.styles.fingerprint()
    }
}
