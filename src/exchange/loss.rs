//! What a format did not carry, found by reading back what was written.

use super::aside::ENTRY_TYPE;
use super::record::{Field, Record, Value};
use crate::text::tex_markup;
use std::collections::BTreeMap;

/// How a field fared on its way into a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// The format has no place for it.
    Lost,
    /// It is there, and says less or something else.
    Changed,
    /// The text is there; its formatting or protected capitals are not.
    Plain,
    /// It stands where other programs do not look; kilde reads it back.
    Aside,
}

/// The fields that a whole export did not carry as they were: how often, and where first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Losses {
    /// By fate and field: the number of entries, and the citation keys of the first of them.
    pub fields: BTreeMap<(Fate, String), (usize, Vec<String>)>,
}

/// How many citation keys are named for each loss.
const NAMED: usize = 5;

impl Losses {
    /// Counts one field of one entry.
    pub(super) fn add(&mut self, key: &str, field: &str, fate: Fate) {
        let (count, keys) = self.fields.entry((fate, field.to_owned())).or_default();
        *count += 1;
        if keys.len() < NAMED {
            keys.push(key.to_owned());
        }
    }

    /// Whether everything was carried.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The entries that lost a field outright or had it changed, by field.
    pub fn of(&self, fate: Fate) -> impl Iterator<Item = (&str, usize)> {
        self.fields
            .iter()
            .filter(move |((it, _), _)| *it == fate)
            .map(|((_, field), (count, _))| (field.as_str(), *count))
    }
}

/// What `back` lacks of `record`, or says otherwise. The order of fields does not count.
pub fn compare(record: &Record, back: &Record) -> Vec<(Field, Fate)> {
    let mut out = Vec::new();
    if record.entry_type != back.entry_type {
        let name = record.entry_type.to_string();
        let field = Field { name: ENTRY_TYPE.into(), value: Value::Text(name), tex: None };
        out.push((field, Fate::Changed));
    }
    for field in &record.fields {
        match back.field(&field.name) {
            None => out.push((field.clone(), Fate::Lost)),
            Some(it) if it.value != field.value => out.push((field.clone(), Fate::Changed)),
            Some(it) => {
                if !same_look(field, it) {
                    out.push((field.clone(), Fate::Plain));
                }
            }
        }
    }
    out
}

/// Whether two fields of the same text have the same formatting.
fn same_look(one: &Field, other: &Field) -> bool {
    if one.tex == other.tex || !is_formatted(one) {
        return true;
    }
    other
        .tex
        .as_ref()
        .zip(one.tex.as_ref())
        .is_some_and(|(a, b)| tex_markup::read(a) == tex_markup::read(b))
}

/// Whether the TeX of a field says more than its text: formatting, mathematics, or braces that
/// protect capitals.
pub(super) fn is_formatted(field: &Field) -> bool {
    const COMMANDS: &[&str] = &["\\emph", "\\text", "\\mkbib", "\\enquote", "$", "\\it", "\\bf"];
    let Some(tex) = &field.tex else { return false };
    if !matches!(field.value, Value::Text(_)) {
        return false;
    }
    if COMMANDS.iter().any(|it| tex.contains(it)) {
        return true;
    }
    // A group that no command opens protects what stands in it.
    let bytes = tex.as_bytes();
    tex.match_indices('{').any(|(at, _)| {
        let before = &tex[..at];
        let command = before.rfind('\\').is_some_and(|slash| {
            let name = &before[slash + 1..];
            !name.is_empty() && (name.len() == 1 || name.bytes().all(|b| b.is_ascii_alphabetic()))
        });
        !command && !matches!(bytes.get(at + 1), Some(b'\\' | b'}') | None)
    })
}
