//! Records on their way in and entries that are perhaps one work: held side by side, decided on,
//! carried out.

use crate::bibtex::{self, diff};
use crate::compare::merge::{self, Choice, Merge};
use crate::compare::{self, Features, Verdict};
use crate::exchange::identifier;
use crate::exchange::{Format, Item as Read, Options, Record};
use crate::model::{Entry, Library};
use crate::session::change::{Change, Plan, plan as planned};
use crate::session::import::{Doing, Import, Provenance, Standing as Is};
use crate::session::{Error, target};
use crate::store::folder::Folder;
use crate::text::said::Said;
use crate::tui::review::{Chosen, Comparison, Decision, Item, Kind, Review, Side, Standing};
use crate::tui::work::job::Progress;
use crate::world::fetch::{Fetch, service};
use crate::world::{duplicates as decided, imports, records};
use std::collections::HashMap;
use std::path::Path;

/// An import that is being decided on.
pub struct Pending {
    import: Import,
    provenance: Vec<Provenance>,
    /// What was pasted as BibTeX, by its citation key: it comes in as it is written.
    written: HashMap<String, String>,
}

/// Reads what was pasted, or the file that it names, and holds it against the library.
pub fn incoming(
    folder: &Folder,
    library: &Library,
    text: &str,
    progress: &Progress,
) -> Result<(Review, Pending), Error> {
    let path = Path::new(text.trim());
    let is_path = !text.trim().contains('\n') && text.len() < 4096 && path.is_file();
    let (mut found, mut notes, mut written) = (Vec::new(), Vec::new(), HashMap::new());
    // What is pasted comes from no file.
    let mut file = "-".to_owned();
    if let (false, Some(identifier)) = (is_path, identifier::read(text)) {
        progress.named("tui.job.fetch");
        file = service::name(&identifier);
        found.extend(Fetch::new().records(&identifier)?);
    } else {
        if is_path {
            file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        }
        let options = Options { columns: imports::columns(folder)?, ..Options::default() };
        let source = if is_path { records::open(path, None)? } else { records::text(text, None) };
        if !is_path && source.format == Format::Biblatex {
            written = as_written(text);
        }
        for item in source.read(&options) {
            progress.step(found.len(), None)?;
            match item {
                Read::Record(record) => found.push(record),
                Read::Unreadable(it) => {
                    notes.push(Said::new("tui.unreadable-record").with("line", it.line));
                }
            }
        }
    }
    if found.is_empty() {
        let error = Error::usage(Said::new("tui.nothing-in-it"));
        return Err(notes.into_iter().take(3).fold(error, Error::hint));
    }
    let decisions = decided::decided(folder)?;
    let rejects = imports::rejects(folder)?;
    let records = found.into_iter().map(|record| (0, record)).collect();
    progress.step(0, None)?;
    let import = Import::new(library, records, &decisions, &rejects);
    progress.step(0, None)?;
    let items = import.newcomers.iter().map(|it| {
        let (standing, there, reasons) = match &it.standing {
            Is::New => (Standing::New, None, &[][..]),
            Is::Same(at, reasons) => (Standing::Same, Some(*at), reasons.as_slice()),
            Is::Perhaps(at, reasons) => (Standing::Perhaps, Some(*at), reasons.as_slice()),
            Is::Twice(_) => (Standing::Twice, None, &[][..]),
            Is::Rejected => (Standing::Rejected, None, &[][..]),
        };
        Item {
            ids: there.map(|at| name(library, at)).into_iter().collect(),
            name: it.record.key.clone(),
            brief: brief(&it.record),
            standing,
            percent: percent(it.score),
            reasons: reasons.iter().take(3).cloned().collect(),
            decision: match standing {
                Standing::New | Standing::Perhaps => Decision::Add,
                Standing::Same | Standing::Twice | Standing::Rejected => Decision::Skip,
            },
            chosen: Chosen::default(),
        }
    });
    let review = Review { kind: Kind::Import, items: items.collect(), notes };
    let provenance = vec![Provenance { file, day: imports::today(), ..Provenance::default() }];
    Ok((review, Pending { import, provenance, written }))
}

/// The entries of a BibTeX text, by citation key, as they are written.
fn as_written(text: &str) -> HashMap<String, String> {
    let read = bibtex::parse(text.as_bytes());
    let entries = read.blocks.iter().filter_map(|block| match &block.kind {
        bibtex::Kind::Entry(entry) if read.problems.is_empty() => {
            let key = bibtex::text(text.as_bytes(), &entry.key).into_owned();
            Some((key, bibtex::text(text.as_bytes(), &block.span).into_owned()))
        }
        _ => None,
    });
    entries.collect()
}

/// A record in one line.
fn brief(record: &Record) -> String {
    let names = record.text("author").or_else(|| record.text("editor")).unwrap_or_default();
    let names: String = names.chars().take(40).collect();
    let year: String = record.text("date").unwrap_or_default().chars().take(4).collect();
    let parts = [names, year, record.whole_title("title")];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")
}

fn percent(score: f32) -> u8 {
    // A whole hundred would say that no doubt is left.
    (score * 100.0).round().clamp(0.0, 99.0) as u8
}

/// The name of an entry in marks and effects.
fn name(library: &Library, at: usize) -> String {
    let key = &library.entries[at].key;
    match target::find(library, key) {
        Ok(found) if found == at => key.clone(),
        _ => target::place(library, at),
    }
}

impl Pending {
    /// The record of `item` beside what is there, with what was chosen.
    pub fn compare(&self, library: &Library, item: usize, chosen: &Chosen) -> Option<Comparison> {
        let newcomer = self.import.newcomers.get(item)?;
        let entry = self.import.entries.entries.get(item)?;
        let (Is::Same(at, _) | Is::Perhaps(at, _)) = &newcomer.standing else {
            let only = [entry];
            return Some(beside(item, &only, &merge::plan(&only, Some(0)), &[head(entry)]));
        };
        let pair = [library.entries.get(*at)?, entry];
        let merge = chosen_merge(&pair, &Chosen { keep: Some(0), ..chosen.clone() });
        let heads = [format!("{} · {}", head(pair[0]), place(library, *at)), head(entry)];
        Some(beside(item, &pair, &merge, &heads))
    }

    /// The plan that does what was decided on each record.
    pub fn plan(
        &mut self,
        folder: &Folder,
        library: &mut Library,
        decided: &[(Decision, Chosen)],
    ) -> Result<Plan, Error> {
        for (newcomer, (decision, chosen)) in self.import.newcomers.iter_mut().zip(decided) {
            newcomer.doing = match (decision, &newcomer.standing) {
                (Decision::Add, _) => Doing::Add,
                (Decision::Merge, Is::Same(at, _) | Is::Perhaps(at, _)) => Doing::Merge(*at),
                (Decision::Reject, _) => Doing::Reject,
                (Decision::Merge | Decision::Skip, _) => Doing::Skip,
            };
            newcomer.chosen = chosen.fields.clone().into_iter().collect();
        }
        let source = match folder.files.first() {
            Some(first) => library.source_at(first),
            None => 0,
        };
        let mut changes = self.import.changes(library, source, &self.provenance);
        for change in &mut changes {
            if let Change::Add { source, after, key, .. } = change
                && let Some(text) = self.written.get(key)
            {
                *change = Change::Insert { source: *source, after: *after, text: text.clone() };
            }
        }
        planned(library, &changes)
    }

    /// Remembers the records that are not wanted.
    pub fn remember(&self, folder: &Folder) -> Result<(), Error> {
        let rejected = || self.import.newcomers.iter().filter(|it| it.doing == Doing::Reject);
        if rejected().next().is_none() {
            return Ok(());
        }
        let mut rejects = imports::rejects(folder)?;
        rejected().for_each(|it| rejects.add(&it.record));
        imports::remember_rejects(folder, &rejects)
    }
}

/// Entries that are one work or perhaps are, the surest first; those that are known to be different
/// works are left out.
pub fn duplicates(
    folder: &Folder,
    library: &Library,
    progress: &Progress,
) -> Result<Review, Error> {
    let decisions = decided::decided(folder)?;
    let mut features = Vec::with_capacity(library.entries.len());
    for (at, entry) in library.entries.iter().enumerate() {
        progress.step(at, Some(library.entries.len()))?;
        features.push(Features::of(entry));
    }
    let clusters = compare::find(&features, &decisions);
    progress.step(library.entries.len(), Some(library.entries.len()))?;
    let items = clusters.into_iter().map(|cluster| {
        let ids: Vec<String> = cluster.members.iter().map(|at| name(library, *at)).collect();
        let weakest = cluster.pairs.iter().map(|pair| pair.likeness.score()).reduce(f32::min);
        let reasons = cluster.pairs.first().map(|pair| pair.likeness.reasons.as_slice());
        let first = cluster.members.first().map(|at| &library.entries[*at]);
        Item {
            name: ids.join(" = "),
            ids,
            brief: first.map(Record::from_entry).map(|it| brief(&it)).unwrap_or_default(),
            standing: match cluster.verdict {
                Verdict::Same => Standing::Same,
                Verdict::Perhaps | Verdict::Apart => Standing::Perhaps,
            },
            percent: percent(weakest.unwrap_or_default()),
            reasons: reasons.unwrap_or_default().iter().take(3).map(|it| it.said.clone()).collect(),
            decision: Decision::Merge,
            chosen: Chosen::default(),
        }
    });
    Ok(Review { kind: Kind::Duplicates, items: items.collect(), notes: Vec::new() })
}

/// The entries `ids` side by side, with what was chosen.
pub fn compare(
    library: &Library,
    item: usize,
    ids: &[String],
    chosen: &Chosen,
) -> Result<Comparison, Error> {
    let members = members(library, ids)?;
    let entries: Vec<&Entry> = members.iter().map(|at| &library.entries[*at]).collect();
    let heads: Vec<String> = members
        .iter()
        .zip(&entries)
        .map(|(at, entry)| format!("{} · {}", head(entry), place(library, *at)))
        .collect();
    Ok(beside(item, &entries, &chosen_merge(&entries, chosen), &heads))
}

/// The plan that makes one entry of `ids`: a union of their fields, with what was chosen; what
/// pointed to those that go points to the one that stays.
pub fn merged(library: &Library, ids: &[String], chosen: &Chosen) -> Result<Plan, Error> {
    let members = members(library, ids)?;
    let entries: Vec<&Entry> = members.iter().map(|at| &library.entries[*at]).collect();
    let merge = chosen_merge(&entries, chosen);
    let key = entries.get(merge.kept).map(|entry| entry.key.clone()).unwrap_or_default();
    let changed = merge::edits(library, &members, &merge).map_err(|refused| {
        Error::usage(Said::new("tui.cannot-merge").with("what", ids.join(", ")))
            .because(refused.to_string())
    })?;
    let files = changed.into_iter().map(|it| (it.source, it.edits)).collect();
    let said = Said::new("tui.merged").with("what", ids.join(", "));
    Ok(Plan::of_edits(files, said, vec![key]))
}

/// The plan that merges everything that is at least so certainly one work, of a hundred.
pub fn merged_all(folder: &Folder, library: &Library, threshold: u8) -> Result<Plan, Error> {
    let decisions = decided::decided(folder)?;
    let merged = merge::all(library, &decisions, f32::from(threshold) / 100.0);
    let files = merged
        .changed
        .iter()
        .map(|(source, text)| (*source, diff::between(&library.sources[*source].bytes, text)));
    let said = Said::new("dedupe.merged").with("count", merged.keys.len());
    let keys = merged.keys.iter().map(|(kept, _)| kept.clone()).collect();
    Ok(Plan::of_edits(files.collect(), said, keys))
}

fn members(library: &Library, ids: &[String]) -> Result<Vec<usize>, Error> {
    ids.iter().map(|id| target::find(library, id)).collect()
}

fn chosen_merge(entries: &[&Entry], chosen: &Chosen) -> Merge {
    let mut merge = merge::plan(entries, chosen.keep);
    for (name, from) in &chosen.fields {
        merge.take(entries, name, *from);
    }
    merge
}

fn head(entry: &Entry) -> String {
    format!("@{} {}", entry.entry_type, entry.key)
}

fn place(library: &Library, at: usize) -> String {
    let place = target::place(library, at);
    place.rsplit(['/', '\\']).next().unwrap_or(&place).to_owned()
}

fn beside(item: usize, entries: &[&Entry], merge: &Merge, heads: &[String]) -> Comparison {
    let side = |choice: &Choice| Side {
        name: choice.name.clone(),
        values: entries
            .iter()
            .map(|entry| {
                let own = entry.field(&choice.name).filter(|field| field.from.is_none());
                own.map(|field| field.raw.to_string()).unwrap_or_default()
            })
            .collect(),
        result: choice.value.clone(),
        from: choice.from,
        why: choice.why.clone(),
    };
    Comparison {
        item,
        heads: heads.to_vec(),
        kept: merge.kept,
        fields: merge.fields.iter().map(side).collect(),
    }
}
