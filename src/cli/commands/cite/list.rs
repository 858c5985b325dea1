//! From items to a list with headings.

use super::Args;
use super::source::Source;
use crate::cite::citation::{Citation, CitationItem};
use crate::cite::format::{self, Format, Layout, Reference, ReferenceList, Section};
use crate::cite::group::{self, Heading};
use crate::cite::item::Item;
use crate::cite::processor::Processor;
use crate::cli::Context;
use crate::model::csl;
use crate::text::said::{self, Language};
use std::collections::HashMap;

pub(super) fn build(
    args: &Args,
    format: Format,
    processor: &Processor<'_>,
    source: &Source,
    context: &Context<'_>,
) -> ReferenceList {
    let (headings, parts) = parts(args, source);
    let made = processor.bibliography_in_parts(&source.items, &parts);
    let places: HashMap<&str, usize> =
        source.items.iter().enumerate().map(|(at, item)| (item.id.as_str(), at)).collect();
    // Headings speak the language of the list.
    let language = Language::from_tag(processor.lang()).unwrap_or(match processor.lang() {
        "" => context.language,
        _ => Language::En,
    });
    let mut sections: Vec<(usize, Section)> = Vec::new();
    for entry in made.entries {
        let Some(at) = places.get(entry.id.as_str()).copied() else { continue };
        let part = parts.get(at).copied().unwrap_or_default();
        if sections.last().is_none_or(|section| section.0 != part) {
            let heading = headings.get(part).map_or_else(String::new, |it| title(it, language));
            sections.push((part, Section { heading, references: Vec::new() }));
        }
        let item = &source.items[at];
        let coins = if args.coins { format::coins(item) } else { String::new() };
        let language = item.language.clone();
        let reference = Reference { id: entry.id, text: entry.text, language, coins };
        if let Some((_, section)) = sections.last_mut() {
            section.references.push(reference);
        }
    }
    ReferenceList {
        heading: heading(args, format, processor.lang()),
        sections: sections.into_iter().map(|it| it.1).collect(),
        language: processor.lang().to_owned(),
        layout: Layout {
            hanging_indent: made.hanging_indent,
            entry_spacing: made.entry_spacing.min(9) as u8,
            line_spacing: made.line_spacing.min(9) as u8,
        },
    }
}

/// The citation of each item by itself, in the order in which they were asked for.
pub(super) fn citations(args: &Args, processor: &Processor<'_>, items: &[Item]) -> ReferenceList {
    let cited: Vec<Citation> = items
        .iter()
        .map(|item| Citation { items: vec![CitationItem::new(&item.id)], ..Citation::default() })
        .collect();
    let texts = processor.citations(items, &cited);
    let references = items
        .iter()
        .zip(texts)
        .map(|(item, citation)| Reference {
            id: item.id.clone(),
            text: citation.text,
            language: item.language.clone(),
            coins: String::new(),
        })
        .collect();
    ReferenceList {
        heading: args.heading.clone().unwrap_or_default(),
        sections: vec![Section { heading: String::new(), references }],
        language: processor.lang().to_owned(),
        layout: Layout { hanging_indent: false, ..Layout::default() },
    }
}

/// The heading that is asked for; for a whole document one in the language of the list.
fn heading(args: &Args, format: Format, locale: &str) -> String {
    match &args.heading {
        Some(text) => text.clone(),
        None if args.whole || format.is_binary() => {
            csl::word("references", locale).unwrap_or_default().to_owned()
        }
        None => String::new(),
    }
}

/// The headings of the parts that are asked for, and the part of each item.
fn parts(args: &Args, source: &Source) -> (Vec<Heading>, Vec<usize>) {
    let Some(by) = args.group_by else { return (Vec::new(), Vec::new()) };
    let items: Vec<&Item> = source.items.iter().collect();
    let mut part_of = vec![0; items.len()];
    let mut headings = Vec::new();
    for (heading, members) in group::parts(by.group_by(), &items, &source.projects) {
        for at in members {
            part_of[at] = headings.len();
        }
        headings.push(heading);
    }
    (headings, part_of)
}

fn title(heading: &Heading, language: Language) -> String {
    let word =
        |id: String, otherwise: &str| said::plain(&id, language).unwrap_or(otherwise).to_owned();
    match heading {
        Heading::Year(year) => year.0.to_string(),
        Heading::Own(text) => word(format!("cite.project.{text}"), text),
        Heading::Kind(_, kind) => word(format!("cite.kind.{kind}"), kind),
        Heading::Language(tag) => word(format!("cite.language.{tag}"), tag),
        Heading::Unknown => word("cite.unknown".into(), ""),
    }
}
