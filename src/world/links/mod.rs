//! Asking whether the addresses of a library are there: several hosts at a time, each host one
//! question after another, and what was answered lately is not asked again.

mod cache;
mod visit;

pub use cache::Cache;

use super::fetch::address::PublicOnly;
use crate::check::links::Answer;
use crate::session::Error;
use crate::text::said::Said;
use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::Duration;
use visit::{Visitor, authority};

/// The most hosts that are asked at the same time.
const HOSTS: usize = 8;

/// How addresses are asked for.
#[derive(Debug, Clone)]
pub struct How {
    /// The shortest time between two questions to one host.
    pub gap: Duration,
    /// How long one question may take.
    pub timeout: Duration,
    /// Whether addresses of this machine and its own network are asked, too.
    pub private: bool,
    /// Hosts whose first answer decides: where they lead is not followed. With the DOI system a
    /// redirect says that the DOI is known, and publishers turn programs away.
    pub resolvers: Vec<String>,
}

impl Default for How {
    fn default() -> Self {
        let resolvers = ["doi.org", "dx.doi.org", "www.doi.org", "hdl.handle.net"];
        Self {
            gap: Duration::from_secs(1),
            timeout: Duration::from_secs(15),
            private: false,
            resolvers: resolvers.map(str::to_owned).to_vec(),
        }
    }
}

/// What asking came to.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// The answers that are known, by address.
    pub answers: HashMap<String, Answer>,
    /// How many addresses were not asked: the asking was stopped.
    pub unasked: usize,
}

/// Asks for each of `links` that `cache` has no answer for, until `stop` is set. Each answer goes
/// into the cache as it comes; `tell` hears how many of how many are done.
///
/// An error where the cache cannot be written, and where no host at all can be found: then it is the
/// network that is gone, and nothing is said of the links.
pub fn ask(
    links: &[String],
    how: &How,
    cache: &mut Cache,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(usize, usize),
) -> Result<Outcome, Error> {
    let mut out = Outcome::default();
    let mut hosts: HashMap<String, Vec<&str>> = HashMap::new();
    for link in links {
        match cache.get(link) {
            Some(answer) => drop(out.answers.insert(link.clone(), answer.clone())),
            None => hosts.entry(authority(link)).or_default().push(link),
        }
    }
    let all: usize = hosts.values().map(Vec::len).sum();
    // The hosts with the most addresses first: they take the longest.
    let mut queue: Vec<Vec<&str>> = hosts.into_values().collect();
    queue.sort_by_key(|links| (std::cmp::Reverse(links.len()), links[0]));
    let workers = queue.len().min(HOSTS);
    let queue = Mutex::new(VecDeque::from(queue));
    let visitor = Visitor::new(how, PublicOnly { allow_private: how.private });
    let (sender, answers) = mpsc::channel();
    let mut lost = Vec::new();
    let mut reached = !out.answers.is_empty();
    let mut unwritten: Option<std::io::Error> = None;
    thread::scope(|scope| {
        for _ in 0..workers {
            let (queue, visitor, sender) = (&queue, &visitor, sender.clone());
            scope.spawn(move || {
                let next = || queue.lock().ok().and_then(|mut queue| queue.pop_front());
                while let Some(links) = next() {
                    for link in links {
                        if stop.load(Ordering::Relaxed) {
                            return;
                        }
                        // The other end waits for as long as there are senders.
                        let _sent = sender.send((link, visitor.visit(link)));
                    }
                }
            });
        }
        drop(sender);
        for (done, (link, answer)) in (1..).zip(&answers) {
            if matches!(&answer, Answer::Dead(why) | Answer::Failing(why) if why == visit::NO_HOST)
            {
                lost.push((link, answer));
            } else {
                reached |= !matches!(&answer, Answer::Failing(why) if why == visit::NO_ANSWER);
                unwritten = unwritten.take().or(cache.put(link, &answer).err());
                out.answers.insert(link.to_owned(), answer);
            }
            tell(done, all);
        }
    });
    if !lost.is_empty() && !reached {
        return Err(Error::world(Said::new("check.no-network")));
    }
    for (link, answer) in lost {
        unwritten = unwritten.or(cache.put(link, &answer).err());
        out.answers.insert(link.to_owned(), answer);
    }
    out.unasked = links.len() - out.answers.len();
    match unwritten {
        None => Ok(out),
        Some(error) => Err(Error::world(Said::new("app.cannot-write")).because(error)),
    }
}
