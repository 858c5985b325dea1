//! The processor: items in, a reference list and citations out.

use super::citation::Citation;
use super::citation::CitationText;
use super::citation::cluster;
use super::citation::disambiguate;
use super::citation::disambiguate::Known;
use super::citation::label;
use super::citation::look;
use super::citation::names_registry::NamesRegistry;
use super::citation::place;
use super::item::Item;
use super::locale::Locale;
use super::output::blob::Blob;
use super::output::flatten;
use super::output::flatten::Flattener;
use super::output::punctuation;
use super::render::Area;
use super::render::Cite;
use super::render::Disambiguation;
use super::render::Entry;
use super::render::Env;
use super::render::LastNames;
use super::render::Render;
use super::sort;
use super::style::Style;
use super::style::StyleError;
use crate::text::rich_text::Block;
use crate::text::rich_text::Display;
use crate::text::rich_text::RichText;
use std::collections::HashMap;

/// A style in a language, ready to format items.
pub struct Processor<'s> {
    style: &'s Style,
    locale: Locale,
}

/// One entry of a reference list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// The citation key of its item.
    pub id: String,
    /// What stands in the left margin, such as its number; empty for most styles.
    pub label: String,
    /// The whole text, label included as a block of its own.
    pub text: RichText,
    marked: String,
}

impl Reference {
    /// The whole text as HTML, element for element as citeproc-js writes it.
    pub fn reference_html(&self) -> String {
        flatten::reference_html(&self.marked)
    }
}

/// A reference list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferenceList {
    /// The entries in the order of the style.
    pub entries: Vec<Reference>,
    /// Whether lines after the first are indented.
    pub hanging_indent: bool,
    /// Whether the second field is aligned, with labels in the margin.
    pub second_field_align: bool,
    /// Lines between two lines of an entry, 1 for none left out.
    pub line_spacing: u32,
    /// Lines between two entries.
    pub entry_spacing: u32,
}

impl<'s> Processor<'s> {
    /// The processor of a style in a language. An empty language is that of the style, or else
    /// American English. `locales` gives the text of a locale file by its language.
    ///
    /// # Errors
    /// A locale file cannot be read.
    pub fn new(
        style: &'s Style,
        locales: &dyn Fn(&str) -> Option<String>,
        lang: &str,
    ) -> Result<Processor<'s>, StyleError> {
        let lang = if lang.is_empty() { style.default_locale.as_str() } else { lang };
        Ok(Processor { style, locale: Locale::of_style(style, lang, locales)? })
    }

    /// The processor of a style with a locale that is read already; see [`Locale::for_style`].
    pub fn with_locale(style: &'s Style, locale: Locale) -> Processor<'s> {
        Processor { style, locale }
    }

    /// Whether the style makes a reference list at all.
    pub fn has_bibliography(&self) -> bool {
        self.style.bibliography.is_some()
    }

    /// The language that it writes in, such as `nb-NO`.
    pub fn lang(&self) -> &str {
        &self.locale.lang
    }

    fn env<'a>(&'a self, registry: Option<&'a NamesRegistry>) -> Env<'a> {
        Env { style: self.style, locale: &self.locale, registry }
    }

    /// The reference list of the items, in the order of the style; empty where the style makes
    /// none. An item that shows nothing is left out.
    pub fn bibliography(&self, items: &[Item]) -> ReferenceList {
        self.bibliography_in_parts(items, &[])
    }

    /// The same list in parts: `parts` has the part of each item, 0 for the first. The style's order
    /// holds within a part; numbers run on from part to part, and what stands in for the names of the
    /// entry before never looks back into another part.
    pub fn bibliography_in_parts(&self, items: &[Item], parts: &[usize]) -> ReferenceList {
        let Some(section) = &self.style.bibliography else { return ReferenceList::default() };
        let prepared = self.prepare(items, parts, &HashMap::new());
        let mut list = ReferenceList {
            entries: Vec::with_capacity(items.len()),
            hanging_indent: section.hanging_indent,
            second_field_align: section.second_field_align.is_some(),
            line_spacing: section.line_spacing.unwrap_or(1),
            entry_spacing: section.entry_spacing.unwrap_or(1),
        };
        let env = self.env(Some(&prepared.registry));
        let (mut last, mut part) = (None, None);
        for at in &prepared.order {
            if part != parts.get(*at) {
                (last, part) = (None, parts.get(*at));
            }
            let reference = self.entry(env, &items[*at], prepared.entry(*at), &mut last);
            if !reference.text.is_empty() {
                list.entries.push(reference);
            }
        }
        list
    }

    /// One item as an entry of a list of its own, for a preview; `None` where the style shows nothing
    /// of it or makes no list.
    pub fn reference(&self, item: &Item) -> Option<Reference> {
        self.bibliography(std::slice::from_ref(item)).entries.pop()
    }

    /// The items in the order of the list, as places in `items`; their own order where the style
    /// does not sort.
    pub fn order(&self, items: &[Item]) -> Vec<usize> {
        self.prepare(items, &[], &HashMap::new()).order
    }

    /// What is settled about the items before anything is shown: their order, their numbers, and
    /// how their citations are told apart.
    fn prepare(
        &self,
        items: &[Item],
        parts: &[usize],
        first_notes: &HashMap<&str, usize>,
    ) -> Prepared {
        let mut registry = NamesRegistry::default();
        let mut looks = Vec::new();
        let cite = look::later_cite();
        let by_cite = self.style.citation.givenname_rule == "by-cite";
        let cite_of = |item: &Item| Cite {
            first_note: first_notes.get(item.id.as_str()).copied().filter(|_| by_cite),
            ..look::later_cite()
        };
        let known = Known {
            cites: items.iter().map(cite_of).collect(),
            labels: items.iter().map(label::of).collect(),
        };
        if self.tells_apart() {
            // Which citations look alike is found before people of one name are told apart.
            for (item, label) in items.iter().zip(&known.labels) {
                let mut seen = Vec::new();
                looks.push(look::look(self.env(None), item, &cite, label, None, &mut seen));
                for (at, name) in &seen {
                    registry.add(self.style, &item.id, name, *at);
                }
            }
        }
        let env = self.env(Some(&registry));
        let keys = self.style.bibliography.as_ref().map_or(&[][..], |section| &section.sort);
        let sort_keys: Vec<sort::Keys> = if keys.is_empty() || items.len() < 2 {
            Vec::new()
        } else {
            let comparison = sort::Comparison::new(&self.locale.lang);
            let keys_of = |(at, item): (usize, &Item)| {
                let entry =
                    Entry { sort_number: at + 1, label: &known.labels[at], ..Entry::default() };
                sort::keys(&comparison, env, item, Area::Bibliography, keys, &entry)
            };
            items.iter().enumerate().map(keys_of).collect()
        };
        let compare = |a: usize, b: usize| {
            if sort_keys.is_empty() {
                a.cmp(&b)
            } else {
                sort::Comparison::order(keys, &sort_keys[a], &sort_keys[b]).then(a.cmp(&b))
            }
        };
        let disambiguations = if self.tells_apart() {
            disambiguate::settle(env, items, looks, &known, &compare)
        } else {
            vec![Disambiguation::default(); items.len()]
        };
        let mut order: Vec<usize> = (0..items.len()).collect();
        order.sort_by(|a, b| parts.get(*a).cmp(&parts.get(*b)).then_with(|| compare(*a, *b)));
        let mut numbers = vec![0; items.len()];
        for (place, at) in order.iter().enumerate() {
            numbers[*at] = place + 1;
        }
        Prepared { registry, order, numbers, disambiguations, labels: known.labels }
    }

    /// The citations of a text, in its order. Items are numbered and told apart as they are in the
    /// list of `items`; an item that is not among them is left out of its citation.
    pub fn citations(&self, items: &[Item], citations: &[Citation]) -> Vec<CitationText> {
        let mut first_notes: HashMap<&str, usize> = HashMap::new();
        for citation in citations.iter().filter(|citation| citation.note > 0) {
            for item in &citation.items {
                first_notes.entry(&item.id).or_insert(citation.note);
            }
        }
        let prepared = self.prepare(items, &[], &first_notes);
        let env = self.env(Some(&prepared.registry));
        let by_id = items.iter().enumerate().map(|(at, item)| (item.id.as_str(), at)).collect();
        let has_term = |term: &str| self.locale.has_term(term);
        let mut found: Vec<Vec<place::Found>> =
            citations.iter().map(|it| place::found(it, &by_id, &has_term)).collect();
        let section = &self.style.citation;
        for (citation, found) in citations.iter().zip(&mut found) {
            if !citation.unsorted && found.len() > 1 && !section.sort.is_empty() {
                let groups = citation.items.iter().all(|item| item.position.is_none());
                self.sort_cites(env, items, &prepared, found, groups);
            }
        }
        if self.style.asks_position {
            place::settle(citations, &mut found, section.near_note_distance);
        }
        let entries = |at: usize| prepared.entry(at);
        citations
            .iter()
            .zip(&found)
            .map(|(citation, found)| {
                let text = cluster::render(env, items, citation, found, &entries);
                CitationText {
                    reference_html: flatten::reference_html(&text),
                    text: flatten::rich(&text),
                }
            })
            .collect()
    }

    /// Sorts the items of a citation; items of one author stay together where they are collapsed.
    fn sort_cites<'a>(
        &'a self,
        env: Env<'a>,
        items: &'a [Item],
        prepared: &'a Prepared,
        found: &mut Vec<place::Found>,
        groups: bool,
    ) {
        let section = &self.style.citation;
        let comparison = sort::Comparison::new(&self.locale.lang);
        let mut keyed: Vec<(sort::Keys, place::Found)> = std::mem::take(found)
            .into_iter()
            .map(|found| {
                let entry = prepared.entry(found.0);
                let item = &items[found.0];
                (sort::keys(&comparison, env, item, Area::Citation, &section.sort, &entry), found)
            })
            .collect();
        keyed.sort_by(|a, b| sort::Comparison::order(&section.sort, &a.0, &b.0));
        let collapses = !self.style.is_note && section.collapse.is_some()
            || section.cite_group_delimiter.is_some()
                && !self.style.asks_position
                && !self.style.shows_citation_number;
        if groups && collapses {
            let cite = look::later_cite();
            let author = |at: usize| {
                let request = prepared.disambiguations[at].clone();
                look::author(env, &items[at], &cite, &request)
            };
            let mut rest: Vec<(Option<String>, place::Found)> =
                keyed.into_iter().map(|(_, found)| (author(found.0), found)).collect();
            while !rest.is_empty() {
                let first = rest[0].0.clone();
                let (same, others) = rest.into_iter().partition(|(name, _)| *name == first);
                let same: Vec<(Option<String>, place::Found)> = same;
                found.extend(same.into_iter().map(|(_, it)| it));
                rest = others;
            }
        } else {
            found.extend(keyed.into_iter().map(|(_, it)| it));
        }
    }

    fn tells_apart(&self) -> bool {
        let citation = &self.style.citation;
        citation.add_names
            || citation.add_givenname
            || citation.add_year_suffix
            || self.style.asks_disambiguate
    }

    /// Renders one entry; `last` are the names of the entry before.
    fn entry<'a>(
        &'a self,
        env: Env<'a>,
        item: &'a Item,
        entry: Entry<'a>,
        last: &mut Option<LastNames>,
    ) -> Reference {
        let mut render = Render::new(env, item, Area::Bibliography);
        let citation = &self.style.citation;
        if citation.add_names {
            render.settings.names.clone_from(&entry.disambiguation.names);
        }
        if citation.add_givenname {
            render.settings.givens.clone_from(&entry.disambiguation.givens);
            render.request = Some(render.settings.clone());
        }
        render.entry = entry;
        render.last_rendered = last.take();
        let mut tree = render.layout();
        *last = render.last_rendered.take();
        self.finish(&item.id, &mut tree)
    }

    fn finish(&self, id: &str, tree: &mut Blob) -> Reference {
        let Some(section) = &self.style.bibliography else { return Reference::default() };
        if let Some(first) = first_part(tree) {
            first.prefix.insert_str(0, &section.formatting.prefix);
        }
        let mut whole = Blob::list(vec![std::mem::take(tree)]);
        whole.decorations.clone_from(&section.formatting.decorations);
        punctuation::settle(&mut whole, self.locale.punctuation_in_quote());
        let flattener = Flattener { locale: &self.locale, bare: false, around: &[], links: true };
        let marked = flattener.all(std::slice::from_ref(&whole));
        let text = flatten::rich(&marked);
        Reference { id: id.to_owned(), label: margin(&text), text, marked }
    }
}

/// The first part that the layout made, which takes its prefix.
fn first_part(tree: &mut Blob) -> Option<&mut Blob> {
    let layout = tree.parts_mut().first_mut()?;
    if layout.parts().is_empty() { Some(layout) } else { layout.parts_mut().first_mut() }
}

fn margin(text: &RichText) -> String {
    let is_label = |block: &&Block| block.display == Display::LeftMargin;
    let block = text.blocks.iter().find(is_label);
    block.map(|block| block.runs.iter().map(|run| run.text.as_str()).collect()).unwrap_or_default()
}

/// What is settled about items before they are shown.
struct Prepared {
    registry: NamesRegistry,
    /// The items in the order of the list.
    order: Vec<usize>,
    /// The number of each item.
    numbers: Vec<usize>,
    disambiguations: Vec<Disambiguation>,
    labels: Vec<String>,
}

impl Prepared {
    fn entry(&self, at: usize) -> Entry<'_> {
        Entry {
            number: self.numbers[at],
            sort_number: self.numbers[at],
            label: self.labels.get(at).map_or("", String::as_str),
            disambiguation: self.disambiguations[at].clone(),
        }
    }
}
