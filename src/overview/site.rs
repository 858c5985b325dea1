//! The whole overview: which files there are, and what each is made from. What a file says is in
//! `page`, `feed` and `search`.

use super::edition::{Difference, Edition};
use super::manifest::{Dates, Manifest};
use super::outline::{self, Outline};
use super::piece::{self, Keep, Kept, Piece};
use super::plan::{Plan, What};
use super::search::SearchData;
use super::settings::Settings;
use super::template::{TemplateError, Templates};
use super::work::Work;
use crate::text::rich_text::RichText;
use crate::text::said::{self, Language};
use minijinja::value::Value;
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
    /// The finished references of a work, one in each style.
    fn references(&self, work: &Work, styles: &[String], language: Language) -> Vec<RichText>;
    /// What a style calls itself.
    fn style_name(&self, style: &str) -> String;
    /// Works in another program's format, in this order.
    fn export(&self, works: &[&Work], format: Format) -> Vec<u8>;
    /// The same as [`Make::export`] for BibLaTeX, RIS and CSL-JSON, from what it gives for each alone.
    fn join(&self, exports: &mut dyn Iterator<Item = &[u8]>, format: Format) -> Vec<u8>;
    /// The whole list of works and their references, in this order.
    fn list(
        &self,
        works: &mut dyn Iterator<Item = (&Work, RichText)>,
        language: Language,
        format: ListFormat,
    ) -> Vec<u8>;
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
    /// Pieces that were kept then.
    pub kept: Kept,
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
    pub(super) search_hash: String,
    kept: Kept,
    listed: Vec<OnceLock<Result<Piece, TemplateError>>>,
    exported: Vec<OnceLock<Piece>>,
    /// The links to the ways to group, for each language and depth of a page.
    pub(super) ways: [OnceLock<Value>; 9],
}

/// The parts of the piece that a work has in each language.
pub(super) mod listed {
    /// The item of a list.
    pub(crate) const ITEM: usize = 0;
    /// The item of the fragment.
    pub(crate) const ROW: usize = 1;
    /// The reference, as [`super::piece::write_reference`] writes it.
    pub(crate) const REFERENCE: usize = 2;
}

/// The formats that a work has alone: the parts of its piece.
pub(super) const ALONE: [Format; 3] = [Format::BibLatex, Format::Ris, Format::CslJson];

/// How many works are listed as new.
pub(super) const NEWEST: usize = 30;

impl<'a> Site<'a> {
    /// Puts everything in order. Fails where a template cannot be read.
    pub fn new(given: Given<'a>) -> Result<Self, TemplateError> {
        let Given { settings, works, today, templates, editions, before, kept, make } = given;
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
        let listed = (0..works.len() * Language::ALL.len()).map(|_| OnceLock::new()).collect();
        let exported = (0..works.len()).map(|_| OnceLock::new()).collect();
        let search_hash = make.search().hash();
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
            search_hash,
            kept,
            listed,
            exported,
            ways: Default::default(),
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

    /// What lists are put together from, of one work: made once, and kept. The parts are
    /// [`listed`]'s.
    pub(super) fn listed(&self, language: Language, at: usize) -> Result<&Piece, TemplateError> {
        self.listed_from(language, at, &|| self.reference(language, at))
    }

    /// A work's reference in the style of the lists.
    pub(super) fn reference(&self, language: Language, at: usize) -> RichText {
        let style = &self.settings.styles[..self.settings.styles.len().min(1)];
        self.make.references(&self.works[at], style, language).pop().unwrap_or_default()
    }

    /// [`Site::listed`] with the work's reference in the style of the lists, where it is made already.
    pub(super) fn listed_from(
        &self,
        language: Language,
        at: usize,
        reference: &dyn Fn() -> RichText,
    ) -> Result<&Piece, TemplateError> {
        let work = &self.works[at];
        let cell = &self.listed[language as usize * self.works.len() + at];
        let made = cell.get_or_init(|| {
            let name = piece::name(&[&self.version, language.tag(), &work.hash, &work.slug]);
            match self.kept.find(&name) {
                Some(piece) => Ok(piece),
                None => self.make_listed(language, at, &reference()).map(|parts| Piece {
                    name,
                    parts: parts.into(),
                    is_new: true,
                }),
            }
        });
        made.as_ref().map_err(Clone::clone)
    }

    /// A work in the formats of [`ALONE`], made once, and kept.
    pub(super) fn exported(&self, at: usize) -> &Piece {
        let work = &self.works[at];
        self.exported[at].get_or_init(|| {
            let name = piece::name(&[&self.version, "formats", &work.hash]);
            self.kept.find(&name).unwrap_or_else(|| {
                let parts = ALONE.map(|format| self.make.export(&[work], format));
                Piece { name, parts: parts.into(), is_new: true }
            })
        })
    }

    /// What must be written for the pieces to be kept; `stamp` as it was for [`Kept::read`].
    pub fn keep(&self, stamp: &str) -> Keep {
        let listed = self.listed.iter().filter_map(|it| it.get()?.as_ref().ok());
        self.kept.keep(listed.chain(self.exported.iter().filter_map(OnceLock::get)), stamp)
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
