//! Changes being made, one after the other, before anything is written.

use super::refused::refuse;
use super::{Change, Plan};
use crate::bibtex::change::{self, Refused};
use crate::bibtex::habits::Habits;
use crate::bibtex::{self, Kind, reference, write};
use crate::model::{Library, alias};
use crate::session::{Error, target};
use crate::text::edit::{self, Edit};
use crate::text::said::Said;
use std::collections::{BTreeMap, HashMap};

/// The blocks being edited, each on its own, and what is done between blocks.
pub(super) struct Draft<'a> {
    library: &'a Library,
    blocks: BTreeMap<usize, Block>,
    between: Vec<(usize, Edit)>,
    habits: HashMap<usize, Habits>,
    keys: Vec<String>,
    notes: Vec<Said>,
}

/// A block after the edits so far.
struct Block {
    text: Vec<u8>,
    edits: Vec<Edit>,
}

impl<'a> Draft<'a> {
    pub fn new(library: &'a Library) -> Self {
        let (blocks, between) = (BTreeMap::new(), Vec::new());
        Self {
            library,
            blocks,
            between,
            habits: HashMap::new(),
            keys: Vec::new(),
            notes: Vec::new(),
        }
    }

    pub fn make(&mut self, change: &Change) -> Result<(), Error> {
        match change {
            Change::Set { entry, field, value } => {
                let field = self.spelled(*entry, field);
                self.edit(*entry, |bytes, block, habits| {
                    change::set(bytes, block, habits, &field, value)
                })
            }
            Change::SetWritten { entry, field, value } => {
                let field = self.spelled(*entry, field);
                self.edit(*entry, |bytes, block, habits| {
                    change::set_written(bytes, block, habits, &field, value)
                })
            }
            Change::Unset { entry, field } => {
                let field = self.spelled(*entry, field);
                self.edit(*entry, |bytes, block, _| change::unset(bytes, block, &field))
            }
            Change::RenameField { entry, from, to } => {
                let from = self.spelled(*entry, from);
                self.edit(*entry, |bytes, block, _| change::rename_field(bytes, block, &from, to))
            }
            Change::SetType { entry, to } => {
                self.edit(*entry, |bytes, block, habits| change::set_type(bytes, block, habits, to))
            }
            Change::Rename { entry, to, keep_old } => self.rename(*entry, to, *keep_old),
            Change::Remove { entry } => self.remove(*entry),
            Change::Rewrite { entry, text } => self.rewrite(*entry, text),
            Change::Add { source, after, entry_type, key, fields } => {
                self.add(*source, *after, entry_type, key, fields)
            }
            Change::Insert { source, after, text } => {
                self.insert(*source, *after, text);
                Ok(())
            }
            Change::Move { entry, to } => {
                let written = self.library.written(&self.library.entries[*entry]).to_vec();
                self.remove(*entry)?;
                self.insert(*to, None, &String::from_utf8_lossy(&written));
                Ok(())
            }
        }
    }

    /// Edits one entry as it is after the edits so far.
    fn edit(
        &mut self,
        entry: usize,
        edits: impl Fn(&[u8], &bibtex::Entry, &Habits) -> Result<Vec<Edit>, Refused>,
    ) -> Result<(), Error> {
        let source = self.library.entries[entry].place.source;
        self.habits(source);
        let library = self.library;
        let written = library.written(&library.entries[entry]);
        let block = self
            .blocks
            .entry(entry)
            .or_insert_with(|| Block { text: written.to_vec(), edits: Vec::new() });
        let file = bibtex::parse(&block.text);
        let named = |refused| refuse(library, entry, refused);
        let (_, read) = file.entries().next().ok_or_else(|| named(Refused::Broken))?;
        let new = edits(&block.text, read, &self.habits[&source]).map_err(named)?;
        let text = edit::apply(&block.text, &new).map_err(|_| named(Refused::Broken))?;
        block.edits =
            edit::compose(written, &block.edits, &new).map_err(|_| named(Refused::Broken))?;
        block.text = text;
        Ok(())
    }

    fn habits(&mut self, source: usize) -> &Habits {
        let source_file = &self.library.sources[source];
        self.habits
            .entry(source)
            .or_insert_with(|| Habits::of(&source_file.bytes, &source_file.file))
    }

    /// The field as the entry spells it: `journal` where `journaltitle` is asked for and the like.
    fn spelled(&self, entry: usize, field: &str) -> String {
        let asked = alias::field(field);
        let place = &self.library.entries[entry];
        let bytes = &self.library.sources[place.place.source].bytes;
        let fields =
            self.library.block(place).map(|block| block.fields.as_slice()).unwrap_or_default();
        let names = || fields.iter().map(|it| bibtex::text(bytes, &it.name));
        if names().any(|name| name.eq_ignore_ascii_case(field)) {
            return field.to_owned();
        }
        let twin = names().find(|name| alias::field(name) == asked);
        twin.map_or_else(|| field.to_owned(), std::borrow::Cow::into_owned)
    }

    fn rename(&mut self, entry: usize, to: &str, keep_old: bool) -> Result<(), Error> {
        let library = self.library;
        let old = library.entries[entry].key.clone();
        let taken = |it: &usize| *it != entry && library.entries[*it].key.eq_ignore_ascii_case(to);
        if let Some(other) = (0..library.entries.len()).find(taken) {
            let said = Said::new("edit.key-taken").with("key", to);
            return Err(Error::usage(said.with("place", target::place(library, other))));
        }
        self.edit(entry, |bytes, block, _| change::set_key(bytes, block, to))?;
        let mut ids = library.entries[entry].list("ids");
        let had = ids.len();
        ids.retain(|id| id != to);
        if keep_old && !old.is_empty() && !ids.contains(&old) {
            ids.push(old.clone());
        }
        if ids.is_empty() && had > 0 {
            self.edit(entry, |bytes, block, _| change::unset(bytes, block, "ids"))?;
        } else if ids != library.entries[entry].list("ids") {
            let ids = ids.join(", ");
            self.edit(entry, |bytes, block, habits| {
                change::set(bytes, block, habits, "ids", &ids)
            })?;
        }
        self.keys.push(to.to_owned());
        // Where another entry has the key too, what points to it may mean that one.
        let shared =
            library.entries.iter().enumerate().any(|(at, it)| at != entry && it.key == old);
        if old.is_empty() || shared {
            return Ok(());
        }
        let caseless =
            library.entries.iter().all(|it| it.key == old || !it.key.eq_ignore_ascii_case(&old));
        let is_old = |key: &str| key == old || (caseless && key.eq_ignore_ascii_case(&old));
        for at in 0..library.entries.len() {
            let it = &library.entries[at];
            let Some(block) = library.block(it) else { continue };
            let bytes = &library.sources[it.place.source].bytes;
            if block.close.is_some()
                && reference::all(bytes, block).iter().any(|(_, key)| is_old(key))
            {
                self.edit(at, |bytes, block, _| Ok(reference::renamed(bytes, block, is_old, to)))?;
            }
        }
        self.keys.push(old);
        Ok(())
    }

    fn remove(&mut self, entry: usize) -> Result<(), Error> {
        let it = &self.library.entries[entry];
        let source = &self.library.sources[it.place.source];
        let blocks = &source.file.blocks;
        let index = blocks.partition_point(|block| block.span.start < it.place.span.start);
        let edit = change::remove(&source.bytes, blocks, index);
        let edit = edit.ok_or_else(|| refuse(self.library, entry, Refused::Broken))?;
        self.between.push((it.place.source, edit));
        let pointing = self
            .library
            .entries
            .iter()
            .filter(|other| {
                let bytes = &self.library.sources[other.place.source].bytes;
                let block = self.library.block(other);
                !it.key.is_empty()
                    && other.place != it.place
                    && block.is_some_and(|block| {
                        reference::all(bytes, block).iter().any(|(_, key)| *key == it.key)
                    })
            })
            .count();
        if pointing > 0 {
            let said = Said::new("edit.still-pointed-at").with("key", &it.key);
            self.notes.push(said.with("count", pointing));
        }
        Ok(())
    }

    fn rewrite(&mut self, entry: usize, text: &str) -> Result<(), Error> {
        let written = self.library.written(&self.library.entries[entry]);
        let text = text.trim_end_matches(['\n', '\r']);
        let was_broken = self.library.entries[entry].is_broken;
        let file = bibtex::parse(text.as_bytes());
        let ends = file.blocks.last().is_none_or(|block| block.kind != Kind::Text);
        if let Some(problem) = file.problems.iter().find(|it| it.what.breaks())
            && !was_broken
        {
            let error = refuse(self.library, entry, Refused::Broken);
            return Err(error.hint(Said::new(problem.what.help_id())));
        }
        if text.trim().is_empty() || !ends {
            return Err(Error::usage(Said::new("edit.not-an-entry")));
        }
        let edits: Vec<Edit> = edit::smallest(0, written, text.as_bytes()).into_iter().collect();
        self.blocks.insert(entry, Block { text: text.as_bytes().to_vec(), edits });
        Ok(())
    }

    fn add(
        &mut self,
        source: usize,
        after: Option<usize>,
        entry_type: &str,
        key: &str,
        fields: &[(String, String)],
    ) -> Result<(), Error> {
        let bad = |refused| {
            super::told(&refused, key, &self.library.sources[source].path.display().to_string())
        };
        change::check_name(entry_type).map_err(bad)?;
        change::check_key(key).map_err(bad)?;
        for (name, value) in fields {
            change::check_name(name).map_err(bad)?;
            if !change::is_balanced(value) {
                return Err(bad(Refused::Unbalanced));
            }
        }
        let text = write::entry(self.habits(source), entry_type, key, fields);
        // A value may hold what reads like the head of an entry.
        let read = bibtex::parse(text.as_bytes());
        let is_one =
            matches!(read.blocks.as_slice(), [block] if matches!(block.kind, Kind::Entry(_)));
        if !is_one || read.problems.iter().any(|it| it.what.breaks()) {
            return Err(bad(Refused::Broken));
        }
        self.insert(source, after, &text);
        Ok(())
    }

    fn insert(&mut self, source: usize, after: Option<usize>, text: &str) {
        let file = &self.library.sources[source];
        let after = after.map(|entry| {
            let start = self.library.entries[entry].place.span.start;
            file.file.blocks.partition_point(|block| block.span.start < start)
        });
        let habits = self.habits(source).clone();
        let text = text.replace("\r\n", "\n").replace('\n', habits.newline);
        let read = bibtex::parse(text.as_bytes());
        for (_, entry) in read.entries() {
            self.keys.push(bibtex::text(text.as_bytes(), &entry.key).into_owned());
        }
        let mut edit = write::insertion(&file.bytes, &file.file, &habits, after, &text);
        // The second entry added to a file that ends without a line end stands behind the first.
        if self
            .between
            .iter()
            .any(|(other, it)| *other == source && it.span == edit.span && file.bytes.is_empty())
        {
            edit.insert.splice(0..0, habits.newline.bytes());
        }
        self.between.push((source, edit));
    }

    pub fn finish(self, changes: &[Change]) -> Plan {
        let mut files: Vec<(usize, Vec<Edit>)> = Vec::new();
        let mut keys = self.keys;
        for (entry, block) in self.blocks {
            let it = &self.library.entries[entry];
            let start = it.place.span.start;
            let edits = block
                .edits
                .into_iter()
                .map(|edit| Edit::new(edit.span.start + start..edit.span.end + start, edit.insert));
            files.push((it.place.source, edits.collect()));
        }
        files.extend(self.between.into_iter().map(|(source, edit)| (source, vec![edit])));
        for change in changes {
            keys.extend(change.entry().map(|entry| self.library.entries[entry].key.clone()));
        }
        keys.retain(|key| !key.is_empty());
        keys.sort();
        keys.dedup();
        let mut plan = Plan::of_edits(files, super::said(self.library, changes, &keys), keys);
        plan.notes = self.notes;
        plan
    }
}
