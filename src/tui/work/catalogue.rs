//! The list's side of the library, shared by the thread that finds and the one that reads: the
//! index, and until there is one the entries themselves.

use super::early::Early;
use super::finder::Finder;
use super::searching;
use crate::index::{self, Bell, Index, Opened, Progress};
use crate::model::Library;
use crate::session::Error;
use crate::store::folder::Folder;
use crate::text::said::Said;
use crate::tui::effect::Effect;
use crate::tui::event::Event;
use crate::tui::find::{Completion, Found, Question};
use crate::tui::reply::Reply;
use crate::world::{self, finding};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many entries are indexed between two words about it.
const STEP: usize = 1_024;

/// The list's side of the library; its clones are the same.
#[derive(Clone)]
pub struct Catalogue(Arc<Shared>);

struct Shared {
    folder: Folder,
    standing: Mutex<Standing>,
    bell: Bell,
    is_stopped: AtomicBool,
    /// How often another index was put in place.
    changes: AtomicU64,
    /// Who is told when the index is there; nobody: whoever asks first waits for it.
    events: Option<Sender<Event>>,
}

enum Standing {
    Closed,
    Early(Early),
    Open(Box<Finder>),
}

impl Catalogue {
    /// The catalogue of the library in `folder`. With `events` it answers at once, from the entries
    /// or from an older index, and tells how the making of the index goes on; without, whoever asks
    /// first waits for the index.
    pub fn new(folder: Folder, events: Option<Sender<Event>>) -> Self {
        let standing = Mutex::new(Standing::Closed);
        let (bell, is_stopped, changes) = Default::default();
        Self(Arc::new(Shared { folder, standing, bell, is_stopped, changes, events }))
    }

    /// A newer question is on its way: the one that is being answered need not be.
    pub fn interrupt(&self) {
        let _ear = self.0.bell.ring();
    }

    /// Stops the making of the index; the list goes on without.
    pub fn stop(&self) {
        self.0.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Does what `effect` says, as far as it only finds.
    pub fn perform(&self, effect: Effect) -> Vec<Reply> {
        let done = match effect {
            Effect::Find { ticket, question } => {
                self.find(&question).map(|found| found.map(|found| Reply::Found { ticket, found }))
            }
            Effect::Ids { question, marking } => {
                self.ids(&question).map(|ids| Some(Reply::Ids { ids, marking }))
            }
            Effect::Complete { query, caret } => {
                self.complete(&query, caret).map(|it| it.map(Reply::Completed))
            }
            _ => Ok(None),
        };
        let reply = done.unwrap_or_else(|error| Some(Reply::Trouble(error.into())));
        reply.into_iter().collect()
    }

    /// The answer to `question`; `None` where a newer one came in between.
    fn find(&self, question: &Question) -> Result<Option<Found>, Error> {
        let cancel = self.0.bell.ear();
        let question = &searching::expanded(&self.0.folder, question);
        match &mut *self.open()? {
            Standing::Open(finder) => finder.find(question, &cancel),
            Standing::Early(early) => Ok(Some(early.find(question))),
            Standing::Closed => Ok(None),
        }
    }

    /// The ids that the rows of `question` show.
    fn ids(&self, question: &Question) -> Result<Vec<String>, Error> {
        let question = &searching::expanded(&self.0.folder, question);
        match &mut *self.open()? {
            Standing::Open(finder) => finder.ids(question),
            Standing::Early(early) => Ok(early.ids(question)),
            Standing::Closed => Ok(Vec::new()),
        }
    }

    /// What `query` can go on with at `caret`; nothing while there is no index.
    fn complete(&self, query: &str, caret: usize) -> Result<Option<Completion>, Error> {
        let names = searching::names(&self.0.folder, query, caret);
        if names.is_some() {
            return Ok(names);
        }
        Ok(match &*self.open()? {
            Standing::Open(finder) => Some(finder.complete(query, caret)),
            _ => None,
        })
    }

    /// Where the entry named `id` stands, if it is among the rows shown last.
    pub fn row(&self, id: &str) -> Option<index::Row> {
        match &*self.lock() {
            Standing::Open(finder) => finder.row(id),
            Standing::Early(early) => early.row(id),
            Standing::Closed => None,
        }
    }

    /// Answers from `index` from now on.
    pub fn put(&self, index: Index) {
        let mut standing = self.lock();
        self.0.changes.fetch_add(1, Ordering::SeqCst);
        *standing = open(index);
    }

    fn lock(&self) -> MutexGuard<'_, Standing> {
        self.0.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> Result<MutexGuard<'_, Standing>, Error> {
        let mut standing = self.lock();
        if matches!(*standing, Standing::Closed) {
            *standing = match &self.0.events {
                None => {
                    let mut go_on = |_| ControlFlow::Continue(());
                    open(finding::index(&self.0.folder, &mut go_on)?)
                }
                Some(events) => self.open_at_once(events)?,
            };
        }
        Ok(standing)
    }

    fn open_at_once(&self, events: &Sender<Event>) -> Result<Standing, Error> {
        let sources = finding::sources(&self.0.folder);
        match Index::open(&sources) {
            Opened::Fresh(index) => Ok(open(index)),
            Opened::Stale(index) => {
                self.start_indexing(events, None);
                Ok(open(index))
            }
            Opened::Nothing => {
                let before = index::before(&sources);
                let library = Arc::new(world::open(&self.0.folder)?);
                let early = Early::new(Arc::clone(&library));
                self.start_indexing(events, Some((library, before)));
                Ok(Standing::Early(early))
            }
        }
    }

    fn start_indexing(&self, events: &Sender<Event>, read: Option<(Arc<Library>, index::Before)>) {
        let (catalogue, events) = (self.clone(), events.clone());
        let started = std::thread::Builder::new()
            .name("indexer".to_owned())
            .stack_size(super::STACK)
            .spawn(move || {
                let tell = |reply| drop(events.send(Event::Reply(reply)));
                let changes = catalogue.0.changes.load(Ordering::SeqCst);
                match catalogue.index(read, &tell) {
                    Ok(index) => {
                        let mut standing = catalogue.lock();
                        // A change that was saved meanwhile has brought a newer one.
                        if catalogue.0.changes.load(Ordering::SeqCst) == changes {
                            *standing = open(index);
                        }
                    }
                    Err(index::Error::Cancelled) => {}
                    Err(error) => tell(Reply::Trouble(finding::cannot_index(error).into())),
                }
                tell(Reply::Indexing(None));
                tell(Reply::Changed);
            });
        // Without a thread the list stays as it is; the next start tries again.
        drop(started);
    }

    fn index(
        &self,
        read: Option<(Arc<Library>, index::Before)>,
        tell: &dyn Fn(Reply),
    ) -> Result<Index, index::Error> {
        let sources = finding::sources(&self.0.folder);
        tell(Reply::Indexing(Some(Said::new("tui.indexing"))));
        let (library, before) = match read {
            Some(read) => read,
            None => {
                let before = index::before(&sources);
                let library = world::open(&self.0.folder).map_err(std::io::Error::other)?;
                (Arc::new(library), before)
            }
        };
        let mut told = 0;
        Index::make(&sources, &library, &before, &mut |progress| {
            match progress {
                Progress::Entries(done, all) if done >= told + STEP => {
                    told = done;
                    let said = Said::new("tui.indexing-of").with("done", done).with("all", all);
                    tell(Reply::Indexing(Some(said)));
                }
                Progress::Entries(..) | Progress::Waiting | Progress::Finishing => {}
            }
            match self.0.is_stopped.load(Ordering::Relaxed) {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        })
    }
}

fn open(index: Index) -> Standing {
    Standing::Open(Box::new(Finder::new(index)))
}
