//! Merging one entry, field by field.

use super::super::change;
use super::super::habits::Habits;
use super::super::reference;
use super::super::{Entry, parse};
use super::Conflict;
use super::item::{Item, said};
use crate::text::edit::{Edit, apply};
use std::collections::HashMap;

/// Fields that are sets: what each side added or took away is added or taken away.
const SETS: [&str; 4] = ["keywords", "file", "groups", "ids"];

/// A field's name in lower case, and which of those with that name.
type Name = (String, usize);

/// What `ours` and `theirs` made of `base`: the bytes of ours with what theirs changed put in.
pub(super) fn merged(
    base: Option<&Item<'_>>,
    ours: &Item<'_>,
    theirs: &Item<'_>,
    conflicts: &mut Vec<Conflict>,
) -> Vec<u8> {
    let unchanged = |side: &Item<'_>| base.is_some_and(|base| base.block == side.block);
    if ours.block == theirs.block || unchanged(theirs) {
        return ours.block.to_vec();
    }
    if unchanged(ours) {
        return theirs.block.to_vec();
    }
    if ours.entry.is_none() || theirs.entry.is_none() {
        conflicts.push(Conflict {
            key: ours.name(),
            field: "entry".to_owned(),
            base: base.map(|item| String::from_utf8_lossy(item.block).into_owned()),
            ours: Some(String::from_utf8_lossy(ours.block).into_owned()),
            theirs: Some(String::from_utf8_lossy(theirs.block).into_owned()),
        });
        return ours.block.to_vec();
    }
    let mut draft = Draft::new(ours.block);
    let (before, mine, yours) =
        (base.map(written).unwrap_or_default(), written(ours), written(theirs));
    let mut names: Vec<&Name> = Vec::new();
    for field in [&before, &mine, &yours].into_iter().flatten() {
        if !names.contains(&&field.0) {
            names.push(&field.0);
        }
    }
    for name in names {
        let find = |side: &'_ [Field]| side.iter().find(|field| field.0 == *name).cloned();
        let (b, o, t) = (find(&before), find(&mine), find(&yours));
        let says = |field: &Option<Field>| field.as_ref().map(|field| field.2.clone());
        if says(&t) == says(&b) || says(&t) == says(&o) {
            continue;
        }
        if says(&o) == says(&b) {
            draft.take(name, t.as_ref().map(|field| field.1.as_str()));
            continue;
        }
        let text = |field: &Option<Field>| field.as_ref().map(|field| field.1.clone());
        if SETS.contains(&name.0.as_str())
            && let (Some(o), Some(t)) = (&o, &t)
        {
            let all = set(b.as_ref(), o, t);
            draft.replace(name, &all);
            continue;
        }
        if o.is_none() {
            // We took away what they went on with: what is edited stays.
            draft.take(name, text(&t).as_deref());
        }
        conflicts.push(Conflict {
            key: ours.name(),
            field: name.0.clone(),
            base: text(&b),
            ours: text(&o),
            theirs: text(&t),
        });
    }
    head(base, ours, theirs, &mut draft, conflicts);
    draft.text
}

/// Merges type and key.
fn head(
    base: Option<&Item<'_>>,
    ours: &Item<'_>,
    theirs: &Item<'_>,
    draft: &mut Draft,
    conflicts: &mut Vec<Conflict>,
) {
    let (b, o, t) = (base.map(Item::entry_type), ours.entry_type(), theirs.entry_type());
    if t != o && Some(&t) != b.as_ref() {
        if Some(&o) == b.as_ref() {
            draft.edit(|bytes, entry| change::set_type(bytes, entry, &Habits::default(), &t));
        } else {
            conflicts.push(Conflict {
                key: ours.name(),
                field: "entrytype".to_owned(),
                base: b,
                ours: Some(o),
                theirs: Some(t),
            });
        }
    }
    let (b, o, t) = (base.map(Item::name), ours.name(), theirs.name());
    if t != o && Some(&t) != b.as_ref() {
        if Some(&o) == b.as_ref() {
            draft.edit(|bytes, entry| change::set_key(bytes, entry, &t));
        } else {
            let field = "key".to_owned();
            conflicts.push(Conflict {
                key: o.clone(),
                field,
                base: b,
                ours: Some(o),
                theirs: Some(t),
            });
        }
    }
}

/// A field: its name, how it is written, what it says.
type Field = (Name, String, Vec<u8>);

fn written(item: &Item<'_>) -> Vec<Field> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let fields = item.entry.iter().flat_map(|entry| &entry.fields);
    fields
        .map(|field| {
            let name = String::from_utf8_lossy(&item.block[field.name.clone()]).to_lowercase();
            let number = seen.entry(name.clone()).or_default();
            *number += 1;
            let text = String::from_utf8_lossy(&item.block[field.value.clone()]).into_owned();
            ((name, *number), text, said(item.block, &field.value))
        })
        .collect()
}

/// The parts of both sides but those that one of them took away: ours in their order, then theirs.
fn set(base: Option<&Field>, ours: &Field, theirs: &Field) -> String {
    let parts = |field: &Field| -> Vec<String> {
        let text = String::from_utf8_lossy(&field.2).into_owned();
        text.split([',', ';'])
            .map(|part| part.trim().to_owned())
            .filter(|it| !it.is_empty())
            .collect()
    };
    let before = base.map(parts).unwrap_or_default();
    let (mine, yours) = (parts(ours), parts(theirs));
    let mut out: Vec<String> = mine
        .iter()
        .filter(|part| yours.contains(part) || !before.contains(part))
        .cloned()
        .collect();
    for part in yours {
        if !before.contains(&part) && !out.contains(&part) {
            out.push(part);
        }
    }
    let semicolons = ours.1.contains(';') && !ours.1.contains(',');
    out.join(if semicolons { "; " } else { ", " })
}

/// An entry being edited.
struct Draft {
    text: Vec<u8>,
}

impl Draft {
    fn new(block: &[u8]) -> Self {
        Self { text: block.to_vec() }
    }

    fn edit(&mut self, edits: impl Fn(&[u8], &Entry) -> Result<Vec<Edit>, change::Refused>) {
        let file = parse(&self.text);
        let Some((_, entry)) = file.entries().next() else { return };
        // A value that stands in one file can stand in the other: both were read as whole.
        if let Ok(edits) = edits(&self.text, entry)
            && let Ok(text) = apply(&self.text, &edits)
        {
            self.text = text;
        }
    }

    /// Makes the field what the other side wrote, or takes it away.
    fn take(&mut self, name: &Name, value: Option<&str>) {
        self.edit(|bytes, entry| {
            let same = |field: &&super::super::Field| {
                bytes[field.name.clone()].eq_ignore_ascii_case(name.0.as_bytes())
            };
            let found = entry.fields.iter().filter(same).nth(name.1 - 1);
            match (found, value) {
                (Some(field), Some(value)) => Ok(vec![Edit::new(field.value.clone(), value)]),
                (None, Some(value)) => {
                    let close = entry.close.ok_or(change::Refused::Broken)?;
                    let habits = Habits::default();
                    Ok(super::super::write::field(bytes, entry, close, &habits, &name.0, value))
                }
                (Some(_), None) => change::unset(bytes, entry, &name.0),
                (None, None) => Ok(Vec::new()),
            }
        });
    }

    fn replace(&mut self, name: &Name, text: &str) {
        let habits = Habits::default();
        self.edit(|bytes, entry| change::set(bytes, entry, &habits, &name.0, text));
    }
}

/// The citation key of a block.
pub(super) fn key(block: &[u8]) -> Option<String> {
    let file = parse(block);
    let (_, entry) = file.entries().next()?;
    Some(String::from_utf8_lossy(&block[entry.key.clone()]).into_owned())
}

/// The block under another key.
pub(super) fn with_key(block: &[u8], key: &str) -> Vec<u8> {
    let mut draft = Draft::new(block);
    draft.edit(|bytes, entry| change::set_key(bytes, entry, key));
    draft.text
}

/// Makes what points to `old` in the block point to `new`.
pub(super) fn point(block: &mut Vec<u8>, old: &str, new: &str) {
    if memchr::memmem::find(block, old.as_bytes()).is_none() {
        return;
    }
    let mut draft = Draft::new(block);
    draft.edit(|bytes, entry| Ok(reference::renamed(bytes, entry, |key| key == old, new)));
    *block = draft.text;
}
