//! Edits to entries as written. With [`super::write`], the only place where BibTeX is made.

use super::habits::Habits;
use super::value::{self, Piece};
use super::{Entry, Field, Kind, Span, parse, write};
use crate::text::edit::Edit;

/// Why something cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Its braces do not pair up, so it would unbalance the file.
    #[error("the braces of the value do not pair up")]
    Unbalanced,
    /// The entry is broken and can only be edited as text.
    #[error("the entry is broken")]
    Broken,
    /// The name cannot be a field's, a type's or a citation key: this character is why; none where
    /// it is empty.
    #[error("`{name}` cannot be a name")]
    BadName {
        /// What was given.
        name: String,
        /// The first character that may not stand there.
        character: Option<char>,
    },
    /// What should be one value as written (pieces joined by `#`) is not.
    #[error("`{0}` is not one value")]
    NotOneValue(String),
    /// A field of that name is already there.
    #[error("there is a field `{0}` already")]
    FieldThere(String),
    /// There is no such field.
    #[error("there is no field `{0}`")]
    NoSuchField(String),
}

/// Whether the braces of `text` pair up.
pub fn is_balanced(text: &str) -> bool {
    let mut depth = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            _ => {}
        }
    }
    depth == 0
}

/// The field of `entry` with this name, case ignored; the first where it is doubled.
pub fn field<'a>(bytes: &[u8], entry: &'a Entry, name: &str) -> Option<&'a Field> {
    entry.fields.iter().find(|field| is_named(bytes, field, name))
}

fn is_named(bytes: &[u8], field: &Field, name: &str) -> bool {
    bytes[field.name.clone()].eq_ignore_ascii_case(name.as_bytes())
}

/// Checks a field's name or a type.
pub fn check_name(name: &str) -> Result<(), Refused> {
    let bad = |c: char| c.is_whitespace() || c.is_control() || "{}(),=\"@#%'\\".contains(c);
    check(name, bad)
}

/// Checks a citation key: what neither BibTeX nor biber takes is refused.
pub fn check_key(key: &str) -> Result<(), Refused> {
    let bad = |c: char| c.is_whitespace() || c.is_control() || "{}(),=\"@#%'\\~".contains(c);
    check(key, bad)
}

fn check(name: &str, bad: impl Fn(char) -> bool) -> Result<(), Refused> {
    let character = name.chars().find(|c| bad(*c));
    let digit = name.chars().next().filter(|_| character.is_none() && name.is_empty());
    if name.is_empty() || character.is_some() {
        return Err(Refused::BadName { name: name.to_owned(), character: character.or(digit) });
    }
    Ok(())
}

/// Sets `name` to `text` (TeX, without delimiters): in place where the field is there, else as a
/// new last field in the manner of the entry and of the file, whose `habits` these are.
pub fn set(
    bytes: &[u8],
    entry: &Entry,
    habits: &Habits,
    name: &str,
    text: &str,
) -> Result<Vec<Edit>, Refused> {
    if !is_balanced(text) {
        return Err(Refused::Unbalanced);
    }
    let Some(close) = entry.close else { return Err(Refused::Broken) };
    if let Some(field) = field(bytes, entry, name) {
        return Ok(replace(bytes, &field.value, text).into_iter().collect());
    }
    check_name(name)?;
    Ok(write::field(bytes, entry, close, habits, name, &habits.value(name, text)))
}

/// Sets `name` to a value as written: `{…}`, `"…"`, a number, a macro, or these joined by `#`.
pub fn set_written(
    bytes: &[u8],
    entry: &Entry,
    habits: &Habits,
    name: &str,
    value: &str,
) -> Result<Vec<Edit>, Refused> {
    let value = value.trim();
    check_value(value)?;
    let Some(close) = entry.close else { return Err(Refused::Broken) };
    if let Some(field) = field(bytes, entry, name) {
        return Ok(vec![Edit::new(field.value.clone(), value)]);
    }
    check_name(name)?;
    Ok(write::field(bytes, entry, close, habits, name, value))
}

/// Holds that `value`, put into an entry, is read as that one value.
fn check_value(value: &str) -> Result<(), Refused> {
    let entry = format!("@misc{{k, x = {value}, y = 1}}");
    let file = parse(entry.as_bytes());
    match (file.entries().next(), file.problems.is_empty()) {
        (Some((_, read)), true)
            if read.fields.len() == 2
                && read.close.is_some()
                && &entry[read.fields[0].value.clone()] == value =>
        {
            Ok(())
        }
        _ => Err(Refused::NotOneValue(value.to_owned())),
    }
}

/// Puts `text` where the value at `span` stands, between the same delimiters where they can hold
/// it. Nothing where it is there already.
fn replace(bytes: &[u8], span: &Span, text: &str) -> Option<Edit> {
    let (inner, new) = match value::pieces(bytes, span).as_slice() {
        [Piece::Braced(inner)] => (inner.clone(), text.to_owned()),
        [Piece::Quoted(inner)] if can_be_quoted(text) => (inner.clone(), text.to_owned()),
        [Piece::Bare(_)] if can_be_bare(text) => (span.clone(), text.to_owned()),
        _ => (span.clone(), format!("{{{text}}}")),
    };
    (bytes[inner.clone()] != *new.as_bytes()).then(|| Edit::new(inner, new))
}

/// Whether no quote of `text` stands outside braces.
pub(super) fn can_be_quoted(text: &str) -> bool {
    let mut depth = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'"' if depth == 0 => return false,
            _ => {}
        }
    }
    true
}

/// Whether `text` is a number or the macro of a month.
pub(super) fn can_be_bare(text: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())) || MONTHS.contains(&text)
}

/// Takes the fields of that name away, so that the others and the commas stay as they are.
pub fn unset(bytes: &[u8], entry: &Entry, name: &str) -> Result<Vec<Edit>, Refused> {
    let Some(close) = entry.close else { return Err(Refused::Broken) };
    let mut edits = Vec::new();
    let mut before = entry.key.end;
    let mut taken = 0;
    for (at, field) in entry.fields.iter().enumerate() {
        if is_named(bytes, field, name) {
            let between = &bytes[before..field.name.start];
            let plain = between.iter().all(|b| *b == b',' || b.is_ascii_whitespace());
            // Of doubled fields the first may have taken the comma, and the line, before this one.
            let follows = taken > before;
            let span =
                if plain && !follows && (between.contains(&b',') || at + 1 == entry.fields.len()) {
                    before..field.value.end
                } else {
                    own_line(bytes, field, close)
                };
            edits.push(Edit::new(span.start.max(taken)..span.end.max(taken), ""));
            taken = taken.max(span.end);
        }
        before = field.value.end;
    }
    if edits.is_empty() { Err(Refused::NoSuchField(name.to_owned())) } else { Ok(edits) }
}

/// The field with the comma behind it, and its line where nothing else stands on it.
fn own_line(bytes: &[u8], field: &Field, close: usize) -> Span {
    let mut end = field.value.end;
    let comma = bytes[end..close].iter().position(|byte| !byte.is_ascii_whitespace());
    if let Some(comma) = comma
        && bytes[end + comma] == b','
    {
        end += comma + 1;
    }
    let start = field.name.start;
    let indent = bytes[..start].iter().rev().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let first = bytes[..start - indent].last().is_some_and(|b| matches!(b, b'\n' | b'\r'));
    let rest = bytes[end..close].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let newline = match bytes.get(end + rest..) {
        Some([b'\r', b'\n', ..]) => 2,
        Some([b'\n' | b'\r', ..]) => 1,
        _ => 0,
    };
    if first && newline > 0 { start - indent..end + rest + newline } else { start..end }
}

/// Gives the field another name.
pub fn rename_field(
    bytes: &[u8],
    entry: &Entry,
    old: &str,
    new: &str,
) -> Result<Vec<Edit>, Refused> {
    check_name(new)?;
    if entry.close.is_none() {
        return Err(Refused::Broken);
    }
    let field = field(bytes, entry, old).ok_or_else(|| Refused::NoSuchField(old.to_owned()))?;
    if !old.eq_ignore_ascii_case(new) && self::field(bytes, entry, new).is_some() {
        return Err(Refused::FieldThere(new.to_owned()));
    }
    Ok(write::renamed(bytes, entry, field, new))
}

/// Gives the entry another type.
pub fn set_type(
    bytes: &[u8],
    entry: &Entry,
    habits: &Habits,
    name: &str,
) -> Result<Vec<Edit>, Refused> {
    check_name(name)?;
    if entry.close.is_none() {
        return Err(Refused::Broken);
    }
    let name = habits.entry_type(name);
    let same = bytes[entry.entry_type.clone()].eq_ignore_ascii_case(name.as_bytes());
    Ok(if same { Vec::new() } else { vec![Edit::new(entry.entry_type.clone(), name)] })
}

/// Gives the entry another citation key, or one where it has none. What points to it is left as it
/// is: see [`reference`](super::reference).
pub fn set_key(bytes: &[u8], entry: &Entry, key: &str) -> Result<Vec<Edit>, Refused> {
    check_key(key)?;
    if entry.close.is_none() {
        return Err(Refused::Broken);
    }
    if !entry.key.is_empty() {
        return Ok(vec![Edit::new(entry.key.clone(), key)]);
    }
    let after = bytes[entry.key.end..].iter().find(|byte| !byte.is_ascii_whitespace());
    let comma = if after == Some(&b',') || after == Some(&b'}') { "" } else { ", " };
    Ok(vec![Edit::new(entry.key.clone(), format!("{key}{comma}"))])
}

/// Takes the block at `index` of `blocks` away with the blank lines behind it; text and comments
/// beside it stay. At the end of the file the blank lines before it go instead.
pub fn remove(bytes: &[u8], blocks: &[super::Block], index: usize) -> Option<Edit> {
    let span = blocks.get(index)?.span.clone();
    let blank =
        |at: &Span| bytes[at.clone()].iter().take_while(|b| b.is_ascii_whitespace()).count();
    let after = blocks.get(index + 1).filter(|block| block.kind == Kind::Text);
    let rest = after.map_or(0, |block| blank(&block.span));
    let is_last = blocks.len() <= index + 2 && after.is_none_or(|block| rest == block.span.len());
    let before = index.checked_sub(1).map(|at| &blocks[at]);
    let lead = before.filter(|block| block.kind == Kind::Text).map_or(0, |block| {
        bytes[block.span.clone()].iter().rev().take_while(|b| b.is_ascii_whitespace()).count()
    });
    if is_last && span.start > lead {
        return Some(Edit::new(span.start - lead..span.end, ""));
    }
    // The line that the block began keeps what stands before it.
    let own = span.start == 0 || matches!(bytes[span.start - 1], b'\n' | b'\r');
    let taken = if own || lead > 0 { rest } else { 0 };
    Some(Edit::new(span.start..span.end + taken, ""))
}

#[cfg(test)]
mod tests;
