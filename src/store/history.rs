//! The steps of a library: changes of one file or more that were made as one.

use super::journal::{self, Kind, Note, Record};
use super::state::State;
use crate::bibtex::hunk::Hunk;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub id: String,
    /// When, in seconds since 1970.
    pub at: u64,
    /// What it was.
    pub note: Note,
    /// The files it changed, each with what was changed.
    pub files: Vec<(PathBuf, Vec<Hunk>)>,
    /// Whether it was saved everywhere.
    pub done: bool,
}

/// The steps of these files, oldest first.
pub fn steps(state: &State, files: &[PathBuf]) -> io::Result<Vec<Step>> {
    let mut steps: BTreeMap<String, Step> = BTreeMap::new();
    for path in files {
        let Ok(target) = std::fs::canonicalize(path) else { continue };
        for record in journal::read(&state.find(&target))? {
            add(&mut steps, path, record);
        }
    }
    Ok(steps.into_values().collect())
}

fn add(steps: &mut BTreeMap<String, Step>, path: &Path, record: Record) {
    let hunks = record.hunks.iter().map(journal::Stored::hunk).collect();
    let step = steps.entry(record.id.clone()).or_insert_with(|| Step {
        id: record.id,
        at: record.at,
        note: record.note,
        files: Vec::new(),
        done: true,
    });
    step.done &= record.done;
    step.files.push((path.to_owned(), hunks));
}

/// What can be undone, the next one last; and what can be done again, the next one last. A change
/// that was meant and never saved can be done again.
pub fn stacks(steps: &[Step]) -> (Vec<&Step>, Vec<&Step>) {
    let (mut undo, mut redo): (Vec<&Step>, Vec<&Step>) = (Vec::new(), Vec::new());
    for step in steps {
        let of =
            |stack: &[&Step]| stack.iter().rposition(|it| Some(&it.id) == step.note.of.as_ref());
        match step.note.kind {
            Kind::Change if step.done => {
                redo.clear();
                undo.push(step);
            }
            Kind::Change => redo.push(step),
            Kind::Undo if step.done => {
                if let Some(at) = of(&undo) {
                    redo.push(undo.remove(at));
                }
            }
            Kind::Redo if step.done => {
                if let Some(at) = of(&redo) {
                    undo.push(redo.remove(at));
                }
            }
            Kind::Undo | Kind::Redo => {}
        }
    }
    (undo, redo)
}
