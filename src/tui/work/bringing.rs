//! What comes in: whatever was pasted, in any format, or a file by its name.

use crate::compare::{Decisions, Features, Incoming, Match};
use crate::exchange::{self, Format, Item, Options, Record};
use crate::model::Library;
use crate::session::change::{Change, Plan, plan as planned};
use crate::session::{Error, target};
use crate::text::said::Said;
use crate::world::records;
use std::collections::BTreeSet;
use std::path::Path;

/// What would come in: the new records as they would be written, and how many were left out because
/// the library has them.
pub fn plan(library: &Library, text: &str) -> Result<Plan, Error> {
    let path = Path::new(text.trim());
    let is_path = !text.trim().contains('\n') && path.is_file();
    let source = if is_path { records::open(path, None)? } else { records::text(text, None) };
    let known: Vec<Features> = library.entries.iter().map(Features::of).collect();
    let decisions = Decisions::default();
    let incoming = Incoming::new(&known, &decisions);
    let mut taken: BTreeSet<String> =
        library.entries.iter().map(|entry| entry.key.to_lowercase()).collect();
    let (mut texts, mut notes, mut same) = (Vec::new(), Vec::new(), 0);
    for item in source.read(&Options::default()) {
        let mut record = match item {
            Item::Record(record) => record,
            Item::Unreadable(unreadable) => {
                let said = Said::new("tui.unreadable-record").with("line", unreadable.line);
                notes.push(said);
                continue;
            }
        };
        name(&mut record, &taken);
        let bib = written(&record);
        let alone = Library::new(vec![("new.bib".into(), bib.clone().into())]);
        let Some(entry) = alone.entries.first() else { continue };
        match incoming.of(&Features::of(entry)) {
            Match::Same(at, _) => {
                same += 1;
                let place = target::place(library, at);
                notes.push(
                    Said::new("tui.have-already").with("key", &entry.key).with("place", place),
                );
                continue;
            }
            Match::Perhaps(near) => {
                let near = near.first().map(|(at, _)| library.entries[*at].key.clone());
                notes.push(
                    Said::new("tui.perhaps-have")
                        .with("key", &entry.key)
                        .with("near", near.unwrap_or_default()),
                );
            }
            Match::New => {}
        }
        taken.insert(record.key.to_lowercase());
        texts.push(String::from_utf8_lossy(&bib).into_owned());
    }
    if texts.is_empty() {
        let id = if same > 0 { "tui.all-known" } else { "tui.nothing-in-it" };
        return Err(notes.into_iter().fold(Error::usage(Said::new(id)), Error::hint));
    }
    let changes: Vec<Change> =
        texts.into_iter().map(|text| Change::Insert { source: 0, after: None, text }).collect();
    let mut plan = planned(library, &changes)?;
    plan.notes.extend(notes);
    Ok(plan)
}

/// A citation key for a record that has none, or one that is taken.
fn name(record: &mut Record, taken: &BTreeSet<String>) {
    let base =
        if record.key.is_empty() { exchange::key::plain(record) } else { record.key.clone() };
    let mut key = base.clone();
    let mut letters = ('a'..='z').cycle();
    while taken.contains(&key.to_lowercase()) || key.is_empty() {
        let letter = letters.next().unwrap_or('x');
        key = if key.len() > base.len() {
            format!("{key}{letter}")
        } else {
            format!("{base}{letter}")
        };
    }
    record.key = key;
}

fn written(record: &Record) -> Vec<u8> {
    let mut out = Vec::new();
    let mut one = std::iter::once(record.clone());
    // Writing to memory does not fail.
    let _losses = exchange::write(Format::Biblatex, &mut one, &mut out, &Options::default());
    out
}
