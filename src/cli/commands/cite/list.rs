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
    let made = processor.bibliography(&source.items);
    let places: HashMap<&str, usize> =
        source.items.iter().enumerate().map(|(at, item)| (item.id.as_str(), at)).collect();
    let ordered: Vec<(usize, Reference)> = made
        .entries
        .into_iter()
        .filter_map(|entry| {
            let at = *places.get(entry.id.as_str())?;
            let item = &source.items[at];
            let coins = if args.coins { format::coins(item) } else { String::new() };
            let language = item.language.clone();
            Some((at, Reference { id: entry.id, text: entry.text, language, coins }))
        })
        .collect();
    // Headings speak the language of the list.
    let language = Language::from_tag(processor.lang()).unwrap_or(match processor.lang() {
        "" => context.language,
        _ => Language::En,
    });
    ReferenceList {
        heading: heading(args, format, processor.lang()),
        sections: sections(args, ordered, source, language),
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

fn sections(
    args: &Args,
    ordered: Vec<(usize, Reference)>,
    source: &Source,
    language: Language,
) -> Vec<Section> {
    let Some(by) = args.group_by else {
        let references = ordered.into_iter().map(|it| it.1).collect();
        return vec![Section { heading: String::new(), references }];
    };
    let items: Vec<&Item> = ordered.iter().map(|(at, _)| &source.items[*at]).collect();
    let projects: Vec<String> =
        ordered.iter().map(|(at, _)| source.projects[*at].clone()).collect();
    let parts = group::parts(by.group_by(), &items, &projects);
    let mut references: Vec<Option<Reference>> = ordered.into_iter().map(|it| Some(it.1)).collect();
    parts
        .into_iter()
        .map(|(heading, members)| Section {
            heading: title(&heading, language),
            references: members.into_iter().filter_map(|at| references[at].take()).collect(),
        })
        .collect()
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
