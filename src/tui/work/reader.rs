//! The worker that has the library at hand: it answers what the screen asks and saves what it
//! changes. The list comes from the index; the files are read when an entry is looked at.

use super::catalogue::Catalogue;
use super::changing;
use super::checking;
use super::citing::{self, Citing};
use super::exporting;
use super::job::Progress;
use super::jobs::{Shared, locked};
use super::opening;
use super::reviewing::{self, Pending};
use super::searching;
use super::showing;
use crate::check::Finding;
use crate::index::{self, Index};
use crate::model::{Entry, Library};
use crate::session::{Error, target};
use crate::store::folder::Folder;
use crate::text::said::Said;
use crate::tui::change::Edit;
use crate::tui::effect::{Effect, Look};
use crate::tui::reply::Reply;
use crate::tui::review::{Chosen, Decision};
use crate::world;
use crate::world::finding;
use std::ops::ControlFlow;
use std::sync::Arc;

/// The worker that has the library at hand.
pub struct Reader {
    pub(super) folder: Folder,
    catalogue: Catalogue,
    pub(super) library: Option<Arc<Library>>,
    citing: Option<Citing>,
    has_told_styles: bool,
    /// What is being decided on.
    pub(super) pending: Shared<Option<Pending>>,
    /// What the rules found last.
    pub(super) findings: Shared<Vec<Finding>>,
}

impl Reader {
    /// A worker for the library in `folder`; nothing is read yet. Who asks waits for the index.
    pub fn new(folder: Folder) -> Self {
        Self::beside(Catalogue::new(folder.clone(), None), folder)
    }

    /// A worker whose list is answered from `catalogue`.
    pub(super) fn beside(catalogue: Catalogue, folder: Folder) -> Self {
        Self {
            folder,
            catalogue,
            library: None,
            citing: None,
            has_told_styles: false,
            pending: Shared::default(),
            findings: Shared::default(),
        }
    }

    /// Does what `effect` says and gives what came of it.
    pub fn perform(&mut self, effect: Effect) -> Vec<Reply> {
        match self.try_perform(effect) {
            Ok(replies) => replies,
            Err(error) => vec![Reply::Trouble(error.into())],
        }
    }

    fn try_perform(&mut self, effect: Effect) -> Result<Vec<Reply>, Error> {
        let effect = match self.job(effect)? {
            Ok(job) => return (job.run)(&Progress::default()),
            Err(effect) => effect,
        };
        Ok(match effect {
            Effect::Find { .. } | Effect::Ids { .. } => self.catalogue.perform(effect),
            Effect::Preview { ticket, id, look } => {
                let preview = self.preview(&id, &look)?;
                let mut replies = vec![Reply::Previewed { ticket, preview }];
                if !std::mem::replace(&mut self.has_told_styles, true) {
                    replies.push(Reply::Styles(citing::all()));
                }
                replies
            }
            Effect::Yank { what, ids, look } => {
                self.ready(&look)?;
                let (library, citing) = self.both()?;
                let entries = entries(library, &ids);
                vec![Reply::Yanked(exporting::yank(library, citing, what, &entries)?)]
            }
            Effect::Form { id } => {
                let library = self.library()?;
                let at = target::find(library, &id)?;
                if library.entries[at].is_broken {
                    return Err(Error::usage(Said::new("tui.edit-as-text")));
                }
                vec![Reply::Form(changing::form(library, &id, at))]
            }
            Effect::Values { field } => {
                vec![Reply::Values(changing::values(self.library()?, &field))]
            }
            Effect::Source { id } => {
                let library = self.library()?;
                let at = target::find(library, &id)?;
                let text = String::from_utf8_lossy(library.written(&library.entries[at]));
                vec![Reply::Source { text: text.into_owned(), id }]
            }
            Effect::Change { edits, sure } => self.change(edits, sure)?,
            Effect::Fix { ids, sure } => {
                let rules = checking::rules(&self.folder);
                let plan = checking::all_fixed(self.library()?, &rules, &ids)?;
                self.carry_out(plan, sure, |sure| Effect::Fix { ids: ids.clone(), sure })?
            }
            Effect::FixFound { found, sure } => {
                let plan = checking::fixed(&locked(&self.findings), &found);
                self.carry_out(plan, sure, |sure| Effect::FixFound { found: found.clone(), sure })?
            }
            Effect::Searches => vec![Reply::Searches(searching::saved(&self.folder)?)],
            Effect::SaveSearch { name, question } => {
                let saved = searching::save(&self.folder, &name, &question)?;
                let said = Said::new("tui.search-saved").with("name", name);
                vec![Reply::Searches(saved), Reply::Saved(said)]
            }
            Effect::ForgetSearch { name } => {
                let saved = searching::forget(&self.folder, &name)?;
                let said = Said::new("tui.search-forgotten").with("name", name);
                vec![Reply::Searches(saved), Reply::Saved(said)]
            }
            Effect::Complete { .. } => self.catalogue.perform(effect),
            Effect::Excerpt { found } => {
                let library = self.shared()?;
                let findings = locked(&self.findings);
                let Some(finding) = findings.get(found) else { return Ok(Vec::new()) };
                vec![Reply::Excerpt(checking::excerpt(&library, finding))]
            }
            Effect::Draft { ticket, id, edit, look } => {
                self.ready(&look)?;
                let rules = checking::rules(&self.folder);
                let (library, citing) = self.both()?;
                let (reference, problems) =
                    checking::draft(library, citing, &rules, &id, edit.as_ref())?;
                vec![Reply::Drafted { ticket, reference, problems }]
            }
            Effect::Step(way) => {
                let saved = changing::step(self.read_library()?, way)?;
                self.refresh()?;
                vec![Reply::Changed, Reply::Saved(saved)]
            }
            Effect::Reread => {
                if !self.is_other_on_disk()? {
                    return Ok(Vec::new());
                }
                self.library = None;
                self.refresh()?;
                vec![Reply::Changed, Reply::Saved(Said::new("tui.read-again"))]
            }
            Effect::Compare { item, ids, chosen } if ids.is_empty() => {
                let library = self.shared()?;
                let pending = locked(&self.pending);
                let made = pending.as_ref().and_then(|it| it.compare(&library, item, &chosen));
                made.map(Reply::Compared).into_iter().collect()
            }
            Effect::Compare { item, ids, chosen } => {
                vec![Reply::Compared(reviewing::compare(self.library()?, item, &ids, &chosen)?)]
            }
            Effect::TakeIn { decided, sure } => self.take_in(decided, sure)?,
            Effect::Merge { ids, chosen, sure } => {
                let plan = reviewing::merged(self.library()?, &ids, &chosen)?;
                let again = |sure| {
                    let (ids, chosen) = (ids.clone(), chosen.clone());
                    Effect::Merge { ids, chosen, sure }
                };
                let mut replies = self.carry_out(plan, sure, again)?;
                if sure {
                    replies.insert(0, Reply::Done(ids));
                }
                replies
            }
            Effect::MergeAll { threshold, sure } => {
                let folder = self.folder.clone();
                let plan = reviewing::merged_all(&folder, self.library()?, threshold)?;
                let mut replies =
                    self.carry_out(plan, sure, |sure| Effect::MergeAll { threshold, sure })?;
                if sure {
                    // What is left is looked for anew.
                    let progress = Progress::default();
                    let left = reviewing::duplicates(&folder, self.library()?, &progress)?;
                    replies.extend([Reply::Done(Vec::new()), Reply::Review(left)]);
                }
                replies
            }
            Effect::Apart { ids } => {
                world::duplicates::keep_apart(&self.folder, &ids)?;
                vec![Reply::Saved(Said::new("tui.kept-apart"))]
            }
            Effect::Open { link, id } => {
                let library = self.library()?;
                let at = target::find(library, &id)?;
                vec![Reply::Opened(opening::open(library, &library.entries[at], link)?)]
            }
            _ => Vec::new(),
        })
    }

    /// Does what was decided on the records that come in.
    fn take_in(
        &mut self,
        decided: Vec<(Decision, Chosen)>,
        sure: bool,
    ) -> Result<Vec<Reply>, Error> {
        let (folder, pending) = (self.folder.clone(), Arc::clone(&self.pending));
        let mut pending = locked(&pending);
        let Some(import) = pending.as_mut() else { return Ok(Vec::new()) };
        let plan = import.plan(&folder, self.read_library()?, &decided)?;
        let is_empty = plan.is_empty();
        let again = |sure| Effect::TakeIn { decided: decided.clone(), sure };
        let mut replies = self.carry_out(plan, sure, again)?;
        if sure || is_empty {
            import.remember(&folder)?;
            *pending = None;
            replies.insert(0, Reply::Done(Vec::new()));
        }
        Ok(replies)
    }

    fn change(&mut self, edits: Vec<Edit>, sure: bool) -> Result<Vec<Reply>, Error> {
        let plan = changing::plan(self.library()?, &edits)?;
        self.carry_out(plan, sure, |sure| Effect::Change { edits: edits.clone(), sure })
    }

    /// Saves a plan; shows first what it would change where it is about more than one entry.
    fn carry_out(
        &mut self,
        plan: crate::session::change::Plan,
        sure: bool,
        again: impl Fn(bool) -> Effect,
    ) -> Result<Vec<Reply>, Error> {
        if plan.is_empty() {
            return Ok(vec![Reply::Saved(Said::new("tui.nothing-to-change"))]);
        }
        if !sure {
            let lines = changing::diff(self.library()?, &plan);
            return Ok(vec![Reply::Diff { lines, again: Box::new(again(true)) }]);
        }
        let saved = changing::save(self.read_library()?, &plan)?;
        self.refresh()?;
        Ok(vec![Reply::Changed, Reply::Saved(saved)])
    }

    fn preview(
        &mut self,
        id: &str,
        look: &Look,
    ) -> Result<Option<crate::tui::find::Preview>, Error> {
        self.ready(look)?;
        // One entry is read from its own place in its file, where that is enough to show it.
        let alone = match &self.library {
            None => match self.catalogue.row(id) {
                Some(row) => showing::alone(&row),
                // The list has gone on: another preview is on its way.
                None => return Ok(None),
            },
            Some(_) => None,
        };
        if let (Some((library, line)), Some(citing)) = (alone, &self.citing) {
            let entry = library.entries.first();
            return entry.map(|it| showing::preview(&library, citing, id, it, line)).transpose();
        }
        let (library, citing) = self.both()?;
        let Ok(at) = target::find(library, id) else { return Ok(None) };
        let entry = &library.entries[at];
        showing::preview(library, citing, id, entry, entry.place.line).map(Some)
    }

    /// Has the style of `look` at hand.
    fn ready(&mut self, look: &Look) -> Result<(), Error> {
        if self.citing.as_ref().is_none_or(|citing| !citing.is(look)) {
            self.citing = Some(Citing::new(look)?);
        }
        Ok(())
    }

    /// Whether a file holds something else than what was read.
    fn is_other_on_disk(&self) -> Result<bool, Error> {
        // The files in memory may have been read before the change or after it: the index knows.
        let sources = finding::sources(&self.folder);
        let is_stale = !matches!(Index::open(&sources), index::Opened::Fresh(_));
        let Some(library) = &self.library else { return Ok(is_stale) };
        for source in &library.sources {
            // Gone for a moment while another program replaces it; there is another hint then.
            if !source.path.is_file() {
                return Ok(false);
            }
        }
        let now = world::open(&self.folder)?;
        let texts = |library: &Library| -> Vec<std::sync::Arc<[u8]>> {
            library.sources.iter().map(|source| source.bytes.clone()).collect()
        };
        Ok(is_stale || texts(&now) != texts(library))
    }

    fn both(&mut self) -> Result<(&Library, &Citing), Error> {
        self.library()?;
        match (&self.library, &self.citing) {
            (Some(library), Some(citing)) => Ok((library, citing)),
            _ => Err(Error::world(Said::new("tui.worker-failed"))),
        }
    }

    fn library(&mut self) -> Result<&Library, Error> {
        if self.library.is_none() {
            self.library = Some(Arc::new(world::open(&self.folder)?));
        }
        self.library.as_deref().ok_or_else(|| Error::world(Said::new("tui.worker-failed")))
    }

    /// The library as it is now, for what goes on beside.
    pub(super) fn shared(&mut self) -> Result<Arc<Library>, Error> {
        self.library()?;
        match &self.library {
            Some(library) => Ok(Arc::clone(library)),
            None => Err(Error::world(Said::new("tui.worker-failed"))),
        }
    }

    fn read_library(&mut self) -> Result<&mut Library, Error> {
        self.library()?;
        match &mut self.library {
            // Copied only while something goes on beside that looks at it as it was.
            Some(library) => Ok(Arc::make_mut(library)),
            None => Err(Error::world(Said::new("tui.worker-failed"))),
        }
    }

    /// Brings the index up to date after a change.
    fn refresh(&mut self) -> Result<(), Error> {
        let sources = finding::sources(&self.folder);
        let before = index::before(&sources);
        let mut go_on = |_| ControlFlow::Continue(());
        let index = Index::catch_up(&sources).ok().or_else(|| {
            let library = self.library.as_ref()?;
            Index::make(&sources, library, &before, &mut go_on).ok()
        });
        self.catalogue.put(match index {
            Some(index) => index,
            None => finding::index(&self.folder, &mut go_on)?,
        });
        Ok(())
    }
}

/// The entries named `ids`, as far as they are there.
pub(super) fn entries<'a>(library: &'a Library, ids: &[String]) -> Vec<&'a Entry> {
    let found = ids.iter().filter_map(|id| target::find(library, id).ok());
    found.map(|at| &library.entries[at]).collect()
}
