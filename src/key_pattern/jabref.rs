//! JabRef's patterns: `[field:modifier:modifier]`, anything outside brackets as it stands
//! (JabRef's documentation, "Customize the citation key generator").

use super::filters;
use super::values;
use super::{Dialect, Filter, Term, Wrong};

/// Reads a pattern.
pub(super) fn parse(text: &str) -> Result<Vec<Term>, Wrong> {
    let mut terms = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        if !before.is_empty() {
            terms.push(Term::Literal(before.to_owned()));
        }
        let end = closing(after).ok_or(Wrong::Unclosed('['))?;
        let (inside, tail) = after.split_at(end);
        terms.push(value(inside)?);
        rest = tail.get(1..).unwrap_or_default();
    }
    if rest.contains(']') {
        return Err(Wrong::Stray("]".to_owned()));
    }
    if !rest.is_empty() {
        terms.push(Term::Literal(rest.to_owned()));
    }
    Ok(terms)
}

/// Where the bracket closes: outside quotes and parentheses.
fn closing(text: &str) -> Option<usize> {
    let (mut quoted, mut depth) = (false, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            ']' if !quoted && depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

fn value(text: &str) -> Result<Term, Wrong> {
    let mut parts = split(text).into_iter();
    let head = parts.next().unwrap_or_default().trim().to_owned();
    let (name, args) = values::numbered(&head);
    if !values::is_known(Dialect::JabRef, &name) {
        return Err(Wrong::NoValue(head));
    }
    let mut filters = Vec::new();
    for part in parts {
        filters.push(modifier(part.trim())?);
    }
    Ok(Term::Value { name, args, filters })
}

/// Parts at colons outside quotes and parentheses.
fn split(text: &str) -> Vec<&str> {
    let (mut quoted, mut depth, mut from, mut parts) = (false, 0_usize, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            ':' if !quoted && depth == 0 => {
                parts.push(text.get(from..at).unwrap_or_default());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text.get(from..).unwrap_or_default());
    parts
}

/// `lower`, `truncate5`, `regex("a","b")`, `(default)`.
fn modifier(text: &str) -> Result<Filter, Wrong> {
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return filters::filter("default", vec![inner.to_owned()]);
    }
    if let Some((name, args)) = text.split_once('(') {
        let args = args.strip_suffix(')').ok_or(Wrong::Unclosed('('))?;
        let args: Vec<String> = quoted(args);
        return filters::filter(name.trim(), args);
    }
    let digits = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = text.get(digits.len()..).unwrap_or_default();
    let args = if number.is_empty() { Vec::new() } else { vec![number.to_owned()] };
    filters::filter(digits, args)
}

/// The texts in quotes.
fn quoted(text: &str) -> Vec<String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}
