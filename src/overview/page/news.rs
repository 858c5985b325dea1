//! What is new and corrected, and the page of an edition.

use super::{Context, creators, foreign, heading, serial};
use crate::overview::edition::Difference;
use crate::overview::site::Site;
use crate::overview::template::TemplateError;
use crate::overview::words::{word, word_with};
use crate::text::said::Language;
use minijinja::value::Value;
use serde_json::json;
use std::collections::HashMap;

impl Site<'_> {
    pub(super) fn news(&self, language: Language, path: &str) -> Result<Vec<u8>, TemplateError> {
        let mut context = self.context(language, path, &word("news", language));
        let newest = self.newest();
        context.insert("newest", self.items(language, &newest)?);
        if let Some(last) = self.editions.last() {
            context.insert("last", serial(json!({ "name": last.name, "date": last.date })));
            self.put_difference(&self.since(), language, &mut context);
        }
        context.insert("editions", self.edition_rows());
        self.page("news.html", context, false)
    }

    pub(super) fn edition(
        &self,
        language: Language,
        at: usize,
        path: &str,
    ) -> Result<Vec<u8>, TemplateError> {
        let edition = &self.editions[at];
        let title = word_with("edition", "name", &edition.name, language);
        let mut context = self.context(language, path, &title);
        context.insert("name", edition.name.as_str().into());
        context.insert("date", edition.date.as_str().into());
        context.insert("count", edition.works.len().into());
        if let Some(before) = at.checked_sub(1).and_then(|it| self.editions.get(it)) {
            context.insert("before", serial(json!({ "name": before.name, "date": before.date })));
            self.put_difference(&before.difference(edition), language, &mut context);
        }
        let slugs = self.slugs();
        let mut works: Vec<(&String, usize)> = edition
            .works
            .keys()
            .filter_map(|slug| Some((slug, *slugs.get(slug.as_str())?)))
            .collect();
        works.sort_by(|(_, a), (_, b)| self.works[*a].order.cmp(&self.works[*b].order));
        let mut rows: Vec<_> = works
            .into_iter()
            .map(|(slug, at)| {
                let mut row = self.row(at, language);
                row["later"] = json!(edition.works[slug].hash != self.works[at].hash);
                row
            })
            .collect();
        let gone = |(slug, work): (&String, &crate::overview::edition::Frozen)| {
            (!slugs.contains_key(slug.as_str())).then(
                || json!({ "href": format!("entry/{slug}.html"), "line": work.line, "gone": true }),
            )
        };
        rows.extend(edition.works.iter().filter_map(gone));
        context.insert("works", serial(json!(rows)));
        self.page("edition.html", context, false)
    }

    fn put_difference(&self, it: &Difference, language: Language, context: &mut Context) {
        let slugs = self.slugs();
        let rows = |list: &[String]| -> Value {
            let known = list.iter().filter_map(|slug| slugs.get(slug.as_str()));
            serial(known.map(|&at| self.row(at, language)).collect::<Vec<_>>())
        };
        context.insert("added", rows(&it.added));
        context.insert("corrected", rows(&it.corrected));
        let gone = it.withdrawn.iter().map(|(slug, line)| {
            json!({ "href": format!("entry/{slug}.html"), "line": line, "gone": true })
        });
        context.insert("withdrawn", serial(gone.collect::<Vec<_>>()));
    }

    /// The editions, the newest first.
    pub(super) fn edition_rows(&self) -> Value {
        let rows = self.editions.iter().rev().map(|it| {
            json!({
                "name": it.name,
                "date": it.date,
                "count": it.works.len(),
                "href": format!("edition-{}.html", it.name),
            })
        });
        serial(rows.collect::<Vec<_>>())
    }

    /// A work in one line.
    fn row(&self, at: usize, language: Language) -> serde_json::Value {
        let work = &self.works[at];
        json!({
            "href": format!("entry/{}.html", work.slug),
            "title": heading(work, language),
            "tongue": foreign(work, language),
            "who": creators(work, language),
            "year": work.year,
        })
    }

    fn slugs(&self) -> HashMap<&str, usize> {
        self.works.iter().enumerate().map(|(at, work)| (work.slug.as_str(), at)).collect()
    }
}
