//! The whole overview: which files there are, and what each is made from. What a file says is in
//! `page`, `feed` and `search`.

use super::edition::{Difference, Edition};
use super::manifest::{Dates, Manifest};
use super::outline::{self, Outline};
use super::plan::{Plan, What};
use super::search::SearchData;
use super::settings::Settings;
use super::template::{TemplateError, Templates};
use super::work::Work;
use crate::text::rich_text::RichText;
use crate::text::said::{self, Language};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A format of other programs, in which single works and the whole list can be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// BibLaTeX.
    BibLatex,
    /// RIS.
    Ris,
    /// CSL-JSON.
    CslJson,
    /// A table.
    Csv,
}

/// A format for people, in which the whole list can be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListFormat {
    /// Word.
    Docx,
    /// Markdown.
    Markdown,
}

impl Format {
    /// How its files end.
    pub fn ending(self) -> &'static str {
        match self {
            Self::BibLatex => "bib",
            Self::Ris => "ris",
            Self::CslJson => "json",
            Self::Csv => "csv",
        }
    }
}

/// What other parts of the program make for the overview.
pub trait Make: Sync {
    /// The finished reference of a work.
    fn reference(&self, work: &Work, style: &str, language: Language) -> RichText;
    /// What a style calls itself.
    fn style_name(&self, style: &str) -> String;
    /// Works in another program's format, in this order.
    fn export(&self, works: &[&Work], format: Format) -> Vec<u8>;
    /// The whole list of references, in this order.
    fn list(&self, works: &[&Work], style: &str, language: Language, format: ListFormat)
    -> Vec<u8>;
    /// What the search in the page needs.
    fn search(&self) -> &SearchData;
    /// Changes when any of the above would be made differently from the same work.
    fn fingerprint(&self) -> String;
}

/// What an overview is made from.
pub struct Given<'a> {
    /// What the keepers say about it.
    pub settings: Settings,
    /// The works that belong in it.
    pub works: Vec<Work>,
    /// Today's date: `2026-11-24`.
    pub today: String,
    /// Templates of the library, by name, in place of those that are compiled in.
    pub templates: BTreeMap<String, String>,
    /// Editions, the oldest first.
    pub editions: Vec<Edition>,
    /// What was published before.
    pub before: Manifest,
    /// What is made elsewhere.
    pub make: &'a dyn Make,
}

/// The overview, in order and ready to be written.
pub struct Site<'a> {
    pub(super) settings: Settings,
    pub(super) works: Vec<Work>,
    pub(super) dates: Vec<Dates>,
    pub(super) editions: Vec<Edition>,
    pub(super) outline: Outline,
    pub(super) languages: Vec<Language>,
    pub(super) templates: Templates,
    pub(super) make: &'a dyn Make,
    pub(super) before: Manifest,
    pub(super) today: String,
    pub(super) version: String,
    items: Vec<OnceLock<Result<String, TemplateError>>>,
}

/// How many works are listed as new.
pub(super) const NEWEST: usize = 30;

impl<'a> Site<'a> {
    /// Puts everything in order. Fails where a template cannot be read.
    pub fn new(given: Given<'a>) -> Result<Self, TemplateError> {
        let Given { settings, works, today, templates, editions, before, make } = given;
        let templates = Templates::new(&templates, works.len())?;
        let names = &settings.project;
        let outline = outline::outline(&works, |project, language| {
            names.get(project).and_then(|it| it.get(language)).map(str::to_owned)
        });
        let dates = works.iter().map(|work| before.dates(&work.slug, &work.hash, &today)).collect();
        let languages = settings.languages();
        let mut hasher = blake3::Hasher::new();
        let mut put = |text: &str| {
            hasher.update(&text.len().to_le_bytes()).update(text.as_bytes());
        };
        put(env!("CARGO_PKG_VERSION"));
        put(&templates.hash());
        put(&format!("{settings:?}"));
        put(&make.fingerprint());
        for language in &languages {
            let mut words = said::all(*language);
            words.retain(|(id, _)| id.starts_with("overview."));
            words.sort();
            words.iter().for_each(|(id, texts)| put(&format!("{id}{texts:?}")));
        }
        let version = hasher.finalize().to_hex()[..24].to_owned();
        let items = (0..works.len() * 3).map(|_| OnceLock::new()).collect();
        Ok(Self {
            settings,
            works,
            dates,
            editions,
            outline,
            languages,
            templates,
            make,
            before,
            today,
            version,
            items,
        })
    }

    /// Works, in no particular order.
    pub fn works(&self) -> &[Work] {
        &self.works
    }

    /// What the marker says of works and of pages that are gone; files are put in by the writer.
    pub fn manifest(&self, plans: &[Plan]) -> Manifest {
        let mut out = Manifest::default();
        for (work, dates) in self.works.iter().zip(&self.dates) {
            out.works.insert(work.slug.clone(), dates.clone());
        }
        for plan in plans {
            if let What::Gone(path) = &plan.what {
                out.gone.insert(path.clone(), self.gone_on(path));
            }
        }
        out
    }

    /// The day a page went.
    pub(super) fn gone_on(&self, path: &str) -> String {
        self.before.gone.get(path).cloned().unwrap_or_else(|| self.today.clone())
    }

    /// A work as an item of a list, made once.
    pub(super) fn item(&self, language: Language, at: usize) -> Result<&str, TemplateError> {
        let cell = &self.items[language as usize * self.works.len() + at];
        match cell.get_or_init(|| self.make_item(language, at)) {
            Ok(html) => Ok(html),
            Err(error) => Err(error.clone()),
        }
    }

    /// Works by when they came into the overview, the newest first.
    pub(super) fn newest(&self) -> Vec<usize> {
        let mut out = self.outline.alphabet.clone();
        out.sort_by(|&a, &b| self.dates[b].first.cmp(&self.dates[a].first));
        out.truncate(NEWEST);
        out
    }

    /// What has changed since the last edition; everything where there is none.
    pub(super) fn since(&self) -> Difference {
        let now = Edition::freeze("", &self.today, &self.works);
        self.editions.last().cloned().unwrap_or_default().difference(&now)
    }
}
