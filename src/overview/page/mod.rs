//! What each file says.

mod entry;
mod lists;
mod news;

use super::feed;
use super::machine::coins;
use super::outline::Facet;
use super::piece::{read_reference, write_reference};
use super::plan::{Plan, What, groups_slug};
use super::reference;
use super::search;
use super::site::{ALONE, Format, Site, listed};
use super::template::TemplateError;
use super::words::{name, word};
use super::work::Work;
use crate::text::rich_text::RichText;
use crate::text::said::Language;
use minijinja::value::{Serde, Value};
use serde_json::json;
use std::collections::BTreeMap;

/// What a template is filled with.
type Context = BTreeMap<&'static str, Value>;

impl Site<'_> {
    /// The bytes of a file. Fails where a template does.
    pub fn make(&self, plan: &Plan) -> Result<Vec<u8>, TemplateError> {
        let path = plan.path.as_str();
        match &plan.what {
            What::Root => self.root(),
            What::Style => Ok((self.templates.text("style.css").to_owned() + "\n").into_bytes()),
            What::Robots => Ok(feed::robots(self.settings.base_url.as_deref()).into_bytes()),
            What::Sitemap => Ok(feed::sitemap(self).into_bytes()),
            What::SitemapPart(part) => Ok(feed::sitemap_part(self, *part).into_bytes()),
            What::SearchWords => Ok(search::words(self.make.search()).into_bytes()),
            What::SearchEntries => Ok(search::entries(self).into_bytes()),
            What::Front(language) => self.front(*language, path),
            What::List(language) => self.list(*language, path),
            What::Letter(language, at) => self.letter(*language, *at, path),
            What::Groups(language, at) => self.groups(*language, *at, path),
            What::Group { language, facet, group, part } => {
                self.group(*language, (*facet, *group, *part), path)
            }
            What::Entry(language, at) => self.entry(*language, *at, path),
            What::About(language) => self.about(*language, path),
            What::News(language) => self.news(*language, path),
            What::Edition(language, at) => self.edition(*language, *at, path),
            What::Atom(language) => Ok(feed::atom(self, *language).into_bytes()),
            What::JsonFeed(language) => Ok(feed::json(self, *language).into_bytes()),
            What::Fragment(language) => self.fragment(*language),
            What::ListFile(language, format) => {
                let order = &self.outline.alphabet;
                for &at in order {
                    self.listed(*language, at)?;
                }
                let mut works = order.iter().filter_map(|&at| {
                    let piece = self.listed(*language, at).ok()?;
                    Some((&self.works[at], read_reference(piece.bytes(listed::REFERENCE))))
                });
                Ok(self.make.list(&mut works, *language, *format))
            }
            What::Download(at, format) => Ok(self.alone(*at, *format).to_vec()),
            What::All(Format::Csv) => {
                Ok(self.make.export(&self.in_order(&self.outline.alphabet), Format::Csv))
            }
            What::All(format) => {
                let mut exports = self.outline.alphabet.iter().map(|&at| self.alone(at, *format));
                Ok(self.make.join(&mut exports, *format))
            }
            What::Moved(language, at) => self.moved(*language, *at, path),
            What::Gone(path) => self.gone(path),
        }
    }

    /// A work in a format of [`ALONE`].
    fn alone(&self, at: usize, format: Format) -> &[u8] {
        let part = ALONE.iter().position(|it| *it == format);
        part.map_or(&[], |part| self.exported(at).bytes(part))
    }

    fn in_order(&self, works: &[usize]) -> Vec<&Work> {
        works.iter().map(|&at| &self.works[at]).collect()
    }

    /// The style of the lists.
    pub(super) fn style(&self) -> &str {
        self.settings.styles.first().map_or("apa", String::as_str)
    }

    /// What the overview is called.
    pub(super) fn title(&self, language: Language) -> String {
        self.settings.title.get(language).map_or_else(|| word("overview", language), str::to_owned)
    }

    /// The address of a page, where it is known where the overview will stand.
    pub(super) fn address(&self, path: &str) -> Option<String> {
        let base = self.settings.base_url.as_deref()?;
        Some(format!("{base}{}", path.strip_suffix("index.html").unwrap_or(path)))
    }

    /// What every page has: words, navigation, its address and those of its translations.
    fn context(&self, language: Language, path: &str, title: &str) -> Context {
        let root = "../".repeat(path.matches('/').count());
        let here = format!("{root}{}/", language.tag());
        let mut out = Context::new();
        let mut put = |name, value: Value| drop(out.insert(name, value));
        put("lang", language.tag().into());
        put("t", self.templates.translator(language));
        put("root", root.as_str().into());
        put("here", here.as_str().into());
        put("site", self.title(language).into());
        put("title", title.into());
        put("head_title", beginning(title, 120).into());
        put("path", path.into());
        put("canonical", self.address(path).into());
        put("facets", self.ways_to_group(language, &here));
        let tail = path.split_once('/').map_or(path, |(_, tail)| tail);
        let languages: Vec<Value> = self
            .languages
            .iter()
            .map(|other| {
                let path = format!("{}/{tail}", other.tag());
                serial(json!({
                    "tag": other.tag(),
                    "name": name("tongue", other.tag(), *other),
                    "href": format!("{root}{path}"),
                    "address": self.address(&path),
                    "current": *other == language,
                }))
            })
            .collect();
        put("languages", languages.into());
        out
    }

    /// The ways to group, as links; `here` leads to the language's folder.
    fn ways_to_group(&self, language: Language, here: &str) -> Value {
        // No page stands deeper than in a folder of a language's.
        let depth = here.matches("../").count().min(2);
        let made = self.ways[language as usize * 3 + depth].get_or_init(|| {
            let one = |(facet, groups): &(Facet, Vec<super::outline::Group>)| {
                json!({
                    "id": facet.id(),
                    "name": word(&format!("by-{}", facet.id()), language),
                    "href": format!("{here}{}.html", groups_slug(*facet)),
                    "count": groups.iter().filter(|it| !it.value.is_empty()).count(),
                })
            };
            serial(self.outline.facets.iter().map(one).collect::<Vec<_>>())
        });
        made.clone()
    }

    /// The parts of [`listed`].
    pub(super) fn make_listed(
        &self,
        language: Language,
        at: usize,
        rich: &RichText,
    ) -> Result<[Vec<u8>; 3], TemplateError> {
        let work = &self.works[at];
        Ok([
            self.make_item(language, work, rich)?.into_bytes(),
            self.make_row(language, work, rich)?.into_bytes(),
            write_reference(rich),
        ])
    }

    /// A work as an item of a list.
    fn make_item(
        &self,
        language: Language,
        work: &Work,
        rich: &RichText,
    ) -> Result<String, TemplateError> {
        let href = format!("entry/{}.html", work.slug);
        let tongue = foreign(work, language);
        let (html, linked) = reference::html(rich, &work.title, tongue, Some(&href));
        let who = short(work, language);
        let links: Vec<serde_json::Value> = work
            .links
            .iter()
            .filter(|link| matches!(link.kind, "fulltext" | "summary"))
            .map(|link| {
                let label = label(link, language);
                json!({ "href": link.address, "label": label, "about": format!("{label}: {who}") })
            })
            .collect();
        let mut context = Context::new();
        context.insert("lang", language.tag().into());
        context.insert("t", self.templates.translator(language));
        context.insert("reference", Value::from_safe_string(html));
        context.insert("linked", linked.into());
        context.insert("href", href.into());
        context.insert("name", heading(work, language).into());
        context.insert("tongue", tongue.into());
        context.insert("links", serial(links));
        context.insert("coins", coins::open_url(work).into());
        context.insert("about", format!("{}: {who}", word("details", language)).into());
        self.templates.piece("item.html", Value::from(context))
    }

    /// The items of a list as one piece of HTML.
    fn items(&self, language: Language, works: &[usize]) -> Result<Value, TemplateError> {
        let mut out = String::new();
        for &at in works {
            out.push_str(self.listed(language, at)?.text(listed::ITEM));
            out.push('\n');
        }
        Ok(Value::from_safe_string(out))
    }

    fn page(&self, name: &str, context: Context, script: bool) -> Result<Vec<u8>, TemplateError> {
        self.templates.page(name, Value::from(context), script)
    }

    /// The page at the top: it leads on to the first language.
    fn root(&self) -> Result<Vec<u8>, TemplateError> {
        let first = self.languages.first().copied().unwrap_or_default();
        let context = self.context(first, &format!("{}/index.html", first.tag()), "");
        let mut context: Context = context;
        context.insert("root", "".into());
        let languages: Vec<Value> = self
            .languages
            .iter()
            .map(|it| {
                serial(json!({
                    "tag": it.tag(),
                    "name": name("tongue", it.tag(), *it),
                    "site": self.title(*it),
                }))
            })
            .collect();
        context.insert("languages", languages.into());
        self.page("root.html", context, false)
    }

    fn about(&self, language: Language, path: &str) -> Result<Vec<u8>, TemplateError> {
        let mut context = self.context(language, path, &word("about", language));
        let about = self.settings.about(language);
        let paragraphs = |text: &str| -> Value {
            let parts = text.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
            parts.map(Value::from).collect()
        };
        context.insert("lead", paragraphs(&about.lead));
        context.insert("inclusion", paragraphs(&about.inclusion));
        context.insert("searched", paragraphs(&about.searched));
        context.insert("contact", paragraphs(&about.contact));
        context.insert("accessibility", paragraphs(&about.accessibility));
        context.insert("counts", self.counts(language));
        context
            .insert("full_texts", self.works.iter().filter(|it| it.has_full_text()).count().into());
        context.insert("editions", self.edition_rows());
        context.insert("changed", self.last_change().into());
        context.insert("style", self.make.style_name(self.style()).into());
        context.insert("downloads", downloads());
        context.insert("total", self.works.len().into());
        self.page("about.html", context, false)
    }

    /// How many works each group of the short facets has.
    fn counts(&self, language: Language) -> Value {
        let row = |(facet, groups): &(Facet, Vec<super::outline::Group>)| {
            let rows: Vec<_> = groups
                .iter()
                .map(|group| {
                    json!({
                        "name": group.names[language as usize],
                        "count": group.works.len(),
                        "href": format!("{}.html", group.slug),
                    })
                })
                .collect();
            json!({ "name": word(&format!("by-{}", facet.id()), language), "rows": rows })
        };
        let short = |facet: Facet| matches!(facet, Facet::Type | Facet::Project | Facet::Language);
        serial(self.outline.facets.iter().filter(|it| short(it.0)).map(row).collect::<Vec<_>>())
    }

    /// The day on which anything of the overview last changed.
    pub(super) fn last_change(&self) -> String {
        let days = self.dates.iter().map(|it| &it.changed).chain(self.before.gone.values());
        days.max().cloned().unwrap_or_else(|| self.today.clone())
    }
}

/// The first `most` characters of a text, cut at a word.
fn beginning(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let head = &text[..end];
    let cut = head.rfind(char::is_whitespace).filter(|at| *at > end / 2).unwrap_or(end);
    format!("{} …", &head[..cut])
}

/// What serde can write, as a value for a template.
fn serial(value: impl serde::Serialize) -> Value {
    Value::from(Serde(value))
}

/// The language of the work, where it is not that of the page.
fn foreign(work: &Work, language: Language) -> Option<&str> {
    work.tongue.as_deref().filter(|tag| *tag != language.tag())
}

/// What a work is called where it stands alone: its title, else a note that it has none.
fn heading(work: &Work, language: Language) -> String {
    if work.title.is_empty() { word("untitled", language) } else { work.title.clone() }
}

/// Creators and year, else the beginning of the title: tells links of one list apart.
pub(super) fn short(work: &Work, language: Language) -> String {
    let creators = creators(work, language);
    let who = match creators.as_str() {
        "" => heading(work, language).chars().take(60).collect(),
        _ => creators,
    };
    match work.year {
        Some(year) => format!("{who} {year}"),
        None => who,
    }
}

/// The creators in short, in the words of the language.
pub(super) fn creators(work: &Work, language: Language) -> String {
    work.creators.replace(" et al.", &format!(" {}", word("et-al", language)))
}

/// What a link says.
pub(super) fn label(link: &super::work::Link, language: Language) -> String {
    let label = word(&format!("link.{}", link.kind), language);
    match link.file {
        Some(file) => format!("{label} ({})", file.to_uppercase()),
        None => label,
    }
}

/// The formats of the whole list and their addresses.
fn downloads() -> Value {
    let all = [Format::BibLatex, Format::Ris, Format::CslJson, Format::Csv];
    let rows: Vec<_> = all
        .iter()
        .map(|format| {
            json!({
                "name": format_name(*format),
                "href": format!("../all.{}", format.ending()),
            })
        })
        .collect();
    serial(rows)
}

/// What a format is called.
fn format_name(format: Format) -> &'static str {
    match format {
        Format::BibLatex => "BibLaTeX",
        Format::Ris => "RIS",
        Format::CslJson => "CSL-JSON",
        Format::Csv => "CSV",
    }
}

/// An address as it is shown.
fn shown(address: &str) -> String {
    address.trim_start_matches("https://").trim_start_matches("http://").to_owned()
}
