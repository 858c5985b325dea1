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
    let (name, rest) = text.trim().split_once(" = {")?;
    let tex = rest.strip_suffix('}')?;
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_+".contains(&b));
    let is_right = is_name && crate::bibtex::change::is_balanced(tex);
    is_right.then(|| Field {
        name: Cow::Owned(name.to_owned()),
        value: Value::from_tex(name, tex),
        tex: Some(tex.into()),
    })
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
