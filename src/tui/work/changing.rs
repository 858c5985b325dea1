//! Changes on their way to the files: planned, shown, saved, taken back.

use crate::check::{self, Model, Safety, Settings, Severity};
use crate::model::{Library, name};
use crate::session::change::{self, Change, Plan};
use crate::session::{Error, dry_run, target};
use crate::text::said::Said;
use crate::tui::change::{Edit, Form, FormField, Need, Problem, Way};
use crate::tui::paint::Role;
use crate::world;
use std::collections::BTreeSet;

/// Up to this many entries the rules look at the whole library when one entry is shown; beyond it,
/// at the entry alone.
const SMALL: usize = 3_000;

/// The plan that makes `edits`.
pub fn plan(library: &Library, edits: &[Edit]) -> Result<Plan, Error> {
    let mut changes = Vec::with_capacity(edits.len());
    for edit in edits {
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
                let mut values = library.entries[entry].list(field);
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

/// The fixes that keep the meaning, of the entries `ids` (all where there are none).
pub fn fixes(library: &Library, ids: &[String]) -> Plan {
    let mut files = Vec::new();
    let mut keys = BTreeSet::new();
    for finding in check::check(library, &Settings::default(), None) {
        let wanted = ids.is_empty() || ids.contains(&finding.key);
        if wanted && finding.safety == Some(Safety::Safe) && !finding.edits.is_empty() {
            // Of fixes that touch the same bytes the first is made; the others at the next round.
            let taken: Vec<_> = files
                .iter()
                .filter(|(source, _)| *source == finding.source)
                .flat_map(|(_, edits): &(usize, Vec<crate::text::edit::Edit>)| edits)
                .map(|edit| edit.span.clone())
                .collect();
            let apart = |edit: &crate::text::edit::Edit| {
                taken.iter().all(|it| edit.span.end < it.start || it.end < edit.span.start)
            };
            if finding.edits.iter().all(apart) {
                files.push((finding.source, finding.edits));
                keys.insert(finding.key);
            }
        }
    }
    let said = Said::new("tui.fixed").with("count", keys.len());
    Plan::of_edits(files, said, keys.into_iter().collect())
}

/// What the rules find in the whole library, the gravest first.
pub fn problems(library: &Library) -> Vec<Problem> {
    let mut findings = check::check(library, &Settings::default(), None);
    findings.sort_by_key(|it| std::cmp::Reverse(it.severity));
    findings.into_iter().map(problem).collect()
}

fn problem(finding: check::Finding) -> Problem {
    Problem {
        id: finding.key,
        rule: finding.id,
        sign: match finding.severity {
            Severity::Error => '!',
            Severity::Warning => '?',
            Severity::Info => '·',
        },
        said: finding.said,
        has_fix: finding.safety == Some(Safety::Safe),
    }
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
    let findings = if library.entries.len() <= SMALL {
        check::check(library, &Settings::default(), None)
    } else {
        let bytes = library.written(entry).to_vec();
        let path = library.sources[entry.place.source].path.clone();
        let alone = Library::new(vec![(path, bytes.into())]);
        check::check(&alone, &Settings::default(), None)
    };
    let own = findings.into_iter().filter(|it| it.key == entry.key);
    Form {
        id: id.to_owned(),
        kind: entry.entry_type.clone(),
        fields,
        problems: own.map(|it| it.said).collect(),
    }
}

/// The values that the library has in `field`, in alphabetical order, lists taken apart.
pub fn values(library: &Library, field: &str) -> Vec<String> {
    let mut out: BTreeSet<String> = BTreeSet::new();
    for raw in library.entries.iter().filter_map(|entry| entry.raw(field)) {
        let parts: Vec<&str> = match field {
            "author" | "editor" | "translator" | "publisher" | "institution" | "location"
            | "organization" => name::split_list(raw),
            "keywords" | "project" | "related" | "ids" => raw.split(',').collect(),
            _ => vec![raw],
        };
        out.extend(parts.into_iter().map(|it| it.trim().to_owned()).filter(|it| it.len() < 300));
    }
    out.into_iter().collect()
}
