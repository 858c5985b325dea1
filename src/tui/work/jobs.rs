//! What takes long and can be done beside the worker: imports, duplicates, checks, exports.

use super::checking;
use super::citing::Citing;
use super::exporting;
use super::job::Job;
use super::reader::{Reader, entries};
use super::reviewing;
use crate::session::Error;
use crate::tui::effect::Effect;
use crate::tui::reply::Reply;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a job leaves behind for what follows from it.
pub type Shared<T> = Arc<Mutex<T>>;

/// The value, whoever held it last.
pub fn locked<T>(shared: &Shared<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Reader {
    /// What `effect` asks for, as a job that can be done beside everything else; the effect itself
    /// where it is done at once.
    pub fn job(&mut self, effect: Effect) -> Result<Result<Job, Effect>, Error> {
        let folder = self.folder.clone();
        Ok(Ok(match effect {
            Effect::BringIn { text } => {
                let (library, pending) = (self.shared()?, Arc::clone(&self.pending));
                Job::new("tui.job.import", move |progress| {
                    let (review, made) = reviewing::incoming(&folder, &library, &text, progress)?;
                    *locked(&pending) = Some(made);
                    Ok(vec![Reply::Review(review)])
                })
            }
            Effect::CountUnreadable => {
                let library = self.library.clone();
                Job::quiet(move |_| {
                    Ok(vec![Reply::Unreadable(checking::unreadable(&folder, library))])
                })
            }
            Effect::Duplicates => {
                let library = self.shared()?;
                Job::new("tui.job.duplicates", move |progress| {
                    Ok(vec![Reply::Review(reviewing::duplicates(&folder, &library, progress)?)])
                })
            }
            Effect::Check => {
                let (library, found) = (self.shared()?, Arc::clone(&self.findings));
                Job::new("tui.job.check", move |progress| {
                    let findings = checking::findings(&library, &checking::rules(&folder));
                    progress.step(0, None)?;
                    let problems = checking::problems(&library, &findings);
                    *locked(&found) = findings;
                    Ok(vec![Reply::Problems(problems)])
                })
            }
            Effect::Export { format, ids, look, path, replace } => {
                if !replace && path.exists() {
                    let again =
                        Effect::Export { format, ids, look, path: path.clone(), replace: true };
                    let exists = Reply::Exists { again: Box::new(again), path };
                    return Ok(Ok(Job::new("tui.job.export", move |_| Ok(vec![exists]))));
                }
                let library = self.shared()?;
                Job::new("tui.job.export", move |progress| {
                    let citing = Citing::new(&look)?;
                    let entries = entries(&library, &ids);
                    exporting::export(&library, &citing, format, &entries, &path, progress)?;
                    Ok(vec![Reply::Exported { count: entries.len(), path }])
                })
            }
            other => return Ok(Err(other)),
        }))
    }
}
