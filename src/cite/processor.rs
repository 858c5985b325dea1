//! The processor: items in, a reference list and citations out.

use super::citation::names_registry::NamesRegistry;
use super::item::Item;
use super::locale::Locale;
use super::output::blob::Blob;
use super::output::blob::Decoration;
use super::output::flatten;
use super::output::flatten::Flattener;
use super::output::punctuation;
use super::render::Area;
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
    /// The same as HTML, element for element as citeproc-js writes it.
    pub reference_html: String,
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

    /// Whether the style makes a reference list at all.
    pub fn has_bibliography(&self) -> bool {
        self.style.bibliography.is_some()
    }

    /// The language that it writes in, such as `nb-NO`.
    pub fn lang(&self) -> &str {
        &self.locale.lang
    }

    fn env(&self) -> Env<'_> {
        Env { style: self.style, locale: &self.locale, registry: None }
    }

    /// The reference list of the items, in the order of the style; empty where the style makes
    /// none. An item that shows nothing is left out.
    pub fn bibliography(&self, items: &[Item]) -> ReferenceList {
        let Some(section) = &self.style.bibliography else { return ReferenceList::default() };
        let env = self.env();
        let mut order: Vec<usize> = (0..items.len()).collect();
        if !section.sort.is_empty() {
            let keys: Vec<sort::Keys> = items
                .iter()
                .enumerate()
                .map(|(at, item)| {
                    let entry = Entry { sort_number: at + 1, ..Entry::default() };
                    sort::keys(env, item, Area::Bibliography, &section.sort, &entry)
                })
                .collect();
            let comparison = sort::Comparison::new(&self.locale.lang);
            order.sort_by(|a, b| comparison.keys(&section.sort, &keys[*a], &keys[*b]));
        }
        let mut list = ReferenceList {
            entries: Vec::with_capacity(items.len()),
            hanging_indent: section.hanging_indent,
            second_field_align: section.second_field_align.is_some(),
            line_spacing: section.line_spacing.unwrap_or(1),
            entry_spacing: section.entry_spacing.unwrap_or(1),
        };
        let mut last = None;
        for (at, item) in order.iter().map(|at| &items[*at]).enumerate() {
            let entry = Entry { number: at + 1, sort_number: at + 1, ..Entry::default() };
            let reference = self.entry(env, item, entry, &mut last);
            if !reference.text.is_empty() {
                list.entries.push(reference);
            }
        }
        list
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
        let flattener = |links| Flattener { locale: &self.locale, bare: false, around: &[], links };
        let reference_html =
            flatten::reference_html(&flattener(false).all(std::slice::from_ref(&whole)));
        let text = flatten::rich(&flattener(true).all(std::slice::from_ref(&whole)));
        Reference { id: id.to_owned(), label: label(&text), text, reference_html }
    }
}

/// The first part that the layout made, which takes its prefix.
fn first_part(tree: &mut Blob) -> Option<&mut Blob> {
    let layout = tree.parts_mut().first_mut()?;
    if layout.parts().is_empty() { Some(layout) } else { layout.parts_mut().first_mut() }
}

fn label(text: &RichText) -> String {
    let is_label = |block: &&Block| block.display == Display::LeftMargin;
    let block = text.blocks.iter().find(is_label);
    block.map(|block| block.runs.iter().map(|run| run.text.as_str()).collect()).unwrap_or_default()
}

/// Decorations that a layout puts around everything.
#[allow(dead_code, reason = "used by citations")]
fn layout_decorations(style: &Style) -> &[Decoration] {
    &style.citation.formatting.decorations
}

/// The names of all items, so that people can be told apart.
#[allow(dead_code, reason = "used by citations")]
fn registry() -> NamesRegistry {
    NamesRegistry::default()
}
