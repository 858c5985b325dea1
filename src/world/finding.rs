//! The index of a library, kept fresh without asking, and the thread that answers while one types.

use super::place;
use crate::index::{self, Bell, Found, Index, Opened, Options, Progress, Sources};
use crate::query::{self, Query};
use crate::session::Error;
use crate::store::folder::Folder;
use crate::text::said::Said;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// What the index of the library in `folder` is made from.
pub fn sources(folder: &Folder) -> Sources {
    Sources {
        root: folder.root.clone(),
        files: folder.files.clone(),
        thesaurus: folder.thesaurus.clone(),
        cache: place::cache(),
    }
}

/// The index of the library in `folder`: the one that is there when no file has changed, else
/// brought up to date or made. Files are read only then.
pub fn index(folder: &Folder, tell: &mut dyn FnMut(Progress)) -> Result<Index, Error> {
    let sources = sources(folder);
    if let Opened::Fresh(index) = Index::open(&sources) {
        return Ok(index);
    }
    let before = index::before(&sources);
    let library = super::open(folder)?;
    Index::make(&sources, &library, &before, tell).map_err(cannot_index)
}

/// A new index, whatever was there.
pub fn rebuild(folder: &Folder, tell: &mut dyn FnMut(Progress)) -> Result<Index, Error> {
    let sources = sources(folder);
    let before = index::before(&sources);
    let library = super::open(folder)?;
    Index::rebuild(&sources, &library, &before, tell).map_err(cannot_index)
}

/// Answers `query`.
pub fn search(index: &Index, query: &Query, options: &Options) -> Result<Found, Error> {
    index.search(query, options, &index::Cancel::never()).map_err(cannot_search)
}

fn cannot_index(error: index::Error) -> Error {
    Error::world(Said::new("search.no-index")).because(error)
}

fn cannot_search(error: index::Error) -> Error {
    Error::world(Said::new("search.failed")).because(error)
}

/// The thread that answers while one types: the newest query wins, older ones are dropped.
pub struct Searcher {
    asked: Sender<(u64, String, Options)>,
    bell: Bell,
    number: u64,
}

/// An answer of [`Searcher`].
pub struct Answer {
    /// The number that [`Searcher::ask`] gave.
    pub number: u64,
    /// The query as understood.
    pub query: Query,
    /// The hits; what went wrong, where something did.
    pub found: Result<Found, Error>,
}

impl Searcher {
    /// Starts the thread; `answer` is called on it with every answer that is still wanted.
    ///
    /// It ends when the searcher is dropped.
    pub fn start(index: Arc<Index>, answer: impl Fn(Answer) + Send + 'static) -> Self {
        let (asked, queue) = channel();
        let bell = Bell::default();
        let ear = bell.clone();
        thread::spawn(move || serve(&index, &queue, &ear, answer));
        Self { asked, bell, number: 0 }
    }

    /// Asks for `text`; whatever was asked before is no longer wanted. Gives the answer's number.
    pub fn ask(&mut self, text: &str, options: Options) -> u64 {
        self.number += 1;
        // Stops what is running; the thread rings again for its own.
        let _stopped = self.bell.ring();
        // The thread lives as long as we do.
        let _sent = self.asked.send((self.number, text.to_owned(), options));
        self.number
    }
}

fn serve(
    index: &Index,
    queue: &Receiver<(u64, String, Options)>,
    bell: &Bell,
    answer: impl Fn(Answer),
) {
    while let Ok(mut asked) = queue.recv() {
        let mut cancel = bell.ear();
        while let Ok(newer) = queue.try_recv() {
            asked = newer;
            cancel = bell.ear();
        }
        let (number, text, options) = asked;
        let query = query::parse(&text);
        match index.search(&query, &options, &cancel) {
            Err(index::Error::Cancelled) => {}
            found => answer(Answer { number, query, found: found.map_err(cannot_search) }),
        }
    }
}
