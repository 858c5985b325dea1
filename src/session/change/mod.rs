//! What a person wants changed → the edits of files that do it.
//!
//! Both faces and every command that changes a library go this way:
//!
//! ```no_run
//! # use kilde::{session::change::{plan, Change}, session::target, world, session::Error};
//! # fn example(folder: &kilde::store::folder::Folder) -> Result<(), Error> {
//! let mut library = world::open(folder)?;
//! let entry = target::find(&library, "aasen1864")?;
//! let set = Change::Set { entry, field: "year".into(), value: "1864".into() };
//! let plan = plan(&library, &[set])?;               // pure: nothing has happened yet
//! print!("{}", kilde::session::dry_run::diff(&library, &plan)); // what `--dry-run` prints
//! let done = world::change::save(&mut library, &plan)?;         // saved, in the journal, read again
//! # Ok(()) }
//! ```
//!
//! Who has edits already (a merge of duplicates, a fix) makes a [`Plan`] of them with
//! [`Plan::of_edits`]. New entries come in with [`Change::Add`] or, as text, [`Change::Insert`];
//! a file that is not there yet is taken in with [`Library::source_at`] first.

mod draft;
mod refused;

use super::Error;
use super::target;
use crate::model::Library;
use crate::text::edit::Edit;
use crate::text::said::Said;
use draft::Draft;
pub use refused::told;
use std::collections::BTreeMap;

/// One thing to be changed. Entries are indexes into [`Library::entries`], files into
/// [`Library::sources`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields say what they are")]
pub enum Change {
    /// Sets a field to TeX without delimiters; adds it where it is not there.
    Set { entry: usize, field: String, value: String },
    /// Sets a field to a value as written, with delimiters, macros and `#`.
    SetWritten { entry: usize, field: String, value: String },
    /// Takes a field away.
    Unset { entry: usize, field: String },
    /// Gives a field another name.
    RenameField { entry: usize, from: String, to: String },
    /// Gives an entry another type.
    SetType { entry: usize, to: String },
    /// Gives an entry another citation key, and whatever points to it too. With `keep_old` the old
    /// one still finds it: it goes into `ids`.
    Rename { entry: usize, to: String, keep_old: bool },
    /// Takes an entry away.
    Remove { entry: usize },
    /// Puts another text in an entry's place.
    Rewrite { entry: usize, text: String },
    /// Adds an entry in the file's own habits, behind another or behind the last.
    Add {
        source: usize,
        after: Option<usize>,
        entry_type: String,
        key: String,
        fields: Vec<(String, String)>,
    },
    /// Adds entries as they are written.
    Insert { source: usize, after: Option<usize>, text: String },
    /// Moves an entry, as it is written, to the end of another file.
    Move { entry: usize, to: usize },
}

/// What is to be done: edits, file by file, and what to call them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// For each file that changes its index in [`Library::sources`] and the edits to its text.
    pub files: Vec<(usize, Vec<Edit>)>,
    /// What it does, for the journal and for people.
    pub said: Said,
    /// The citation keys it is about.
    pub keys: Vec<String>,
    /// What a person should know of it all the same.
    pub notes: Vec<Said>,
}

impl Plan {
    /// A plan of edits made elsewhere. Files may come more than once.
    pub fn of_edits(files: Vec<(usize, Vec<Edit>)>, said: Said, keys: Vec<String>) -> Self {
        let mut by_file: BTreeMap<usize, Vec<Edit>> = BTreeMap::new();
        for (source, edits) in files {
            by_file.entry(source).or_default().extend(edits);
        }
        let files = by_file.into_iter().filter(|(_, edits)| !edits.is_empty()).collect();
        Self { files, said, keys, notes: Vec::new() }
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// The edits that make `changes`, in their order, as one step.
pub fn plan(library: &Library, changes: &[Change]) -> Result<Plan, Error> {
    let mut draft = Draft::new(library);
    for change in changes {
        draft.make(change)?;
    }
    Ok(draft.finish(changes))
}

impl Change {
    /// The entry it is about; none for a new one.
    fn entry(&self) -> Option<usize> {
        match self {
            Self::Set { entry, .. }
            | Self::SetWritten { entry, .. }
            | Self::Unset { entry, .. }
            | Self::RenameField { entry, .. }
            | Self::SetType { entry, .. }
            | Self::Rename { entry, .. }
            | Self::Remove { entry }
            | Self::Rewrite { entry, .. }
            | Self::Move { entry, .. } => Some(*entry),
            Self::Add { .. } | Self::Insert { .. } => None,
        }
    }
}

/// What the journal calls the changes.
fn said(library: &Library, changes: &[Change], keys: &[String]) -> Said {
    let key = |entry: &usize| {
        let key = &library.entries[*entry].key;
        if key.is_empty() { target::place(library, *entry) } else { key.clone() }
    };
    let all = |keep: fn(&Change) -> bool| changes.iter().all(keep);
    let count = changes.len();
    match changes {
        [Change::Set { entry, field, .. } | Change::SetWritten { entry, field, .. }] => {
            Said::new("edit.did-set").with("key", key(entry)).with("field", field)
        }
        [Change::Unset { entry, field }] => {
            Said::new("edit.did-unset").with("key", key(entry)).with("field", field)
        }
        [Change::Rename { entry, to, .. }] => {
            Said::new("edit.did-rename").with("old", key(entry)).with("new", to)
        }
        [Change::Remove { entry }] => Said::new("edit.did-remove").with("key", key(entry)),
        [Change::Move { entry, to }] => Said::new("edit.did-move")
            .with("key", key(entry))
            .with("file", library.sources[*to].path.display()),
        _ if all(|it| matches!(it, Change::Remove { .. })) => {
            Said::new("edit.did-remove-many").with("count", count)
        }
        _ if all(|it| matches!(it, Change::Add { .. } | Change::Insert { .. })) => match keys {
            [key] => Said::new("edit.did-add").with("key", key),
            many => Said::new("edit.did-add-many").with("count", many.len()),
        },
        _ => match keys {
            [key] => Said::new("edit.did-edit").with("key", key),
            many => Said::new("edit.did-edit-many").with("count", many.len()),
        },
    }
}

#[cfg(test)]
mod tests;
