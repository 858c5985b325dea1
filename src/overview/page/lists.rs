//! Front page, lists, groups, and the fragment for a content management system.

use super::{Context, downloads, serial};
use crate::overview::outline::{Facet, Group};
use crate::overview::plan::{PER_PAGE, group_slug, groups_slug, letter_slug, part_of};
use crate::overview::reference;
use crate::overview::search;
use crate::overview::site::{Site, listed};
use crate::overview::template::TemplateError;
use crate::overview::words::word;
use crate::overview::work::Work;
use crate::text::rich_text::RichText;
use crate::text::said::Language;
use minijinja::value::Value;
use serde_json::json;

/// How many groups of a facet the front page shows.
const SHOWN: usize = 14;

impl Site<'_> {
    pub(super) fn front(&self, language: Language, path: &str) -> Result<Vec<u8>, TemplateError> {
        let mut context = self.context(language, path, "");
        let about = self.settings.about(language);
        let lead = about.lead.split("\n\n").next().unwrap_or_default();
        context.insert("lead", lead.into());
        context.insert("description", super::beginning(lead, 300).into());
        let groups: Vec<Value> = self
            .outline
            .facets
            .iter()
            .map(|(facet, groups)| self.browse(*facet, groups, language))
            .collect();
        context.insert("groups", groups.into());
        context.insert("letters", self.letters(None));
        let newest: Vec<usize> = self.newest().into_iter().take(5).collect();
        context.insert("newest", self.items(language, &newest)?);
        context.insert("changed", self.last_change().into());
        context.insert("total", self.works.len().into());
        context.insert("downloads", downloads());
        let settings = search::page_settings(self, language);
        context.insert("settings", Value::from_safe_string(settings));
        context.insert("script", Value::from_safe_string(self.templates.text("search.js").into()));
        context.insert("years", self.year_span());
        self.page("front.html", context, true)
    }

    /// First and last year of the works.
    fn year_span(&self) -> Value {
        let years = || self.works.iter().filter_map(|work| work.year);
        serial(json!({ "first": years().min(), "last": years().max() }))
    }

    /// A facet's largest groups, as the front page shows them.
    fn browse(&self, facet: Facet, groups: &[Group], language: Language) -> Value {
        let shown = if facet == Facet::Year { groups.len() } else { SHOWN };
        let known: Vec<&Group> = groups.iter().filter(|it| !it.value.is_empty()).collect();
        let rows: Vec<_> = known.iter().take(shown).map(|it| group_row(it, language)).collect();
        serial(json!({
            "id": facet.id(),
            "name": word(&format!("by-{}", facet.id()), language),
            "rows": rows,
            "more": known.len().saturating_sub(shown),
            "count": known.len(),
            "href": format!("{}.html", groups_slug(facet)),
        }))
    }

    /// The letters, with links: to their pages, or (for the page that has all) to places in it.
    fn letters(&self, current: Option<&str>) -> Value {
        let rows: Vec<_> = self
            .outline
            .letters
            .iter()
            .map(|(letter, works)| {
                json!({
                    "letter": letter,
                    "href": format!("{}.html", letter_slug(letter)),
                    "anchor": letter_slug(letter),
                    "count": works.len(),
                    "current": current == Some(letter.as_str()),
                })
            })
            .collect();
        serial(rows)
    }

    pub(super) fn list(&self, language: Language, path: &str) -> Result<Vec<u8>, TemplateError> {
        let mut context = self.context(language, path, &word("all-works", language));
        let mut sections = Vec::new();
        for (letter, works) in &self.outline.letters {
            sections.push(section(letter, &letter_slug(letter), self.items(language, works)?));
        }
        context.insert("sections", sections.into());
        context.insert("letters", self.letters(None));
        context.insert("anchors", true.into());
        context.insert("count", self.works.len().into());
        context.insert("downloads", downloads());
        context.insert("changed", self.last_change().into());
        context.insert("total", self.works.len().into());
        self.page("list.html", context, false)
    }

    pub(super) fn letter(
        &self,
        language: Language,
        at: usize,
        path: &str,
    ) -> Result<Vec<u8>, TemplateError> {
        let (letter, works) = &self.outline.letters[at];
        let shown = if letter == "#" { word("other-letters", language) } else { letter.clone() };
        let mut context = self.context(language, path, &shown);
        context.insert("sections", vec![section("", "", self.items(language, works)?)].into());
        context.insert("letters", self.letters(Some(letter)));
        context.insert("count", works.len().into());
        self.page("list.html", context, false)
    }

    pub(super) fn groups(
        &self,
        language: Language,
        at: usize,
        path: &str,
    ) -> Result<Vec<u8>, TemplateError> {
        let (facet, groups) = &self.outline.facets[at];
        let title = word(&format!("by-{}", facet.id()), language);
        let mut context = self.context(language, path, &title);
        let rows: Vec<_> = groups.iter().map(|it| group_row(it, language)).collect();
        context.insert("rows", serial(rows));
        context.insert("current", facet.id().into());
        self.page("groups.html", context, false)
    }

    pub(super) fn group(
        &self,
        language: Language,
        (facet, group, part): (usize, usize, usize),
        path: &str,
    ) -> Result<Vec<u8>, TemplateError> {
        let (facet, groups) = &self.outline.facets[facet];
        let group = &groups[group];
        let name = &group.names[language as usize];
        let mut context = self.context(language, path, name);
        let works = part_of(&group.works, part);
        context.insert("sections", vec![section("", "", self.items(language, works)?)].into());
        context.insert("count", group.works.len().into());
        context.insert("facet", word(&format!("by-{}", facet.id()), language).into());
        context.insert("facet_href", format!("{}.html", groups_slug(*facet)).into());
        context.insert("current", facet.id().into());
        let parts = group.works.len().div_ceil(PER_PAGE);
        if parts > 1 {
            let rows: Vec<_> = (0..parts)
                .map(|it| {
                    json!({
                        "number": it + 1,
                        "href": format!("{}.html", group_slug(&group.slug, it)),
                        "current": it == part,
                    })
                })
                .collect();
            context.insert("parts", serial(rows));
        }
        self.page("list.html", context, false)
    }

    /// A work as an item of the fragment.
    pub(super) fn make_row(
        &self,
        language: Language,
        work: &Work,
        rich: &RichText,
    ) -> Result<String, TemplateError> {
        let href = self.address(&format!("{}/entry/{}.html", language.tag(), work.slug));
        let tongue = super::foreign(work, language);
        let (html, _) = reference::html(rich, &work.title, tongue, href.as_deref());
        let links: Vec<_> = work
            .links
            .iter()
            .filter(|link| matches!(link.kind, "fulltext" | "summary"))
            .map(|link| json!({ "href": link.address, "label": super::label(link, language) }))
            .collect();
        let mut context = Context::new();
        context.insert("reference", Value::from_safe_string(html));
        context.insert("links", serial(links));
        self.templates.piece("row.html", Value::from(context))
    }

    /// The whole list as a piece of HTML to be pasted into another page: no head, no styles, links
    /// to the works themselves.
    pub(super) fn fragment(&self, language: Language) -> Result<Vec<u8>, TemplateError> {
        let mut sections = Vec::new();
        for (letter, works) in &self.outline.letters {
            let mut rows = String::new();
            for &at in works {
                rows.push_str(self.listed(language, at)?.text(listed::ROW));
                rows.push('\n');
            }
            sections.push(section(letter, "", Value::from_safe_string(rows)));
        }
        let mut context = self.context(language, "x/x", "");
        context.insert("sections", sections.into());
        Ok(self.templates.long_piece("fragment.html", Value::from(context))?.into_bytes())
    }
}

fn group_row(group: &Group, language: Language) -> serde_json::Value {
    json!({
        "name": group.names[language as usize],
        "href": format!("{}.html", group.slug),
        "count": group.works.len(),
    })
}

fn section(letter: &str, anchor: &str, items: Value) -> Value {
    let mut it = Context::new();
    it.insert("letter", letter.into());
    it.insert("anchor", anchor.into());
    it.insert("items", items);
    Value::from(it)
}
