//! Punctuation between parts (CSL 1.0.2, "Affixes", "Delimiter", "punctuation-in-quote"): doubled
//! marks and spaces go, marks move into or out of quotation marks.
//!
//! Four walks over the tree, in the order of the reference implementation: affixes move up to the
//! outside, marks move left to what they follow, delimiters and suffixes move down to the text they
//! follow, and last they cross quotation marks.

use super::blob::Blob;
use super::blob::Content;
use super::merge::is_mark;
use super::merge::meet;
use super::merge::moves_in;
use super::merge::moves_out;
use super::merge::to_left;
use super::merge::to_right;
use compact_str::CompactString;

/// Settles the punctuation in a tree.
pub(in crate::cite) fn settle(blob: &mut Blob, punctuation_in_quote: bool) {
    blob.purge();
    upward(blob);
    leftward(blob);
    downward(blob, punctuation_in_quote);
    cross_quotes(blob, punctuation_in_quote);
}

fn first(text: &str) -> Option<char> {
    text.chars().next()
}

fn last(text: &str) -> Option<char> {
    text.chars().next_back()
}

fn is_mark_or_space(c: char) -> bool {
    c == ' ' || is_mark(c)
}

fn own_text(blob: &Blob) -> Option<&str> {
    match &blob.content {
        Content::Text(text) => Some(text),
        Content::List(_) | Content::Number(_) => None,
    }
}

/// A suffix does not repeat the last mark of the text before it.
fn drop_repeated(blob: &mut Blob) {
    if let (Some(text), Some(mark)) = (own_text(blob), first(&blob.suffix))
        && is_mark(mark)
        && last(text) == Some(mark)
    {
        blob.suffix.remove(0);
    }
}

fn upward(parent: &mut Blob) {
    drop_repeated(parent);
    let decorated = parent.is_decorated(true);
    let Blob { content: Content::List(parts), prefix, suffix, delimiter, .. } = parent else {
        return;
    };
    let count = parts.len();
    for (at, part) in parts.iter_mut().enumerate().rev() {
        upward(part);
        if at == 0 {
            if prefix.ends_with(' ') && part.prefix.starts_with(' ') {
                part.prefix.remove(0);
            }
            if let Some(c) = first(&part.prefix)
                && !decorated
                && is_mark_or_space(c)
                && prefix.is_empty()
            {
                prefix.push(c);
                part.prefix.remove(0);
            }
        }
        if at + 1 == count && !decorated && part.suffix.ends_with(' ') {
            if !suffix.starts_with(' ') {
                suffix.insert(0, ' ');
            }
            part.suffix.pop();
        }
        if at > 0
            && let Some(c) = last(delimiter)
            && is_mark_or_space(c)
            && first(&part.prefix) == Some(c)
        {
            part.prefix.remove(0);
        }
    }
}

fn leftward(parent: &mut Blob) {
    let Blob { content: Content::List(parts), delimiter, .. } = parent else { return };
    for at in (0..parts.len()).rev() {
        leftward(&mut parts[at]);
        if !delimiter.is_empty() || at + 1 == parts.len() {
            continue;
        }
        let (left, right) = parts.split_at_mut(at + 1);
        let (part, sibling) = (&mut left[at], &mut right[0]);
        let Some(mark) = first(&sibling.prefix).filter(|c| is_mark(*c)) else { continue };
        if part.is_decorated(false) || sibling.is_decorated(false) {
            continue;
        }
        let before = if part.suffix.is_empty() { own_text(part) } else { Some(&*part.suffix) };
        if before.and_then(last) == Some(mark) {
            sibling.prefix.remove(0);
        } else {
            to_left(&mut part.suffix, &mut sibling.prefix);
        }
    }
}

/// Whether the mark would melt into what stands at the end.
fn melts(mark: char, blob: &Blob) -> bool {
    let before = if blob.suffix.is_empty() { own_text(blob) } else { Some(&*blob.suffix) };
    let both = before.and_then(last).and_then(|c| meet(c, mark));
    if both.is_some_and(|both| both.len() == 1) {
        return true;
    }
    blob.parts().last().is_some_and(|part| melts(mark, part))
}

fn ends_in_quotes(blob: &Blob) -> bool {
    blob.is_quoted() || blob.parts().last().is_some_and(ends_in_quotes)
}

fn ends_in_number(blob: &Blob) -> bool {
    matches!(blob.content, Content::Number(_)) || blob.parts().last().is_some_and(ends_in_number)
}

/// Whether the mark stands at the end already.
fn ends_with_mark(blob: &Blob, mark: char) -> bool {
    match &blob.content {
        Content::Text(text) => last(text) == Some(mark),
        Content::Number(_) => false,
        Content::List(parts) => parts.last().is_some_and(|part| match last(&part.suffix) {
            None => ends_with_mark(part, mark),
            Some(c) => c == mark,
        }),
    }
}

fn downward(parent: &mut Blob, in_quote: bool) {
    drop_repeated(parent);
    let Blob { content: Content::List(parts), suffix, delimiter, .. } = parent else { return };
    if let Some(mark) = first(delimiter).filter(|c| is_mark(*c)) {
        let count = parts.len();
        for part in parts.iter_mut().take(count.saturating_sub(1)) {
            if last(&part.suffix) != Some(mark) {
                part.suffix.push(mark);
            }
        }
        delimiter.remove(0);
    }
    for at in (0..parts.len()).rev() {
        let decorated = parts[at].is_decorated(true);
        let is_number = parts[at].is_number();
        if at + 1 == parts.len() {
            take_suffix(&mut parts[at], suffix, in_quote);
            if let Some(mark) = first(suffix).filter(|c| is_mark(*c)) {
                let there = match last(&parts[at].suffix) {
                    None => ends_with_mark(&parts[at], mark),
                    Some(c) => c == mark,
                };
                if there {
                    suffix.remove(0);
                }
            }
        } else if let Some(c) = first(delimiter) {
            if is_mark_or_space(c) && last(&parts[at].suffix) == Some(c) {
                parts[at].suffix.pop();
            }
        } else if let Some(c) = last(&parts[at].suffix) {
            let repeated = first(&parts[at + 1].prefix) == Some(c);
            if !is_number && !decorated && is_mark_or_space(c) && repeated {
                parts[at + 1].prefix.remove(0);
            }
        }
        let part = &mut parts[at];
        if !is_number
            && !decorated
            && first(&part.suffix).is_some_and(is_mark)
            && let Content::Text(text) = &mut part.content
        {
            to_left(text, &mut part.suffix);
        }
        downward(part, in_quote);
    }
}

/// The last part takes over what its parent's suffix begins with.
fn take_suffix(part: &mut Blob, suffix: &mut CompactString, in_quote: bool) {
    if let Some(mark) = first(suffix).filter(|c| is_mark(*c)) {
        let allowed = melts(mark, part) || in_quote && ends_in_quotes(part);
        if allowed && !ends_in_number(part) {
            match &mut part.content {
                Content::Text(text) => to_left(text, suffix),
                _ => to_left(&mut part.suffix, suffix),
            }
            if suffix.starts_with('.') {
                suffix.remove(0);
                part.suffix.push('.');
            }
        }
    }
    if part.suffix.ends_with(' ') && suffix.starts_with(' ') {
        suffix.remove(0);
    }
    if first(&part.suffix).is_some_and(is_mark_or_space) {
        if own_text(part).and_then(last) == first(&part.suffix) {
            part.suffix.remove(0);
        }
        if last(&part.suffix) == first(suffix) {
            suffix.pop();
        }
    }
}

fn cross_quotes(parent: &mut Blob, in_quote: bool) {
    for part in parent.parts_mut() {
        if part.is_quoted() {
            let Blob { content, suffix, .. } = &mut *part;
            let inside = match content {
                Content::Text(text) => Some(text),
                Content::List(parts) => parts.last_mut().map(|last| &mut last.suffix),
                Content::Number(_) => None,
            };
            if let Some(inside) = inside {
                if in_quote {
                    while first(suffix).is_some_and(moves_in) {
                        to_left(inside, suffix);
                    }
                } else {
                    while last(inside).is_some_and(moves_out) {
                        to_right(inside, suffix);
                    }
                }
            }
        }
        cross_quotes(part, in_quote);
    }
}
