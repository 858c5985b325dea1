//! A work's own page, and the pages that say where a work has gone.

use super::{Context, beginning, creators, foreign, format_name, heading, label, serial, shown};
use crate::overview::machine::{highwire, json_ld};
use crate::overview::outline::{Facet, Group};
use crate::overview::reference;
use crate::overview::site::{ALONE, Site};
use crate::overview::template::TemplateError;
use crate::overview::words::{known, name, word};
use crate::overview::work::Work;
use crate::text::rich_text::RichText;
use crate::text::said::{self, Language};
use minijinja::value::Value;
use serde_json::json;

/// The name fields that a page shows, in this order.
const ROLES: &[&str] = &[
    "author",
    "editor",
    "translator",
    "bookauthor",
    "editora",
    "editorb",
    "editorc",
    "foreword",
    "afterword",
    "introduction",
    "commentator",
    "holder",
];

/// The fields of one line that a page shows, in this order.
const FACTS: &[&str] = &[
    "origtitle",
    "journaltitle",
    "booktitle",
    "maintitle",
    "edition",
    "volume",
    "number",
    "series",
    "chapter",
    "pages",
    "eid",
    "pagetotal",
    "publisher",
    "institution",
    "organization",
    "howpublished",
    "location",
    "eventtitle",
    "venue",
    "isbn",
    "issn",
    "eissn",
    "pmid",
    "version",
    "pubstate",
];

impl Site<'_> {
    pub(super) fn entry(
        &self,
        language: Language,
        at: usize,
        path: &str,
    ) -> Result<Vec<u8>, TemplateError> {
        let work = &self.works[at];
        let title = heading(work, language);
        let mut context = self.context(language, path, &title);
        let tongue = foreign(work, language);
        context.insert("tongue", tongue.into());
        context.insert("key", work.entry.key.as_str().into());
        context.insert("creators", creators(work, language).into());
        context.insert("year", work.year.into());
        let styles = &self.settings.styles;
        let references = self.make.references(work, styles, language);
        // Lists will need the first of them.
        self.listed_from(language, at, &|| references.first().cloned().unwrap_or_default())?;
        let description = references.first().map(RichText::to_plain).unwrap_or_default();
        context.insert("description", beginning(&description, 300).into());
        let references: Vec<Value> = styles
            .iter()
            .zip(&references)
            .map(|(style, rich)| {
                let (html, _) = reference::html(rich, &work.title, tongue, None);
                let mut row = Context::new();
                row.insert("style", self.make.style_name(style).into());
                row.insert("reference", Value::from_safe_string(html));
                Value::from(row)
            })
            .collect();
        context.insert("references", references.into());
        let links: Vec<_> = work
            .links
            .iter()
            .map(|link| {
                json!({
                    "href": link.address,
                    "label": label(link, language),
                    "shown": shown(&link.address),
                    "kind": link.kind,
                })
            })
            .collect();
        context.insert("links", serial(links));
        context.insert("people", people(work, language));
        context.insert("facts", facts(work, language));
        context.insert("groups", self.belongs(at, language));
        context.insert("more", self.more(work, language));
        context.insert("relations", self.relations(work, language));
        let downloads: Vec<_> = ALONE
            .iter()
            .map(|format| {
                json!({
                    "name": format_name(*format),
                    "href": format!("../../entry/{}.{}", work.slug, format.ending()),
                })
            })
            .collect();
        context.insert("downloads", serial(downloads));
        let dates = &self.dates[at];
        context.insert("first", dates.first.as_str().into());
        context.insert("changed", dates.changed.as_str().into());
        let tags = highwire::tags(work);
        context.insert("zotero", highwire::zotero_type(work, &tags).into());
        let tags: Vec<_> =
            tags.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        context.insert("tags", serial(tags));
        let address = self.address(path);
        let description = json_ld::work(work, address.as_deref());
        context.insert("json_ld", Value::from_safe_string(description));
        self.page("entry.html", context, false)
    }

    /// The groups a work belongs to, as links.
    fn belongs(&self, at: usize, language: Language) -> Value {
        let mut rows: Vec<(Facet, Vec<serde_json::Value>)> = Vec::new();
        for &(facet, group) in &self.outline.belongs[at] {
            let (facet, groups) = &self.outline.facets[facet];
            let group: &Group = &groups[group];
            if group.value.is_empty() {
                continue;
            }
            let row = json!({
                "name": group.names[language as usize],
                "href": format!("../{}.html", group.slug),
            });
            match rows.last_mut() {
                Some((last, under)) if last == facet => under.push(row),
                _ => rows.push((*facet, vec![row])),
            }
        }
        let field = |facet: Facet| word(&format!("field.{}", facet.id()), language);
        let rows: Vec<_> = rows
            .into_iter()
            .map(|(facet, rows)| json!({ "name": field(facet), "rows": rows }))
            .collect();
        serial(rows)
    }

    /// Fields that the keepers allow beside those that describe a work: abstract, note and the like.
    fn more(&self, work: &Work, language: Language) -> Value {
        let rows: Vec<_> = self
            .settings
            .fields
            .iter()
            .filter_map(|field| Some((field, work.entry.text(field)?)))
            .map(|(field, text)| json!({ "name": field_name(field, language), "text": text }))
            .collect();
        serial(rows)
    }

    fn relations(&self, work: &Work, language: Language) -> Value {
        let mut rows: Vec<(String, Vec<serde_json::Value>)> = Vec::new();
        for relation in &work.relations {
            let other = &self.works[relation.other];
            let id = format!("relation.{}", relation.kind);
            let generic = if relation.kind.ends_with("-of") {
                "relation.related-of"
            } else {
                "relation.related"
            };
            let label = match (&relation.said, known(&id)) {
                (Some(said), _) => said.clone(),
                (None, Some(said)) => said::words(&said, language),
                (None, None) => word(generic, language),
            };
            let row = json!({
                "href": format!("{}.html", other.slug),
                "title": heading(other, language),
                "tongue": foreign(other, language),
                "who": creators(other, language),
                "year": other.year,
            });
            match rows.iter_mut().find(|(it, _)| *it == label) {
                Some((_, under)) => under.push(row),
                None => rows.push((label, vec![row])),
            }
        }
        let rows: Vec<_> = rows
            .into_iter()
            .map(|(label, works)| json!({ "label": label, "works": works }))
            .collect();
        serial(rows)
    }

    /// The page of a name that a work had before.
    pub(super) fn moved(
        &self,
        language: Language,
        at: usize,
        path: &str,
    ) -> Result<Vec<u8>, TemplateError> {
        let work = &self.works[at];
        let mut context = self.context(language, path, &word("moved", language));
        context.insert("to", format!("{}.html", work.slug).into());
        context.insert("name", heading(work, language).into());
        context.insert("tongue", foreign(work, language).into());
        context.insert(
            "canonical",
            self.address(&format!("{}/entry/{}.html", language.tag(), work.slug)).into(),
        );
        self.page("gone.html", context, false)
    }

    /// The page that stands where another was.
    pub(super) fn gone(&self, path: &str) -> Result<Vec<u8>, TemplateError> {
        let tag = path.split('/').next().unwrap_or_default();
        let known = self.languages.iter().find(|it| it.tag() == tag);
        let language = known.or(self.languages.first()).copied().unwrap_or_default();
        let is_work = path.contains("/entry/");
        let id = if is_work { "withdrawn" } else { "gone" };
        let mut context = self.context(language, path, &word(id, language));
        context.insert("day", self.gone_on(path).into());
        context.insert("is_work", is_work.into());
        context.insert("languages", serial(Vec::<()>::new()));
        context.insert("canonical", Value::from(()));
        self.page("gone.html", context, false)
    }
}

fn people(work: &Work, language: Language) -> Value {
    let rows: Vec<_> = ROLES
        .iter()
        .filter_map(|role| {
            let names = work.entry.names(role);
            let mut list: Vec<String> =
                names.names.iter().map(crate::model::Name::display).collect();
            if names.others {
                list.push(word("and-others", language));
            }
            (!list.is_empty()).then(|| json!({ "name": field_name(role, language), "list": list }))
        })
        .collect();
    serial(rows)
}

fn facts(work: &Work, language: Language) -> Value {
    let mut rows: Vec<_> = FACTS
        .iter()
        .filter_map(|field| {
            let text = work.entry.text(field)?;
            let text = match *field {
                "pubstate" => name("pubstate", &text, language),
                "pages" => text.replace("--", "–").replace('-', "–"),
                _ => text,
            };
            Some(json!({ "name": field_name(field, language), "text": text }))
        })
        .collect();
    if let Some(date) = crate::overview::machine::date(work, "-") {
        rows.insert(0, json!({ "name": word("field.date", language), "text": date }));
    }
    if let Some(kind) = work.entry.text("type") {
        let text =
            crate::model::csl::word(&kind, language.tag()).map_or(kind.clone(), str::to_owned);
        rows.insert(0, json!({ "name": word("field.kind", language), "text": text }));
    }
    serial(rows)
}

/// What a field is called in the pages; its own name where the catalogues have none.
fn field_name(field: &str, language: Language) -> String {
    name("field", field, language)
}
