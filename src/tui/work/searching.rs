//! Saved searches: read, written, put into a query in the place of their names.

use super::narrowing::narrowed;
use crate::session::Error;
use crate::session::searches::{Searches, is_name};
use crate::store::folder::Folder;
use crate::text::said::Said;
use crate::tui::find::{Completion, Question, Saved};
use crate::world::searches;

/// The saved searches of the library.
pub fn saved(folder: &Folder) -> Result<Vec<Saved>, Error> {
    Ok(all(&searches::load(folder)?))
}

fn all(searches: &Searches) -> Vec<Saved> {
    let saved = searches.all().into_iter();
    saved.map(|it| Saved { name: it.name, query: it.query }).collect()
}

/// Saves what `question` asks, its narrowings too, under `name`; blanks become `-`.
pub fn save(folder: &Folder, name: &str, question: &Question) -> Result<Vec<Saved>, Error> {
    let name = name.split_whitespace().collect::<Vec<_>>().join("-");
    if !is_name(&name) {
        return Err(Error::usage(Said::new("tui.no-search-name").with("name", name)));
    }
    let mut searches = searches::load(folder)?;
    searches.put(&name, narrowed(question).trim());
    searches::store(folder, &searches)?;
    Ok(all(&searches))
}

/// Takes the saved search `name` away.
pub fn forget(folder: &Folder, name: &str) -> Result<Vec<Saved>, Error> {
    let mut searches = searches::load(folder)?;
    searches.remove(name);
    searches::store(folder, &searches)?;
    Ok(all(&searches))
}

/// `question` with each `@NAME` in its query replaced by what was saved; as it is where that is not
/// known (yet: it is being typed).
pub fn expanded(folder: &Folder, question: &Question) -> Question {
    let query = || {
        let searches = searches::load(folder).ok()?;
        searches.expand(&question.query).ok()
    };
    match question.query.contains('@').then(query).flatten() {
        Some(query) => Question { query, ..question.clone() },
        None => question.clone(),
    }
}

/// The names of saved searches that the `@…` at `caret` can go on with.
pub fn names(folder: &Folder, query: &str, caret: usize) -> Option<Completion> {
    let before = query.get(..caret)?;
    let start = before.rfind(|c: char| c.is_whitespace() || c == '(').map_or(0, |at| at + 1);
    let typed = before.get(start..)?.strip_prefix('@')?.to_lowercase();
    let saved = saved(folder).ok()?.into_iter();
    let fitting = saved.filter(|it| it.name.to_lowercase().starts_with(&typed));
    let offers = fitting.map(|it| (format!("@{}", it.name), 0)).collect();
    Some(Completion { query: query.to_owned(), caret, at: start..caret, offers })
}
