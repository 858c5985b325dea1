//! TeX that a program left in a format that knows none: JabRef writes `Health \& Social Care` and
//! `{Norway}` into MODS, Refer and tables.

use super::record::{Record, Value};
use crate::model::alias;
use std::borrow::Cow;

/// Takes escapes of single signs and braces around words out of every text of the record.
pub(super) fn tidy(record: &mut Record) {
    for field in record.fields.iter_mut().filter(|it| !alias::is_verbatim(&it.name)) {
        match &mut field.value {
            Value::Text(text) => replace(text),
            Value::List(parts) => parts.iter_mut().for_each(replace),
            Value::Names(names) => names.names.iter_mut().for_each(|it| replace(&mut it.family)),
        }
    }
}

fn replace(text: &mut String) {
    if let Cow::Owned(plain) = plain(text) {
        *text = plain;
    }
}

fn plain(text: &str) -> Cow<'_, str> {
    let has_escape = text.contains("\\&") || text.contains("\\%") || text.contains("\\_");
    let has_braces = text.contains('{') && is_of_words(text);
    if !has_escape && !has_braces {
        return Cow::Borrowed(text);
    }
    let mut out = text.replace("\\&", "&").replace("\\%", "%").replace("\\_", "_");
    if has_braces {
        out.retain(|c| !matches!(c, '{' | '}'));
    }
    Cow::Owned(out)
}

/// Whether every brace has its partner and stands around words: no command, no number, no nesting.
fn is_of_words(text: &str) -> bool {
    let mut inside = None;
    for (at, c) in text.char_indices() {
        match (c, inside) {
            ('{', None) if !text[..at].ends_with(['\\', '$', '^', '_']) => inside = Some(at + 1),
            ('}', Some(from)) if text[from..at].chars().any(char::is_alphabetic) => inside = None,
            ('{' | '}', _) => return false,
            ('\\' | '$', Some(_)) => return false,
            _ => {}
        }
    }
    inside.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_braces_around_words_go_and_the_rest_stays() {
        for (text, read) in [
            ("Health \\& Social Care in {Norway}", "Health & Social Care in Norway"),
            ("{Fountain House} and others", "Fountain House and others"),
            ("the set {1, 2}", "the set {1, 2}"),
            ("H_{2}O and \\emph{so}", "H_{2}O and \\emph{so}"),
            ("an {open one", "an {open one"),
            ("a {b {c}}", "a {b {c}}"),
        ] {
            assert_eq!(plain(text), read);
        }
    }
}
