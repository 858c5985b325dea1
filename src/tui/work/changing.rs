//! Changes on their way to the files: planned, shown, saved, taken back.

use crate::check::Model;
use crate::model::{Library, name};
use crate::session::change::{self, Change, Plan};
use crate::session::{Error, dry_run, target};
use crate::text::said::Said;
use crate::tui::change::{Edit, Form, FormField, Need, Way};
use crate::tui::paint::Role;
use crate::tui::screens::form::state::separator;
use crate::world;
use std::collections::BTreeSet;

/// The plan that makes `edits`.
pub fn plan(library: &Library, edits: &[Edit]) -> Result<Plan, Error> {
    let mut changes = Vec::with_capacity(edits.len());
    let mut lists: Vec<(usize, &str, Vec<String>)> = Vec::new();
    for edit in edits {
        if let Edit::New { kind, key } = edit {
            if library.position(key).is_some() {
                let at = library.position(key).unwrap_or_default();
                let place = target::place(library, at);
                let said = Said::new("edit.key-taken").with("key", key).with("place", place);
                return Err(Error::usage(said));
            }
            let (entry_type, key) = (kind.clone(), key.clone());
            changes.push(Change::Add { source: 0, after: None, entry_type, key, fields: vec![] });
            continue;
        }
        let entry = target::find(library, edit.id())?;
        changes.push(match edit {
            Edit::Set { field, value, .. } if value.trim().is_empty() => {
                if library.entries[entry].field(field).is_none_or(|it| it.from.is_some()) {
                    continue;
                }
                Change::Unset { entry, field: field.clone() }
            }
            Edit::Set { field, value, .. } => {
                Change::Set { entry, field: field.clone(), value: value.clone() }
            }
            Edit::Tag { field, value, on, .. } => {
                // What was already decided for this entry counts.
                let at = lists
                    .iter()
                    .position(|it: &(usize, &str, Vec<String>)| (it.0, it.1) == (entry, *field));
                let at = at.unwrap_or_else(|| {
                    lists.push((entry, *field, library.entries[entry].list(field)));
                    lists.len() - 1
                });
                let values = &mut lists[at].2;
                let has = values.iter().any(|it| it == value);
                if has == *on {
                    continue;
                }
                if *on {
                    values.push(value.clone());
                } else {
                    values.retain(|it| it != value);
                }
                let field = (*field).to_owned();
                match values.is_empty() {
                    true => Change::Unset { entry, field },
                    false => Change::Set { entry, field, value: values.join(", ") },
                }
            }
            Edit::Type { to, .. } => Change::SetType { entry, to: to.clone() },
            Edit::Rename { to, .. } => Change::Rename { entry, to: to.clone(), keep_old: false },
            Edit::Remove { .. } => Change::Remove { entry },
            Edit::New { .. } => continue,
            Edit::Rewrite { text, .. } => Change::Rewrite { entry, text: text.clone() },
        });
    }
    change::plan(library, &changes)
}

/// What `plan` would change, line by line.
pub fn diff(library: &Library, plan: &Plan) -> Vec<(Role, String)> {
    let mut lines: Vec<(Role, String)> = dry_run::diff(library, plan)
        .lines()
        .map(|line| {
            // The file's own name is enough here: the way to it may be longer than the screen.
            let is_file = line.starts_with("--- ") || line.starts_with("+++ ");
            let line = match line.rsplit_once('/').filter(|_| is_file) {
                Some((_, name)) => format!("{} {name}", &line[..3]),
                None => line.to_owned(),
            };
            let role = match line.as_bytes().first() {
                Some(b'+') => Role::Added,
                Some(b'-') => Role::Removed,
                Some(b'@') => Role::Heading,
                _ => Role::Text,
            };
            (role, line)
        })
        .collect();
    lines.truncate(5_000);
    lines
}

/// Saves what `plan` says; gives what was done.
pub fn save(library: &mut Library, plan: &Plan) -> Result<Said, Error> {
    world::change::save(library, plan)?;
    Ok(plan.said.clone())
}

/// Goes a step through the history; gives what was taken back or done again.
pub fn step(library: &mut Library, way: Way) -> Result<Said, Error> {
    let (way, id) = match way {
        Way::Undo => (world::change::Way::Undo, "tui.undone"),
        Way::Redo => (world::change::Way::Redo, "tui.redone"),
    };
    let (step, plan) = world::change::next(library, way)?;
    world::change::step(library, way, &step, &plan)?;
    Ok(Said::new(id).with("what", plan.keys.join(", ")))
}

/// The entry at `at` as a form.
pub fn form(library: &Library, id: &str, at: usize) -> Form {
    let entry = &library.entries[at];
    let model = Model::get().entry_type(&entry.entry_type);
    let mut fields: Vec<FormField> = Vec::new();
    let named = |name: &str, need: Need| {
        // Of two that will do, the one that is there, else the first.
        let name = name.split('|').find(|it| entry.has(it)).or(name.split('|').next())?;
        let found = entry.field(name);
        Some(FormField {
            name: name.to_owned(),
            value: found.map(|it| it.raw.to_string()).unwrap_or_default(),
            need,
            from: found.and_then(|it| it.from.as_ref().map(ToString::to_string)),
        })
    };
    let required = model.map(|it| it.required.as_slice()).unwrap_or_default();
    let recommended = model.map(|it| it.recommended.as_slice()).unwrap_or_default();
    fields.extend(required.iter().filter_map(|name| named(name, Need::Required)));
    fields.extend(recommended.iter().filter_map(|name| named(name, Need::Recommended)));
    for field in &entry.fields {
        if !fields.iter().any(|it| it.name == *field.name) {
            fields.extend(named(&field.name, Need::Other));
        }
    }
    Form { id: id.to_owned(), kind: entry.entry_type.clone(), fields }
}

/// The values that the library has in `field`, in alphabetical order, lists taken apart.
pub fn values(library: &Library, field: &str) -> Vec<String> {
    let mut out: BTreeSet<String> = BTreeSet::new();
    for raw in library.entries.iter().filter_map(|entry| entry.raw(field)) {
        let parts: Vec<&str> = match separator(field) {
            Some(" and ") => name::split_list(raw),
            Some(_) => raw.split(',').collect(),
            None => vec![raw],
        };
        out.extend(parts.into_iter().map(|it| it.trim().to_owned()).filter(|it| it.len() < 300));
    }
    out.into_iter().collect()
}
