//! The worker that has the library at hand: it answers what the screen asks and saves what it
//! changes. The list comes from the index; the files are read when an entry is looked at.

use super::bringing;
use super::catalogue::Catalogue;
use super::changing;
use super::citing::{self, Citing};
use super::exporting;
use super::merging;
use super::opening;
use super::showing;
use crate::index::{self, Index};
use crate::model::{Entry, Library};
use crate::session::{Error, target};
use crate::store::folder::Folder;
use crate::text::said::Said;
use crate::tui::change::Edit;
use crate::tui::effect::{Effect, Look, Reply};
use crate::world;
use crate::world::finding;
use std::ops::ControlFlow;

/// The worker that has the library at hand.
pub struct Reader {
    folder: Folder,
    catalogue: Catalogue,
    library: Option<Library>,
    citing: Option<Citing>,
    has_told_styles: bool,
}

impl Reader {
    /// A worker for the library in `folder`; nothing is read yet. Who asks waits for the index.
    pub fn new(folder: Folder) -> Self {
        Self::beside(Catalogue::new(folder.clone(), None), folder)
    }

    /// A worker whose list is answered from `catalogue`.
    pub(super) fn beside(catalogue: Catalogue, folder: Folder) -> Self {
        Self { folder, catalogue, library: None, citing: None, has_told_styles: false }
    }

    /// Does what `effect` says and gives what came of it.
    pub fn perform(&mut self, effect: Effect) -> Vec<Reply> {
        match self.try_perform(effect) {
            Ok(replies) => replies,
            Err(error) => vec![Reply::Trouble(error.into())],
        }
    }

    fn try_perform(&mut self, effect: Effect) -> Result<Vec<Reply>, Error> {
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
            Effect::Export { format, ids, look, path, replace } => {
                if !replace && path.exists() {
                    let again =
                        Effect::Export { format, ids, look, path: path.clone(), replace: true };
                    return Ok(vec![Reply::Exists { again: Box::new(again), path }]);
                }
                self.ready(&look)?;
                let (library, citing) = self.both()?;
                let entries = entries(library, &ids);
                exporting::export(library, citing, format, &entries, &path)?;
                vec![Reply::Exported { count: entries.len(), path }]
            }
            Effect::Form { id } => {
                let library = self.library()?;
                let at = target::find(library, &id)?;
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
                let plan = changing::fixes(self.library()?, &ids);
                self.carry_out(plan, sure, |sure| Effect::Fix { ids: ids.clone(), sure })?
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
            Effect::Duplicates => {
                let folder = self.folder.clone();
                vec![Reply::Duplicates(merging::duplicates(&folder, self.library()?)?)]
            }
            Effect::Merge { ids, sure } => {
                let plan = merging::plan(self.library()?, &ids)?;
                self.carry_out(plan, sure, |sure| Effect::Merge { ids: ids.clone(), sure })?
            }
            Effect::Apart { ids } => {
                world::duplicates::keep_apart(&self.folder, &ids)?;
                vec![Reply::Saved(Said::new("tui.kept-apart"))]
            }
            Effect::Check => vec![Reply::Problems(changing::problems(self.library()?))],
            Effect::Open { link, id } => {
                let library = self.library()?;
                let at = target::find(library, &id)?;
                vec![Reply::Opened(opening::open(library, &library.entries[at], link)?)]
            }
            Effect::BringIn { text, sure } => {
                let plan = bringing::plan(self.library()?, &text)?;
                self.carry_out(plan, sure, |sure| Effect::BringIn { text: text.clone(), sure })?
            }
            _ => Vec::new(),
        })
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
            None => self.catalogue.row(id).and_then(|row| showing::alone(&row)),
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
        // Without the files in memory the index knows by itself whether it is fresh.
        let Some(library) = &self.library else {
            let sources = finding::sources(&self.folder);
            return Ok(!matches!(Index::open(&sources), index::Opened::Fresh(_)));
        };
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
        Ok(texts(&now) != texts(library))
    }

    fn both(&mut self) -> Result<(&Library, &Citing), Error> {
        self.library()?;
        match (&self.library, &self.citing) {
            (Some(library), Some(citing)) => Ok((library, citing)),
            _ => Err(Error::world(Said::new("tui.worker-failed"))),
        }
    }

    fn library(&mut self) -> Result<&Library, Error> {
        self.read_library().map(|library| &*library)
    }

    fn read_library(&mut self) -> Result<&mut Library, Error> {
        if self.library.is_none() {
            self.library = Some(world::open(&self.folder)?);
        }
        match &mut self.library {
            Some(library) => Ok(library),
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

fn entries<'a>(library: &'a Library, ids: &[String]) -> Vec<&'a Entry> {
    let found = ids.iter().filter_map(|id| target::find(library, id).ok());
    found.map(|at| &library.entries[at]).collect()
}
