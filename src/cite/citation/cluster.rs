//! One citation: its items rendered one after the other, joined, and drawn together where the style
//! asks for that (CSL 1.0.2, "Citation", "Cite Grouping", "Cite Collapsing").

use super::Citation;
use super::Mode;
use super::place::Found;
use crate::cite::item::Item;
use crate::cite::output::blob::Blob;
use crate::cite::output::blob::Content;
use crate::cite::output::flatten::Flattener;
use crate::cite::output::pieces::Piece;
use crate::cite::output::punctuation;
use crate::cite::render::Area;
use crate::cite::render::Entry;
use crate::cite::render::Env;
use crate::cite::render::Render;
use crate::cite::render::with_space_after;
use crate::cite::render::with_space_before;
use crate::cite::style::tree::Collapse;

/// What stands where a citation shows nothing.
const NO_FORM: &str = "[NO_PRINTED_FORM]";

/// What stands for an item that shows nothing, as in the reference implementation.
pub(in crate::cite) const NO_REFERENCE: &str = "[CSL STYLE ERROR: reference with no printed form.]";

/// What is carried from item to item.
#[derive(Default)]
struct Carried {
    last_names: Option<String>,
    years: Vec<Option<i32>>,
    term_predecessor: bool,
    have_collapsed: bool,
    group_delimiter: bool,
    braces: usize,
}

struct Part {
    blob: Blob,
    splice: String,
    author_only: bool,
}

/// Renders a citation to a string with decorations; `entries` tells what the list knows of an item.
pub(in crate::cite) fn render<'a>(
    env: Env<'a>,
    items: &'a [Item],
    citation: &Citation,
    found: &[Found],
    entries: &dyn Fn(usize) -> Entry<'a>,
) -> String {
    if citation.mode != Mode::Composite {
        return cluster(env, items, citation, citation.mode, found, entries);
    }
    let author = cluster(env, items, citation, Mode::AuthorOnly, found, entries);
    let rest = cluster(env, items, citation, Mode::SuppressAuthor, found, entries);
    let mut parts = vec![author];
    if !citation.infix.is_empty() {
        let joins = citation.infix.starts_with(['.', '!', '?', ':', ',', '’', '\'']);
        match parts.last_mut() {
            Some(author) if joins => author.push_str(&citation.infix),
            _ => parts.push(citation.infix.clone()),
        }
    }
    parts.push(rest);
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

fn cluster<'a>(
    env: Env<'a>,
    items: &'a [Item],
    citation: &Citation,
    mode: Mode,
    found: &[Found],
    entries: &dyn Fn(usize) -> Entry<'a>,
) -> String {
    let section = &env.style.citation;
    let mut found = found.to_vec();
    if let Some((_, first)) = found.first_mut() {
        match mode {
            Mode::AuthorOnly => (first.author_only, first.suppress_author) = (true, false),
            Mode::SuppressAuthor if !env.style.is_note => {
                (first.author_only, first.suppress_author) = (false, true);
            }
            _ => {}
        }
    }
    let is_note = env.style.is_note;
    let mut carried = Carried::default();
    let mut prefix = section.formatting.prefix.to_string();
    if !citation.prefix.is_empty() {
        prefix.push_str(&with_space_after(&citation.prefix));
    }
    if is_note {
        prefix = nested(&prefix, &mut carried.braces);
    }
    let mut parts: Vec<Part> = Vec::new();
    for (at, (item, cite)) in found.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &found[at].1);
        let entry = entries(*item);
        let mut render = Render::new(env, &items[*item], Area::Citation);
        render.cite = Some(cite);
        render.request = Some(entry.disambiguation.clone());
        render.settings = entry.disambiguation.clone();
        render.entry = entry;
        render.last_names = carried.last_names.take();
        render.last_years_used = &carried.years;
        render.term_predecessor = carried.term_predecessor;
        render.braces = is_note.then_some(carried.braces);
        let mut tree = render.layout();
        let was_collapsed = std::mem::replace(&mut carried.have_collapsed, render.have_collapsed);
        carried.last_names = render.last_names.take();
        carried.term_predecessor = render.term_predecessor;
        carried.braces = render.braces.unwrap_or(0);
        if let Some(group) = render.use_cite_group_delimiter {
            carried.group_delimiter = group;
        }
        let splice_year = render.splice_year_suffix;
        let years = std::mem::take(&mut render.years_used);
        drop(render);
        carried.years = years;
        let mut splice = splice(
            env,
            &carried,
            was_collapsed,
            before.is_some_and(|it| !it.locator.is_empty()),
            splice_year,
        );
        if let Some(before) = before {
            let ends = before.suffix.ends_with([';', '.', ',']);
            let begins = before.suffix.is_empty() && cite.prefix.starts_with([';', '.', ',']);
            if ends || begins {
                let space = splice.find(' ').filter(|_| !begins);
                splice = space.map_or_else(String::new, |space| splice[space..].to_owned());
            }
        }
        let blob = match &mut tree.content {
            Content::List(parts) => parts.pop().unwrap_or_default(),
            _ => Blob::default(),
        };
        parts.push(Part { blob, splice, author_only: cite.author_only });
        if cite.author_only {
            break;
        }
    }
    let suffix = suffix(env, citation, is_note.then_some(&mut carried.braces));
    let only_author = parts.iter().any(|part| part.author_only);
    for part in &mut parts {
        part.blob.purge();
    }
    if !only_author {
        if let Some(last) = parts.last_mut() {
            last.blob.suffix = suffix.into();
        }
        if let Some(first) = parts.first_mut() {
            first.blob.prefix = prefix.into();
        }
    }
    for part in &mut parts {
        punctuation::settle(&mut part.blob, env.locale.punctuation_in_quote());
    }
    join(env, &parts, &found)
}

fn suffix(env: Env, citation: &Citation, braces: Option<&mut usize>) -> String {
    let own = &env.style.citation.formatting.suffix;
    let own = match own.chars().next() {
        Some(mark @ (':' | '.' | ';' | '!' | '?')) => mark.to_string(),
        _ => own.to_string(),
    };
    let mut suffix = with_space_before(&citation.suffix);
    suffix.push_str(&own);
    match braces {
        Some(braces) => nested(&suffix, braces),
        None => suffix,
    }
}

/// What stands before an item that is not the first.
fn splice(
    env: Env,
    carried: &Carried,
    was_collapsed: bool,
    had_locator: bool,
    year_suffix: bool,
) -> String {
    let section = &env.style.citation;
    let delimiter = section.formatting.delimiter.to_string();
    if let Some(after) = &section.after_collapse_delimiter {
        let by_suffix = section.collapse == Some(Collapse::YearSuffix);
        let apart = was_collapsed && !carried.have_collapsed
            || !was_collapsed && !carried.have_collapsed && !by_suffix;
        return if had_locator || apart { after.clone() } else { delimiter };
    }
    if carried.group_delimiter {
        return section.cite_group_delimiter.clone().unwrap_or_default();
    }
    let numeric = env.style.shows_citation_number;
    if carried.have_collapsed && !env.style.is_note && !numeric {
        return ", ".into();
    }
    if year_suffix {
        return section.year_suffix_delimiter.clone().unwrap_or(delimiter);
    }
    delimiter
}

fn join(env: Env, parts: &[Part], found: &[Found]) -> String {
    let section = &env.style.citation;
    let around = &section.formatting.decorations;
    let mut objects: Vec<Piece> = Vec::new();
    let mut bare = false;
    for (at, part) in parts.iter().enumerate() {
        bare = part.author_only;
        let flattener = Flattener { locale: env.locale, bare, around, links: true };
        let mut stack = around.clone();
        let mut pieces = flattener.pieces(std::slice::from_ref(&part.blob), None, &mut stack);
        if pieces.is_empty() && !found[at].1.suppress_author {
            let is_last = at + 1 == parts.len();
            if at == 0 {
                let suffix = if is_last { section.formatting.suffix.as_str() } else { "" };
                let text = format!("{}{NO_REFERENCE}{suffix}", section.formatting.prefix);
                pieces.push(Piece::Text(text));
            } else if is_last {
                match objects.last_mut() {
                    Some(Piece::Text(text)) => text.push_str(&section.formatting.suffix),
                    Some(Piece::Number(blob)) => blob.suffix.push_str(&section.formatting.suffix),
                    None => {}
                }
            }
        }
        if pieces.len() > 1 && matches!(pieces[0], Piece::Number(_)) {
            let text = flattener.join(pieces, "", &mut stack);
            pieces = vec![Piece::Text(text)];
        }
        match pieces.first_mut() {
            Some(Piece::Text(text)) if at > 0 && !objects.is_empty() => {
                text.insert_str(0, &part.splice);
            }
            Some(Piece::Number(Blob { content: Content::Number(number), .. })) => {
                number.splice_prefix = if at > 0 { part.splice.clone() } else { String::new() };
            }
            _ => {}
        }
        objects.append(&mut pieces);
    }
    let flattener = Flattener { locale: env.locale, bare, around, links: true };
    let mut stack = around.clone();
    let text = flattener.join(objects, "", &mut stack);
    if text.is_empty() {
        return NO_FORM.into();
    }
    let mut out = String::new();
    for decoration in around.iter().rev().filter(|it| !it.is_normal()) {
        flattener.open(*decoration, &mut out, &[]);
    }
    out.push_str(&text);
    for decoration in around.iter().filter(|it| !it.is_normal()) {
        flattener.close(*decoration, &mut out, &[]);
    }
    out
}

/// Brackets within brackets become square ones in notes.
pub(in crate::cite) fn nested(text: &str, depth: &mut usize) -> String {
    text.chars()
        .map(|c| match c {
            '(' => {
                *depth += 1;
                if *depth % 2 == 0 { '[' } else { '(' }
            }
            ')' => {
                let inner = *depth % 2 == 0;
                *depth = depth.saturating_sub(1);
                if inner { ']' } else { ')' }
            }
            other => other,
        })
        .collect()
}
