//! Records from elsewhere held against a library: what each is to it, what is to be done with it,
//! and the changes that do it, all in one step.

mod provenance;
mod rejects;

pub use provenance::Provenance;
pub use rejects::Rejects;

use crate::compare::{self, Decisions, Features, Match, Verdict, merge};
use crate::exchange::{self, Format, Record, key};
use crate::model::Library;
use crate::session::change::Change;
use crate::text::said::Said;
use std::collections::HashSet;

/// What a record is to the library.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// Nothing like it is known.
    New,
    /// The same work is there: its place in [`Library::entries`], and why.
    Same(usize, Vec<Said>),
    /// Perhaps the same work is there.
    Perhaps(usize, Vec<Said>),
    /// The same work came before in what is imported: which newcomer.
    Twice(usize),
    /// It was looked at before and not wanted.
    Rejected,
}

/// What is to be done with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// It becomes an entry.
    Add,
    /// Nothing.
    Skip,
    /// What it says more is put into the entry that is there.
    Merge(usize),
    /// Nothing, and it is remembered as not wanted.
    Reject,
}

/// What is done with records of works that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duplicates {
    /// They are left out; what is only perhaps the same is added.
    Skip,
    /// What they say more is put into the entries that are there.
    Merge,
    /// They are added all the same.
    Keep,
}

/// One record of an import.
#[derive(Debug, Clone)]
pub struct Newcomer {
    /// The record, with a citation key that is free.
    pub record: Record,
    /// The file it came from, by its place in the list of files.
    pub file: usize,
    /// What it is to the library.
    pub standing: Standing,
    /// How certain it is that the work is there, 0 to 1; 0 where nothing like it is.
    pub score: f32,
    /// What is to be done with it.
    pub doing: Doing,
    /// Where it is merged, the fields of which a person chose the value: 0 the one that is there, 1
    /// the record's.
    pub chosen: Vec<(String, usize)>,
    /// Whether the citation key is the source's own.
    is_own_key: bool,
}

/// An import before anything is done.
pub struct Import {
    /// The records in their order.
    pub newcomers: Vec<Newcomer>,
    /// The same records as entries, each at the place of its newcomer.
    pub entries: Library,
}

impl Import {
    /// Holds `records` (each with the file it came from) against `library`.
    pub fn new(
        library: &Library,
        records: Vec<(usize, Record)>,
        decisions: &Decisions,
        rejects: &Rejects,
    ) -> Self {
        let mut newcomers = Vec::with_capacity(records.len());
        let mut taken = HashSet::new();
        for (file, mut record) in records {
            exchange::mend(&mut record);
            let is_own_key = !record.key.is_empty();
            record.key = free_key(library, &taken, &record);
            taken.insert(record.key.to_lowercase());
            let (standing, doing) = (Standing::New, Doing::Add);
            let (score, chosen) = (0.0, Vec::new());
            newcomers.push(Newcomer { record, file, standing, score, doing, chosen, is_own_key });
        }
        let mut text = Vec::new();
        let mut records = newcomers.iter().map(|it| it.record.clone());
        // Writing into memory cannot fail.
        let _losses = exchange::write(
            Format::Biblatex,
            &mut records,
            &mut text,
            &exchange::Options::default(),
        );
        let entries = Library::new(vec![("import.bib".into(), text.into())]);
        let mut it = Self { newcomers, entries };
        it.stand(library, decisions, rejects);
        it
    }

    fn stand(&mut self, library: &Library, decisions: &Decisions, rejects: &Rejects) {
        let known: Vec<Features> = library.entries.iter().map(Features::of).collect();
        let news: Vec<Features> = self.entries.entries.iter().map(Features::of).collect();
        let matches = compare::incoming(&known, &news, decisions);
        for (newcomer, found) in self.newcomers.iter_mut().zip(matches) {
            let reasons =
                |it: &compare::Likeness| it.reasons.iter().map(|r| r.said.clone()).collect();
            newcomer.score = match &found {
                Match::New => 0.0,
                Match::Same(_, likeness) => likeness.score(),
                Match::Perhaps(likely) => likely.first().map_or(0.0, |(_, it)| it.score()),
            };
            newcomer.standing = match found {
                _ if rejects.has(&newcomer.record) => Standing::Rejected,
                Match::New => Standing::New,
                Match::Same(at, likeness) => Standing::Same(at, reasons(&likeness)),
                Match::Perhaps(likely) => match likely.first() {
                    Some((at, likeness)) => Standing::Perhaps(*at, reasons(likeness)),
                    None => Standing::New,
                },
            };
        }
        for cluster in compare::find(&news, decisions) {
            let Some((first, later)) = cluster.members.split_first() else { continue };
            for at in later.iter().filter(|_| cluster.verdict == Verdict::Same) {
                if let Some(newcomer) = self.newcomers.get_mut(*at)
                    && newcomer.standing == Standing::New
                {
                    newcomer.standing = Standing::Twice(*first);
                }
            }
        }
    }

    /// Decides on every newcomer by one rule.
    pub fn decide(&mut self, duplicates: Duplicates) {
        for newcomer in &mut self.newcomers {
            newcomer.doing = match (&newcomer.standing, duplicates) {
                (Standing::Rejected, _) => Doing::Skip,
                (Standing::New | Standing::Perhaps(..), _) | (_, Duplicates::Keep) => Doing::Add,
                (Standing::Same(at, _), Duplicates::Merge) => Doing::Merge(*at),
                (Standing::Same(..) | Standing::Twice(_), _) => Doing::Skip,
            };
        }
    }

    /// The changes that do what was decided: new entries behind the last of file `source` (its
    /// place in [`Library::sources`]), and fields of entries that are there. `provenance` says of
    /// each file where its records come from.
    pub fn changes(
        &self,
        library: &Library,
        source: usize,
        provenance: &[Provenance],
    ) -> Vec<Change> {
        let mut changes = Vec::new();
        for (newcomer, entry) in self.newcomers.iter().zip(&self.entries.entries) {
            match newcomer.doing {
                Doing::Add => {
                    let mut record = newcomer.record.clone();
                    if let Some(it) = provenance.get(newcomer.file) {
                        it.put(&mut record);
                    }
                    changes.push(Change::Add {
                        source,
                        after: None,
                        entry_type: record.entry_type.to_string(),
                        key: record.key.clone(),
                        fields: fields(&record),
                    });
                }
                Doing::Merge(at) => {
                    let pair = [&library.entries[at], entry];
                    let mut planned = merge::plan(&pair, Some(0));
                    for (name, from) in &newcomer.chosen {
                        planned.take(&pair, name, *from);
                    }
                    for choice in planned.changes(&pair) {
                        // A key that we made up is nobody's.
                        if choice.name != "ids" || newcomer.is_own_key {
                            changes.push(Change::Set {
                                entry: at,
                                field: choice.name.clone(),
                                value: choice.value.clone(),
                            });
                        }
                    }
                }
                Doing::Skip | Doing::Reject => {}
            }
        }
        changes
    }
}

/// The fields of a record as TeX, in the order in which people look for them.
fn fields(record: &Record) -> Vec<(String, String)> {
    let place = |name: &str| ORDER.iter().position(|it| *it == name).unwrap_or(ORDER.len());
    let mut fields: Vec<(String, String)> = record
        .fields
        .iter()
        .map(|field| (field.name.to_string(), field.to_tex().into_owned()))
        .collect();
    fields.sort_by_key(|(name, _)| place(name));
    fields
}

/// Who, what, in what, by whom, when, where; the rest stays in the order of the source.
const ORDER: &[&str] = &[
    "author",
    "editor",
    "translator",
    "title",
    "subtitle",
    "titleaddon",
    "booktitle",
    "booksubtitle",
    "journaltitle",
    "shortjournal",
    "series",
    "type",
    "volume",
    "number",
    "issue",
    "edition",
    "chapter",
    "pages",
    "pagetotal",
    "eid",
    "institution",
    "organization",
    "publisher",
    "location",
    "date",
    "pubstate",
    "isbn",
    "issn",
    "eissn",
    "doi",
    "pmid",
    "pmcid",
    "eprint",
    "eprinttype",
    "url",
    "urldate",
    "langid",
    "language",
    "note",
    "keywords",
    "abstract",
];

/// The record's own key where it is free, else one made of its author, year and title.
fn free_key(library: &Library, taken: &HashSet<String>, record: &Record) -> String {
    let is_free =
        |key: &str| !taken.contains(&key.to_lowercase()) && library.position(key).is_none();
    if !record.key.is_empty() && is_free(&record.key) {
        return record.key.clone();
    }
    let made = if record.key.is_empty() { key::plain(record) } else { record.key.clone() };
    let made = if made.is_empty() { "record".to_owned() } else { made };
    if is_free(&made) {
        return made;
    }
    (2..).map(|n| format!("{made}-{n}")).find(|key| is_free(key)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
