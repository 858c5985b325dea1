//! Fields that a format has no place for, written as BibTeX where the format lets its users keep
//! what they like: other programs leave them alone, kilde reads them back.

use super::record::{Field, Record, Value};
use std::borrow::Cow;

/// The name under which the entry type itself is written aside.
pub(super) const ENTRY_TYPE: &str = "entrytype";

/// `name = {TeX}`
pub(super) fn write(field: &Field) -> String {
    format!("{} = {{{}}}", field.name, field.to_tex())
}

/// The field that a text holds; `None` where the text is something else.
pub(super) fn read(text: &str) -> Option<Field> {
    match read_all(text).as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// The fields that a text holds, one behind the other; none where the text is something else.
pub(super) fn read_all(text: &str) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let Some((name, after)) = rest.split_once(" = {") else { return Vec::new() };
        let is_name = !name.is_empty()
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_+".contains(&b));
        let Some(end) = partner(after).filter(|_| is_name) else { return Vec::new() };
        let tex = &after[..end];
        fields.push(Field {
            name: Cow::Owned(name.to_owned()),
            value: Value::from_tex(name, tex),
            tex: Some(tex.into()),
        });
        rest = after[end + 1..].trim_start();
    }
    fields
}

/// Where the brace stands that closes the one before `text`.
fn partner(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Puts a field that stood aside into its record: it says it exactly.
pub(super) fn put(record: &mut Record, field: Field) {
    if field.name == ENTRY_TYPE {
        record.entry_type = Cow::Owned(field.value.text().into_owned());
        return;
    }
    let tex = field.tex.clone();
    record.set(field.name.clone(), field.value);
    if let Some(at) = record.fields.iter_mut().find(|it| it.name == field.name) {
        at.tex = tex;
    }
}
