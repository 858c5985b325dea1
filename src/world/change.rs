//! Carrying out what was planned: saving, undoing, doing again.

use crate::bibtex::hunk;
use crate::model::Library;
use crate::session::Error;
use crate::session::change::Plan;
use crate::store::history::{self, Step};
use crate::store::journal::{Kind, Note};
use crate::store::save::{self, Job, Saved};
use crate::store::state::State;
use crate::text::edit::{Edit, apply};
use crate::text::said::{Said, known};
use crate::text::tex;
use crate::world::place;
use std::collections::HashMap;
use std::path::PathBuf;

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// Files that were written.
    pub files: Vec<PathBuf>,
    /// Files that another program had changed: its changes were kept.
    pub merged: Vec<PathBuf>,
    /// The texts of these, as they are now.
    texts: Vec<Vec<u8>>,
    /// Files of which it is not certain that they are on the disk yet.
    pub unconfirmed: Vec<PathBuf>,
    /// Whether there is a journal: without a home there is none, and no undo.
    pub has_history: bool,
}

/// Saves what `plan` says and reads the library anew from what was written. On an error nothing
/// has changed, on the disk or in `library`; what was meant stands in the journal.
pub fn save(library: &mut Library, plan: &Plan) -> Result<Done, Error> {
    let mut done = save_last(library, plan)?;
    refresh(library, &plan.files, &mut done);
    Ok(done)
}

/// [`save()`] for who has no more use for the library: it is left as it was read.
pub fn save_last(library: &Library, plan: &Plan) -> Result<Done, Error> {
    let note = Note {
        kind: Kind::Change,
        of: None,
        what: plan.said.id.to_owned(),
        args: plan
            .said
            .args
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect(),
        keys: plan.keys.clone(),
    };
    write(library, &plan.files, &note)
}

fn write(library: &Library, files: &[(usize, Vec<Edit>)], note: &Note) -> Result<Done, Error> {
    let state = place::state().map(State::new);
    let mut jobs = Vec::with_capacity(files.len());
    for (source, edits) in files {
        let source = &library.sources[*source];
        if source.path.as_os_str() == "-" {
            return Err(Error::usage(Said::new("edit.standard-input")));
        }
        jobs.push(Job {
            path: &source.path,
            base: &source.bytes,
            file: &source.file,
            encoding: source.encoding,
            edits: edits.clone(),
        });
    }
    let saved = save::save(state.as_ref(), &jobs, note).map_err(told)?;
    let mut done = Done { has_history: state.is_some(), ..Done::default() };
    for Saved { path, merged, durable } in saved {
        if let Some(text) = merged {
            done.merged.push(path.clone());
            done.texts.push(text);
        }
        if !durable {
            done.unconfirmed.push(path.clone());
        }
        done.files.push(path);
    }
    Ok(done)
}

/// Reads the library anew from what was written.
fn refresh(library: &mut Library, files: &[(usize, Vec<Edit>)], done: &mut Done) {
    let mut merged: HashMap<PathBuf, Vec<u8>> =
        done.merged.iter().cloned().zip(std::mem::take(&mut done.texts)).collect();
    let mut texts = Vec::with_capacity(done.files.len());
    for (source, edits) in files.iter().filter(|(_, edits)| !edits.is_empty()) {
        let read = &library.sources[*source];
        let text = match merged.remove(&read.path) {
            Some(text) => text,
            // They were carried out when they were saved.
            None => apply(&read.bytes, edits).unwrap_or_else(|_| read.bytes.to_vec()),
        };
        texts.push((*source, text.into()));
    }
    if !texts.is_empty() {
        *library = std::mem::take(library).with_texts(texts);
    }
}

/// Clears up after saves that were cut short, by a crash or a power cut; gives the files that had
/// been half written in place and have their old text back. Does nothing where nothing was left.
pub fn recover(files: &[PathBuf]) -> Vec<PathBuf> {
    let Some(state) = place::state().map(State::new) else { return Vec::new() };
    // What cannot be cleared up now is met again, and told, when the file is saved.
    let was_torn = |path: &&PathBuf| save::recover(&state, path).unwrap_or(false);
    files.iter().filter(was_torn).cloned().collect()
}

/// The steps of a library, oldest first.
pub fn steps(library: &Library) -> Result<Vec<Step>, Error> {
    let Some(state) = place::state().map(State::new) else { return Ok(Vec::new()) };
    let files: Vec<PathBuf> = library.sources.iter().map(|source| source.path.clone()).collect();
    history::steps(&state, &files)
        .map_err(|error| Error::world(Said::new("edit.no-history")).because(error))
}

/// Which way through the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Takes the last step back.
    Undo,
    /// Makes the step again that was taken back last.
    Redo,
}

/// The next step that way, and the edits that carry it out on the library as it is.
pub fn next(library: &Library, way: Way) -> Result<(Step, Plan), Error> {
    let steps = steps(library)?;
    let (undo, redo) = history::stacks(&steps);
    let (step, none) = match way {
        Way::Undo => (undo.last(), "edit.nothing-to-undo"),
        Way::Redo => (redo.last(), "edit.nothing-to-redo"),
    };
    let Some(step) = step else { return Err(Error::usage(Said::new(none))) };
    let mut files = Vec::new();
    for (path, hunks) in &step.files {
        let Some(source) = library.sources.iter().position(|source| source.path == *path) else {
            continue;
        };
        let hunks: Vec<hunk::Hunk> = match way {
            Way::Undo => hunks.iter().map(hunk::Hunk::reversed).collect(),
            Way::Redo => hunks.clone(),
        };
        let bytes = &library.sources[source].bytes;
        let edits = hunk::carried_out(bytes, &hunks).map_err(|changed| {
            let said = Said::new("edit.changed-since").with("key", changed.key);
            Error::world(said.with("path", path.display()))
        })?;
        files.push((source, edits));
    }
    let plan = Plan::of_edits(files, said(&step.note), step.note.keys.clone());
    Ok(((*step).clone(), plan))
}

/// Carries out what [`next`] gave.
pub fn step(library: &mut Library, way: Way, step: &Step, plan: &Plan) -> Result<Done, Error> {
    let kind = match way {
        Way::Undo => Kind::Undo,
        Way::Redo => Kind::Redo,
    };
    let note = Note { kind, of: Some(step.id.clone()), ..step.note.clone() };
    let mut done = write(library, &plan.files, &note)?;
    refresh(library, &plan.files, &mut done);
    Ok(done)
}

/// What a journal's note says. A message of a later version of the program is shown by its id.
pub fn said(note: &Note) -> Said {
    const NAMES: &[&str] = &["key", "field", "old", "new", "count", "file", "rule"];
    let id = known(&note.what).unwrap_or("edit.did-edit");
    let mut said = Said::new(id);
    for name in NAMES {
        if let Some(value) = note.args.get(*name) {
            said = said.with(name, value);
        }
    }
    if id == "edit.did-edit" && !note.args.contains_key("key") {
        said = said.with("key", note.keys.join(", "));
    }
    said
}

/// What stopped a save, as it is told.
fn told(error: save::Error) -> Error {
    use save::Error as E;
    let unchanged = Said::new("edit.nothing-written");
    let path = |id, path: &PathBuf| Said::new(id).with("path", path.display());
    match error {
        E::ReadOnly(at) => Error::world(path("edit.read-only", &at)).hint(unchanged),
        E::NotAFile(at, source) => {
            let error = Error::world(path("edit.not-a-file", &at)).hint(unchanged);
            match source {
                Some(source) => error.because(source),
                None => error,
            }
        }
        E::Moving(at) => Error::world(path("edit.moving", &at)).hint(unchanged),
        E::Locked(at) => Error::world(path("edit.locked", &at)).hint(unchanged),
        E::ChangedOnDisk { path: at, conflicts } => {
            let mut error = Error::world(path("changed-on-disk", &at));
            for conflict in conflicts.iter().take(3) {
                let none = || "–".to_owned();
                error = error.hint(
                    Said::new("changed-on-disk.value")
                        .with("key", &conflict.key)
                        .with("field", &conflict.field)
                        .with("ours", conflict.ours.clone().unwrap_or_else(none))
                        .with("theirs", conflict.theirs.clone().unwrap_or_else(none)),
                );
            }
            error.hint(unchanged)
        }
        E::WouldLose(at, loss) => {
            Error::world(path("edit.would-lose", &at)).because(loss).hint(unchanged)
        }
        E::NoSuchCharacter(at, source) => Error::world(
            path("edit.no-such-character", &at)
                .with("character", source.character)
                .with("encoding", source.encoding),
        )
        .hint(match tex::of(source.character) {
            Some(tex) => Said::new("edit.no-such-character.help-tex").with("tex", tex),
            None => Said::new("edit.no-such-character.help"),
        }),
        E::Full { path: at, needed, free } => {
            let said = path("edit.full", &at).with("needed", needed).with("free", free);
            Error::world(said).hint(unchanged)
        }
        E::Failed { path: at, step, source } => {
            let said = path("edit.not-written", &at).with("step", step);
            Error::world(said).because(source).hint(unchanged)
        }
    }
}
