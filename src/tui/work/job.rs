//! What takes long: done beside the worker, told of while it goes on, and stopped when asked.

use crate::session::Error;
use crate::text::said::Said;
use crate::tui::event::Event;
use crate::tui::reply::{Reply, Working};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// From when on something that goes on is told of, and how often.
const FIRST: Duration = Duration::from_millis(500);
const AGAIN: Duration = Duration::from_millis(200);

/// How far something has come, and whether it should stop.
#[derive(Clone, Default)]
pub struct Progress {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    is_cancelled: AtomicBool,
    done: AtomicUsize,
    all: AtomicUsize,
    what: Mutex<Option<&'static str>>,
}

impl Progress {
    /// Says what is being done: the id of its words.
    pub fn named(&self, what: &'static str) {
        *self.inner.what.lock().unwrap_or_else(PoisonError::into_inner) = Some(what);
    }

    /// Says how many of how many are done; an error once it was asked to stop.
    pub fn step(&self, done: usize, all: Option<usize>) -> Result<(), Error> {
        self.inner.done.store(done, Ordering::Relaxed);
        self.inner.all.store(all.unwrap_or(0), Ordering::Relaxed);
        if self.is_cancelled() {
            return Err(Error::usage(Said::new("tui.cancelled")));
        }
        Ok(())
    }

    /// Asks it to stop.
    pub fn cancel(&self) {
        self.inner.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.inner.is_cancelled.load(Ordering::Relaxed)
    }

    /// Does `work`, and tells `events` of it once it takes long, until it is done.
    pub fn told<T>(
        &self,
        what: &'static str,
        can_stop: bool,
        events: &Sender<Event>,
        work: impl FnOnce() -> T,
    ) -> T {
        self.named(what);
        let (done, is_done) = channel::<()>();
        let (progress, events) = (self.clone(), events.clone());
        let telling = move || {
            let mut wait = FIRST;
            while is_done.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                let _sent = events.send(Event::Reply(Reply::Working(Some(progress.now(can_stop)))));
                wait = AGAIN;
            }
            if wait == AGAIN {
                let _sent = events.send(Event::Reply(Reply::Working(None)));
            }
        };
        // Without a thread to tell of it the work is done in silence.
        let teller = std::thread::Builder::new().name("progress".to_owned()).spawn(telling);
        let out = work();
        drop(done);
        if let Ok(teller) = teller {
            let _told = teller.join();
        }
        out
    }

    fn now(&self, can_stop: bool) -> Working {
        let what = *self.inner.what.lock().unwrap_or_else(PoisonError::into_inner);
        Working {
            what: what.unwrap_or("tui.job.work"),
            done: self.inner.done.load(Ordering::Relaxed),
            all: Some(self.inner.all.load(Ordering::Relaxed)).filter(|all| *all > 0),
            can_stop: can_stop && !self.is_cancelled(),
        }
    }
}

/// What comes of a job.
pub type Done = Result<Vec<Reply>, Error>;

/// Something that takes long and needs no more than the library as it is now.
pub struct Job {
    /// The id of what it does.
    pub what: &'static str,
    /// Whether nobody asked for it.
    pub is_quiet: bool,
    /// Does it.
    pub run: Box<dyn FnOnce(&Progress) -> Done + Send>,
}

impl Job {
    /// A job called `what` that does `run`.
    pub fn new(what: &'static str, run: impl FnOnce(&Progress) -> Done + Send + 'static) -> Self {
        Self { what, run: Box::new(run), is_quiet: false }
    }

    /// A job that nobody asked for: nothing is said of it, and it stops no other.
    pub fn quiet(run: impl FnOnce(&Progress) -> Done + Send + 'static) -> Self {
        Self { is_quiet: true, ..Self::new("tui.job.work", run) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_to_stop_stops_at_the_next_step() {
        let progress = Progress::default();
        assert!(progress.step(1, Some(2)).is_ok());
        progress.cancel();
        assert!(progress.step(2, Some(2)).is_err());
        assert!(!progress.now(true).can_stop);
    }

    #[test]
    fn what_is_done_at_once_is_not_told_of() {
        let (events, told) = channel();
        assert_eq!(Progress::default().told("tui.job.check", true, &events, || 7), 7);
        assert!(told.try_recv().is_err());
    }
}
