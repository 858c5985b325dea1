//! Duplicates: found, shown with reasons, made one.

use crate::compare::{self, Features, Verdict};
use crate::model::{Entry, Library};
use crate::session::change::Plan;
use crate::session::{Error, target};
use crate::store::folder::Folder;
use crate::text::said::Said;
use crate::tui::effect::Duplicate;
use crate::world::duplicates as decided;

/// Entries that are one work or perhaps are, the surest first; those that are known to be different
/// works are left out.
pub fn duplicates(folder: &Folder, library: &Library) -> Result<Vec<Duplicate>, Error> {
    let decisions = decided::decided(folder)?;
    let features: Vec<Features> = library.entries.iter().map(Features::of).collect();
    let clusters = compare::find(&features, &decisions);
    Ok(clusters
        .into_iter()
        .map(|cluster| {
            let name = |at: &usize| {
                let key = &library.entries[*at].key;
                let is_doubled = target::find(library, key).is_err();
                if is_doubled { target::place(library, *at) } else { key.clone() }
            };
            let reasons = cluster.pairs.first().map(|pair| &pair.likeness.reasons);
            Duplicate {
                ids: cluster.members.iter().map(name).collect(),
                titles: cluster.members.iter().map(|at| library.entries[*at].title()).collect(),
                is_sure: cluster.verdict == Verdict::Same,
                reasons: reasons
                    .map(|all| all.iter().take(3).map(|it| it.said.clone()).collect())
                    .unwrap_or_default(),
            }
        })
        .collect())
}

/// The plan that makes one entry of `ids`: a union of their fields; what pointed to those that go
/// points to the one that stays.
pub fn plan(library: &Library, ids: &[String]) -> Result<Plan, Error> {
    let members: Vec<usize> =
        ids.iter().map(|id| target::find(library, id)).collect::<Result<_, _>>()?;
    let entries: Vec<&Entry> = members.iter().map(|at| &library.entries[*at]).collect();
    let merge = compare::merge::plan(&entries, None);
    let key = entries.get(merge.kept).map(|entry| entry.key.clone()).unwrap_or_default();
    let changed = compare::merge::edits(library, &members, &merge).map_err(|refused| {
        Error::usage(Said::new("tui.cannot-merge").with("what", ids.join(", ")))
            .because(refused.to_string())
    })?;
    let files = changed.into_iter().map(|it| (it.source, it.edits)).collect();
    let said = Said::new("tui.merged").with("what", ids.join(", "));
    Ok(Plan::of_edits(files, said, vec![key]))
}
