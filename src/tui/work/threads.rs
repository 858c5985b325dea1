//! Three threads: one finds (a newer search stops an older one), one reads and changes the library
//! (strictly in order, so that two saves can never pass each other), one keeps what is small.

use super::catalogue::Catalogue;
use super::clipboard;
use super::job::{Job, Progress};
use super::memory;
use super::reader::Reader;
use crate::store::folder::Folder;
use crate::text::said::Said;
use crate::tui::effect::Effect;
use crate::tui::event::Event;
use crate::tui::fault;
use crate::tui::reply::{Reply, Trouble};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// The longest that leaving waits for what is being written.
const LONGEST: Duration = Duration::from_secs(30);

/// The threads.
pub struct Workers {
    catalogue: Catalogue,
    finder: Sender<Effect>,
    reader: Sender<Effect>,
    writer: Sender<Effect>,
    unsaved: Arc<Unsaved>,
}

/// How many effects that write are not done yet.
#[derive(Default)]
struct Unsaved {
    count: Mutex<usize>,
    done: Condvar,
}

impl Unsaved {
    fn add(&self, by: isize) {
        let mut count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        *count = count.saturating_add_signed(by);
        self.done.notify_all();
    }
}

impl Workers {
    /// Starts them on the library in `folder`; what they find is sent to `events`.
    pub fn start(folder: Folder, events: &Sender<Event>) -> io::Result<Self> {
        let (finder, to_find) = channel();
        let (reader, to_read) = channel();
        let (writer, to_write) = channel();
        let (answers, told) = (events.clone(), events.clone());
        let found = events.clone();
        let unsaved = Arc::new(Unsaved::default());
        let catalogue = Catalogue::new(folder.clone(), Some(events.clone()));
        let (finding, catalogue_beside) = (catalogue.clone(), catalogue.clone());
        let (reading, writing) = (Arc::clone(&unsaved), Arc::clone(&unsaved));
        let idle = Arc::clone(&unsaved);
        let builder =
            |name: &str| std::thread::Builder::new().name(name.to_owned()).stack_size(super::STACK);
        builder("finder").spawn(move || {
            work(&to_find, &found, &idle, |effect| {
                fault::here("worker", matches!(effect, Effect::Ids { .. }));
                Done::Replies(finding.perform(effect))
            });
        })?;
        builder("reader").spawn(move || {
            let mut reader = Reader::beside(catalogue_beside, folder);
            let mut beside = Beside::new(&answers, &reading);
            work(&to_read, &answers, &reading, |effect| {
                if effect == Effect::Cancel {
                    beside.cancel();
                    return Done::Replies(Vec::new());
                }
                let is_write = writes(&effect);
                match reader.job(effect) {
                    Ok(Ok(job)) => beside.start(job, is_write),
                    Ok(Err(effect)) if is_write => {
                        let told = Progress::default();
                        let done = || reader.perform(effect);
                        Done::Replies(told.told("tui.job.work", false, &answers, done))
                    }
                    Ok(Err(effect)) => Done::Replies(reader.perform(effect)),
                    Err(error) => Done::Replies(vec![Reply::Trouble(error.into())]),
                }
            });
        })?;
        builder("writer").spawn(move || {
            work(&to_write, &told, &writing, |effect| Done::Replies(write(effect)));
        })?;
        Ok(Self { catalogue, finder, reader, writer, unsaved })
    }

    /// Has `effect` done.
    pub fn send(&self, effect: Effect) {
        match effect {
            Effect::Find { .. } => self.catalogue.interrupt(),
            Effect::Cancel => self.catalogue.stop(),
            _ => {}
        }
        let worker = match effect {
            Effect::Find { .. } | Effect::Ids { .. } | Effect::Complete { .. } => &self.finder,
            Effect::Copy(_) | Effect::Remember { .. } => &self.writer,
            _ => &self.reader,
        };
        if writes(&effect) {
            self.unsaved.add(1);
        }
        // A worker ends only with the program.
        let _sent = worker.send(effect);
    }

    /// Waits until everything that writes is done: nothing that was asked for is lost by leaving.
    pub fn finish(&self) {
        let count = self.unsaved.count.lock().unwrap_or_else(PoisonError::into_inner);
        let all = self.unsaved.done.wait_timeout_while(count, LONGEST, |count| *count > 0);
        drop(all);
    }
}

/// Whether something outside the program is changed.
fn writes(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Change { .. }
            | Effect::Fix { .. }
            | Effect::FixFound { .. }
            | Effect::Step(_)
            | Effect::Merge { .. }
            | Effect::MergeAll { .. }
            | Effect::TakeIn { .. }
            | Effect::Apart { .. }
            | Effect::SaveSearch { .. }
            | Effect::ForgetSearch { .. }
            | Effect::Export { .. }
            | Effect::Copy(_)
            | Effect::Remember { .. }
    )
}

/// What came of an effect.
enum Done {
    /// These answers.
    Replies(Vec<Reply>),
    /// It goes on beside.
    Beside,
}

/// What goes on beside the worker: one thing at a time, a new one stops the old.
struct Beside {
    events: Sender<Event>,
    unsaved: Arc<Unsaved>,
    now: Progress,
}

impl Beside {
    fn new(events: &Sender<Event>, unsaved: &Arc<Unsaved>) -> Self {
        Self { events: events.clone(), unsaved: Arc::clone(unsaved), now: Progress::default() }
    }

    fn cancel(&self) {
        self.now.cancel();
    }

    fn start(&mut self, job: Job, is_write: bool) -> Done {
        let progress = Progress::default();
        if !job.is_quiet {
            self.now.cancel();
            self.now = progress.clone();
        }
        let (events, unsaved) = (self.events.clone(), Arc::clone(&self.unsaved));
        let work = move || {
            let done = catch_unwind(AssertUnwindSafe(|| match job.is_quiet {
                true => (job.run)(&progress),
                false => progress.told(job.what, true, &events, || (job.run)(&progress)),
            }));
            if is_write {
                unsaved.add(-1);
            }
            let replies = match done {
                // What was asked to stop has nothing more to say.
                Ok(_) if progress.is_cancelled() => Vec::new(),
                Ok(Ok(replies)) => replies,
                Ok(Err(error)) => vec![Reply::Trouble(error.into())],
                Err(panic) => vec![Reply::Trouble(our_fault(&*panic))],
            };
            for reply in replies {
                let _sent = events.send(Event::Reply(reply));
            }
        };
        let thread = std::thread::Builder::new().name("beside".to_owned()).stack_size(super::STACK);
        match thread.spawn(work) {
            Ok(_) => Done::Beside,
            Err(error) => {
                let said = Said::new("tui.worker-failed");
                let (hints, cause) = (Vec::new(), Some(error.to_string()));
                Done::Replies(vec![Reply::Trouble(Trouble { said, hints, cause })])
            }
        }
    }
}

fn write(effect: Effect) -> Vec<Reply> {
    match effect {
        Effect::Copy(copied) => vec![clipboard::copy(&copied)],
        Effect::Remember { name, value } => {
            // A setting that could not be kept is asked for again at the next start: no harm.
            let _kept = memory::keep(name, &value);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn work(
    effects: &Receiver<Effect>,
    events: &Sender<Event>,
    unsaved: &Unsaved,
    mut perform: impl FnMut(Effect) -> Done,
) {
    while let Ok(first) = effects.recv() {
        let waiting: Vec<Effect> = std::iter::once(first).chain(effects.try_iter()).collect();
        for effect in newest(waiting) {
            let written = writes(&effect);
            let done = catch_unwind(AssertUnwindSafe(|| perform(effect)));
            let replies = match done {
                Ok(Done::Replies(replies)) => replies,
                // It tells of itself when it is done.
                Ok(Done::Beside) => continue,
                Err(panic) => vec![Reply::Trouble(our_fault(&*panic))],
            };
            if written {
                unsaved.add(-1);
            }
            for reply in replies {
                if events.send(Event::Reply(reply)).is_err() {
                    return;
                }
            }
        }
    }
}

/// Without the searches and previews that a newer one of the same kind follows.
fn newest(effects: Vec<Effect>) -> Vec<Effect> {
    let last = |is: fn(&Effect) -> bool| effects.iter().rposition(is);
    let find = last(|it| matches!(it, Effect::Find { .. }));
    let preview = last(|it| matches!(it, Effect::Preview { .. }));
    let complete = last(|it| matches!(it, Effect::Complete { .. }));
    let draft = last(|it| matches!(it, Effect::Draft { .. }));
    let compare = last(|it| matches!(it, Effect::Compare { .. }));
    effects
        .iter()
        .enumerate()
        .filter(|(at, effect)| match effect {
            Effect::Find { .. } => Some(*at) == find,
            Effect::Preview { .. } => Some(*at) == preview,
            Effect::Complete { .. } => Some(*at) == complete,
            Effect::Draft { .. } => Some(*at) == draft,
            Effect::Compare { .. } => Some(*at) == compare,
            _ => true,
        })
        .map(|(_, effect)| effect.clone())
        .collect()
}

fn our_fault(panic: &(dyn std::any::Any + Send)) -> Trouble {
    let cause = panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    Trouble { said: Said::new("tui.worker-failed"), hints: Vec::new(), cause }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::find::Question;

    fn find(ticket: u64) -> Effect {
        Effect::Find { ticket, question: Question::default() }
    }

    #[test]
    fn of_several_searches_only_the_newest_is_made() {
        let other = Effect::Remember { name: "a", value: String::new() };
        assert_eq!(newest(vec![find(1), other.clone(), find(2)]), [other, find(2)]);
    }

    #[test]
    fn what_goes_on_beside_stops_when_asked_and_says_no_more() {
        let (events, told) = channel();
        let mut beside = Beside::new(&events, &Arc::default());
        let (begins, has_begun) = channel();
        let job = Job::new("tui.job.check", move |progress| {
            let _sent = begins.send(());
            while progress.step(0, None).is_ok() {
                std::thread::yield_now();
            }
            Ok(vec![Reply::Changed])
        });
        beside.start(job, false);
        has_begun.recv().unwrap();
        beside.cancel();
        drop((beside, events));
        assert!(told.iter().all(|it| matches!(it, Event::Reply(Reply::Working(_)))));
    }

    #[test]
    fn a_panic_in_a_worker_is_told_and_the_next_effect_is_done() {
        let (send, effects) = channel();
        let (events, told) = channel();
        send.send(Effect::Redraw).unwrap();
        send.send(Effect::Suspend).unwrap();
        drop(send);
        work(&effects, &events, &Unsaved::default(), |effect| {
            assert!(effect != Effect::Redraw, "broken");
            Done::Replies(vec![Reply::Changed])
        });
        let told: Vec<Event> = told.try_iter().collect();
        assert!(matches!(
            told.as_slice(),
            [Event::Reply(Reply::Trouble(_)), Event::Reply(Reply::Changed)]
        ));
    }
}
