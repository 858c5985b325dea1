//! Edits to entries as written: the only place where BibTeX is made.

use super::value::Piece;
use super::{Entry, Field, Span, value};
use crate::text::edit::Edit;

/// Why a text cannot become a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Its braces do not pair up, so it would unbalance the file.
    #[error("the braces of the value do not pair up")]
    Unbalanced,
    /// The entry is broken and can only be edited as text.
    #[error("the entry is broken")]
    Broken,
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
    entry
        .fields
        .iter()
        .find(|field| bytes[field.name.clone()].eq_ignore_ascii_case(name.as_bytes()))
}

/// Sets `name` to `text` (TeX, without delimiters): in place where the field is there, else as a
/// new last field in the manner of the one before it.
pub fn set(bytes: &[u8], entry: &Entry, name: &str, text: &str) -> Result<Vec<Edit>, Refused> {
    if !is_balanced(text) {
        return Err(Refused::Unbalanced);
    }
    if let Some(field) = field(bytes, entry, name) {
        return Ok(vec![replace(bytes, &field.value, text)]);
    }
    let Some(close) = entry.close else { return Err(Refused::Broken) };
    Ok(vec![insert(bytes, entry, close, name, text)])
}

fn replace(bytes: &[u8], span: &Span, text: &str) -> Edit {
    match value::pieces(bytes, span).as_slice() {
        [Piece::Braced(inner)] => Edit::new(inner.clone(), text),
        [Piece::Quoted(inner)] if !text.contains('"') => Edit::new(inner.clone(), text),
        [Piece::Bare(_)] if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) => {
            Edit::new(span.clone(), text)
        }
        _ => Edit::new(span.clone(), format!("{{{text}}}")),
    }
}

fn insert(bytes: &[u8], entry: &Entry, close: usize, name: &str, text: &str) -> Edit {
    let Some(last) = entry.fields.last() else {
        let comma = if bytes[entry.key.end..close].contains(&b',') { "" } else { "," };
        return Edit::new(close..close, format!("{comma}\n  {name} = {{{text}}}\n"));
    };
    let before = &bytes[..last.name.start];
    let lead = before.iter().rposition(|b| !b.is_ascii_whitespace()).map_or(0, |at| at + 1);
    let lead = String::from_utf8_lossy(&before[lead..]).into_owned();
    let lead = if lead.is_empty() { " ".to_owned() } else { lead };
    let between = String::from_utf8_lossy(&bytes[last.name.end..last.value.start]);
    let left: String = between.chars().take_while(|c| *c != '=').collect();
    let right: String = between.chars().skip_while(|c| *c != '=').skip(1).collect();
    let width = last.name.len() + left.chars().count();
    let pad = if left.is_empty() {
        String::new()
    } else {
        " ".repeat(width.saturating_sub(name.chars().count()).max(1))
    };
    let tail = &bytes[last.value.end..close];
    let (at, comma) = match tail.iter().position(|b| *b == b',') {
        Some(comma) => (last.value.end + comma + 1, true),
        None => (last.value.end, false),
    };
    let (first, after) = if comma { ("", ",") } else { (",", "") };
    Edit::new(at..at, format!("{first}{lead}{name}{pad}={right}{{{text}}}{after}"))
}

/// Takes the field away with its comma and its line, so that the others stay as they are.
pub fn unset(bytes: &[u8], entry: &Entry, name: &str) -> Vec<Edit> {
    let Some(index) = entry
        .fields
        .iter()
        .position(|field| bytes[field.name.clone()].eq_ignore_ascii_case(name.as_bytes()))
    else {
        return Vec::new();
    };
    let field = &entry.fields[index];
    let from = match index.checked_sub(1) {
        Some(before) => entry.fields[before].value.end,
        None => entry.key.end,
    };
    vec![Edit::new(from..field.value.end, "")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibtex::parse;
    use crate::text::edit::apply;

    #[track_caller]
    fn check(before: &str, name: &str, text: &str, after: &str) {
        let file = parse(before.as_bytes());
        let (_, entry) = file.entries().last().unwrap();
        let edits = set(before.as_bytes(), entry, name, text).unwrap();
        let edited = apply(before.as_bytes(), &edits).unwrap();
        assert_eq!(String::from_utf8(edited).unwrap(), after);
    }

    #[test]
    fn a_value_is_replaced_where_it_stands() {
        check("@misc{k, Year={2019} , x=1}", "year", "2020", "@misc{k, Year={2020} , x=1}");
    }

    #[test]
    fn quotes_stay_quotes() {
        check("@misc{k,title = \"A {\"} b\",}", "title", "C", "@misc{k,title = \"C\",}");
    }

    #[test]
    fn a_new_field_is_indented_like_the_last() {
        check("@misc{k,\n\ta = {1}\n}", "b", "2", "@misc{k,\n\ta = {1},\n\tb = {2}\n}");
        check("@misc{k,\n  a   = {1},\n}", "bcd", "2", "@misc{k,\n  a   = {1},\n  bcd = {2},\n}");
    }

    #[test]
    fn a_broken_entry_does_not_hide_the_next() {
        check(
            "@misc{oops, a = {1}\n@misc{k, a=1}",
            "a",
            "x",
            "@misc{oops, a = {1}\n@misc{k, a={x}}",
        );
    }

    #[test]
    fn unbalanced_text_is_refused() {
        let text = b"@misc{k, a = {1}}";
        let file = parse(text);
        let (_, entry) = file.entries().next().unwrap();
        assert_eq!(set(text, entry, "a", "}{"), Err(Refused::Unbalanced));
    }
}
