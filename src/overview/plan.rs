//! Which files an overview has, and what each is made from.

use super::manifest;
use super::outline::Facet;
use super::site::{Format, ListFormat, Site};
use crate::text::said::Language;
use std::collections::HashSet;

/// A file of the overview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Where it stands below the folder, with `/` between its parts.
    pub path: String,
    /// What it is made from, by hash: as long as this is the same, so is the file.
    pub inputs: String,
    pub(super) what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    Root,
    Style,
    Robots,
    Sitemap,
    SitemapPart(usize),
    SearchWords,
    SearchEntries,
    Front(Language),
    List(Language),
    Letter(Language, usize),
    Groups(Language, usize),
    Group { language: Language, facet: usize, group: usize, part: usize },
    Entry(Language, usize),
    About(Language),
    News(Language),
    Edition(Language, usize),
    Atom(Language),
    JsonFeed(Language),
    Fragment(Language),
    ListFile(Language, ListFormat),
    Download(usize, Format),
    All(Format),
    Moved(Language, usize),
    Gone(String),
}

impl Plan {
    /// Whether it is made from every work, so that it takes long.
    pub fn is_large(&self) -> bool {
        matches!(
            self.what,
            What::List(_)
                | What::Fragment(_)
                | What::ListFile(..)
                | What::All(_)
                | What::SearchEntries
                | What::SearchWords
        )
    }
}

/// The most works that one page of a group lists.
pub const PER_PAGE: usize = 500;

impl Site<'_> {
    /// Every file of the overview, with pages that say of others that they are gone.
    pub fn plans(&self) -> Vec<Plan> {
        let mut out = Vec::new();
        let all = self.all_inputs();
        // Every page names the ways to group that there are.
        let frame: Vec<&str> = self.outline.facets.iter().map(|(facet, _)| facet.id()).collect();
        let frame = frame.join(" ");
        let mut put = |path: String, inputs: &[&str], what: What| {
            let mut hasher = blake3::Hasher::new();
            if path.ends_with(".html") {
                hasher.update(frame.as_bytes());
            }
            for text in [self.version.as_str(), path.as_str()].iter().chain(inputs) {
                hasher.update(&text.len().to_le_bytes()).update(text.as_bytes());
            }
            let inputs = hasher.finalize().to_hex()[..24].to_owned();
            out.push(Plan { path, inputs, what });
        };
        let news = self.news_inputs();
        let slugs: HashSet<String> =
            self.works.iter().map(|work| work.slug.to_lowercase()).collect();
        let search = &self.search_hash;
        put("index.html".into(), &[], What::Root);
        put("style.css".into(), &[], What::Style);
        put("robots.txt".into(), &[], What::Robots);
        put("search/words.js".into(), &[search], What::SearchWords);
        put("search/entries.js".into(), &[&all, search], What::SearchEntries);
        let entries: Vec<String> = (0..self.works.len()).map(|at| self.entry_inputs(at)).collect();
        for &language in &self.languages {
            let tag = language.tag();
            put(format!("{tag}/index.html"), &[&all, &news, search], What::Front(language));
            put(format!("{tag}/list.html"), &[&all], What::List(language));
            put(format!("{tag}/about.html"), &[&all, &news], What::About(language));
            put(format!("{tag}/news.html"), &[&all, &news], What::News(language));
            put(format!("{tag}/feed.xml"), &[&news], What::Atom(language));
            put(format!("{tag}/feed.json"), &[&news], What::JsonFeed(language));
            put(format!("{tag}/fragment.html"), &[&all], What::Fragment(language));
            for (ending, format) in [("docx", ListFormat::Docx), ("md", ListFormat::Markdown)] {
                put(format!("{tag}/list.{ending}"), &[&all], What::ListFile(language, format));
            }
            for (at, (letter, works)) in self.outline.letters.iter().enumerate() {
                let path = format!("{tag}/{}.html", letter_slug(letter));
                let letters = self.letters_inputs();
                put(path, &[&self.inputs_of(works), &letters], What::Letter(language, at));
            }
            for (at, (facet, groups)) in self.outline.facets.iter().enumerate() {
                let path = format!("{tag}/{}.html", groups_slug(*facet));
                let counts: String = groups
                    .iter()
                    .map(|it| format!("{} {:?} {}\n", it.slug, it.names, it.works.len()))
                    .collect();
                put(path, &[&counts], What::Groups(language, at));
                for (group, it) in groups.iter().enumerate() {
                    for part in 0..it.works.len().div_ceil(PER_PAGE) {
                        let path = format!("{tag}/{}.html", group_slug(&it.slug, part));
                        let inputs = self.inputs_of(part_of(&it.works, part));
                        let names = format!("{:?} {}", it.names, it.works.len());
                        let what = What::Group { language, facet: at, group, part };
                        put(path, &[&inputs, &names], what);
                    }
                }
            }
            for at in 0..self.editions.len() {
                let name = &self.editions[at].name;
                put(
                    format!("{tag}/edition-{name}.html"),
                    &[&all, &news],
                    What::Edition(language, at),
                );
            }
            for (at, (work, inputs)) in self.works.iter().zip(&entries).enumerate() {
                let path = format!("{tag}/entry/{}.html", work.slug);
                put(path, &[inputs], What::Entry(language, at));
                for old in work.entry.list("ids") {
                    let slug = super::slug::slug(&old);
                    if !slugs.contains(&slug.to_lowercase()) {
                        let path = format!("{tag}/entry/{slug}.html");
                        put(path, &[&work.slug], What::Moved(language, at));
                    }
                }
            }
        }
        for (at, work) in self.works.iter().enumerate() {
            for format in [Format::BibLatex, Format::Ris, Format::CslJson] {
                let path = format!("entry/{}.{}", work.slug, format.ending());
                put(path, &[&work.hash], What::Download(at, format));
            }
        }
        for format in [Format::BibLatex, Format::Ris, Format::CslJson, Format::Csv] {
            put(format!("all.{}", format.ending()), &[&all], What::All(format));
        }
        if self.settings.base_url.is_some() {
            let days: String = self.dates.iter().map(|it| it.changed.as_str()).collect();
            put("sitemap.xml".into(), &[&all, &days], What::Sitemap);
            let parts = super::feed::sitemap_parts(self);
            for part in (0..parts).filter(|_| parts > 1) {
                let path = format!("sitemap-{}.xml", part + 1);
                put(path, &[&all, &days], What::SitemapPart(part));
            }
        }
        // Pages of works come first: the lists are put together from what is made for them. What takes
        // long is begun before what does not.
        out.sort_by_key(|plan: &Plan| match plan.what {
            What::Entry(..) => 0,
            What::Download(..) => 1,
            _ if plan.is_large() => 2,
            _ => 3,
        });
        let mut seen = HashSet::new();
        out.retain(|plan: &Plan| seen.insert(plan.path.to_lowercase()));
        let is_gone =
            |path: &&String| path.ends_with(".html") && !seen.contains(&path.to_lowercase());
        let paths: Vec<String> = self
            .before
            .files
            .keys()
            .chain(self.before.gone.keys())
            .filter(is_gone)
            .cloned()
            .collect();
        for path in paths {
            if seen.insert(path.to_lowercase()) {
                let inputs = manifest::hash(format!("{}gone{path}", self.version).as_bytes());
                out.push(Plan { what: What::Gone(path.clone()), inputs, path });
            }
        }
        out
    }

    fn inputs_of(&self, works: &[usize]) -> String {
        let mut hasher = blake3::Hasher::new();
        for &at in works {
            hasher.update(self.works[at].hash.as_bytes()).update(self.works[at].slug.as_bytes());
        }
        hasher.finalize().to_hex()[..24].to_owned()
    }

    fn all_inputs(&self) -> String {
        let mut out = self.inputs_of(&self.outline.alphabet);
        for (_, groups) in &self.outline.facets {
            groups.iter().for_each(|group| out.push_str(&format!("{:?}", group.names)));
        }
        manifest::hash(out.as_bytes())
    }

    fn letters_inputs(&self) -> String {
        self.outline.letters.iter().map(|(letter, _)| letter.as_str()).collect()
    }

    fn entry_inputs(&self, at: usize) -> String {
        let work = &self.works[at];
        let mut out = format!("{} {} ", work.hash, self.dates[at].changed);
        for &(facet, group) in &self.outline.belongs[at] {
            let group = &self.outline.facets[facet].1[group];
            out.push_str(&group.slug);
            group.names.iter().for_each(|name| out.push_str(name));
        }
        for relation in &work.relations {
            let other = &self.works[relation.other];
            out.push_str(&format!(
                "{} {:?} {} {}\n",
                relation.kind, relation.said, other.hash, other.slug
            ));
        }
        manifest::hash(out.as_bytes())
    }

    fn news_inputs(&self) -> String {
        let mut out = String::new();
        for at in self.newest() {
            out.push_str(&format!("{:?}{}\n", self.dates[at], self.works[at].slug));
        }
        for edition in &self.editions {
            out.push_str(&manifest::hash(edition.write().as_bytes()));
        }
        manifest::hash(out.as_bytes())
    }
}

/// The name of a letter's page.
pub(super) fn letter_slug(letter: &str) -> String {
    let name = match letter {
        "Æ" => "ae".to_owned(),
        "Ø" => "oe".to_owned(),
        "Å" => "aa".to_owned(),
        "#" => "other".to_owned(),
        letter => super::slug::slug(&letter.to_lowercase()),
    };
    format!("letter-{name}")
}

/// The name of the page of a facet's groups.
pub(super) fn groups_slug(facet: Facet) -> String {
    format!("{}s", facet.id())
}

/// The name of a part of a group's pages.
pub(super) fn group_slug(slug: &str, part: usize) -> String {
    if part == 0 { slug.to_owned() } else { format!("{slug}.{}", part + 1) }
}

/// The works of one page of a group.
pub(super) fn part_of(works: &[usize], part: usize) -> &[usize] {
    works.chunks(PER_PAGE).nth(part).unwrap_or_default()
}
