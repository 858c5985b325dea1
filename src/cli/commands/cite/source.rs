//! What is to be cited: entries of the library, or items of a file.

use super::Args;
use crate::cite::convert;
use crate::cite::document::{self, Kind};
use crate::cite::item::Item;
use crate::cli::Context;
use crate::cli::commands::search::{self, Order};
use crate::cli::commands::show;
use crate::index::{Loose, Options};
use crate::model::{Entry, Library};
use crate::session::Error;
use crate::store::read;
use crate::text::said::Said;
use crate::world::{finding, searches};
use serde_json::Value;
use std::path::Path;

/// The items to cite, and what the list must know beside them.
pub(super) struct Source {
    /// In the order in which they were asked for, each once.
    pub items: Vec<Item>,
    /// What the entry of each item says in `project`.
    pub projects: Vec<String>,
    /// Whether everything that was asked for was found.
    pub complete: bool,
}

pub(super) fn find(args: &Args, locale: &str, context: &mut Context<'_>) -> Result<Source, Error> {
    if let Some(path) = &args.items {
        return from_json(path, &args.from, context);
    }
    let nothing = args.keys.is_empty() && args.query.is_none() && !args.all && args.from.is_empty();
    if nothing {
        return Err(Error::usage(Said::new("cite.nothing")).hint(Said::new("cite.nothing.help")));
    }
    let library = context.library()?;
    let mut chosen = Chosen { places: Vec::new(), seen: vec![false; library.entries.len()] };
    for key in &args.keys {
        match library.position(key) {
            Some(at) => chosen.add(at),
            // The error names a key that is near.
            None => show::find(&library, key).map(|_| ())?,
        }
    }
    let mut complete = true;
    for path in &args.from {
        let citations = citations(path)?;
        if citations.all {
            chosen.add_all();
        }
        for cited in &citations.cited {
            let by_doi = || {
                let is_it =
                    |entry: &Entry| entry.text("doi").is_some_and(|doi| same_doi(&doi, &cited.doi));
                library.entries.iter().position(is_it).filter(|_| !cited.doi.is_empty())
            };
            match library.position(&cited.key).or_else(by_doi) {
                Some(at) => chosen.add(at),
                None => {
                    complete = false;
                    let name = if cited.key.is_empty() { &cited.doi } else { &cited.key };
                    let said = Said::new("cite.not-there").with("key", name);
                    say(&said.with("path", path.display()), context);
                }
            }
        }
    }
    if let Some(query) = &args.query {
        for at in hits(query, &library, context)? {
            chosen.add(at);
        }
    }
    if args.all {
        chosen.add_all();
    }
    let entries: Vec<&Entry> = chosen.places.iter().map(|at| &library.entries[*at]).collect();
    Ok(Source {
        items: entries.iter().map(|entry| convert::item(entry, &library, locale)).collect(),
        projects: entries.iter().map(|entry| entry.text("project").unwrap_or_default()).collect(),
        complete,
    })
}

/// Entries in the order in which they were chosen, each once.
struct Chosen {
    places: Vec<usize>,
    seen: Vec<bool>,
}

impl Chosen {
    fn add(&mut self, at: usize) {
        if !std::mem::replace(&mut self.seen[at], true) {
            self.places.push(at);
        }
    }

    fn add_all(&mut self) {
        (0..self.seen.len()).for_each(|at| self.add(at));
    }
}

/// Where the entries stand that a search finds, in alphabetical order.
pub(in crate::cli) fn hits(
    query: &str,
    library: &Library,
    context: &mut Context<'_>,
) -> Result<Vec<usize>, Error> {
    let index = search::open(context)?;
    let query = searches::query(&context.folder()?, query)?;
    for note in &query.notes {
        say(&note.said, context);
    }
    let options = Options {
        limit: usize::MAX / 4,
        sort: Order::Author.into(),
        loose: Loose::No,
        ..Options::default()
    };
    let found = finding::search(&index, &query, &options)?;
    let keys = found.hits.iter().map(|hit| index.row(&found, hit).key);
    Ok(keys.filter_map(|key| library.position(&key)).collect())
}

fn same_doi(a: &str, b: &str) -> bool {
    let bare = |doi: &str| doi.find("10.").map_or(doi, |at| &doi[at..]).to_ascii_lowercase();
    bare(a) == bare(b)
}

fn citations(path: &Path) -> Result<document::Citations, Error> {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let Some(kind) = Kind::from_extension(&ending) else {
        return Err(Error::usage(Said::new("cite.no-document").with("path", path.display()))
            .hint(Said::new("cite.no-document.help")));
    };
    let bytes = bytes(path)?;
    document::citations(&bytes, kind).map_err(|error| {
        Error::world(Said::new("app.unreadable").with("path", path.display())).because(error)
    })
}

/// CSL-JSON: an array of items, one item, or an object with `items`; one a line is read too.
fn from_json(
    path: &Path,
    from: &[std::path::PathBuf],
    context: &mut Context<'_>,
) -> Result<Source, Error> {
    let bytes = bytes(path)?;
    let bad = |error: serde_json::Error| {
        Error::usage(Said::new("cite.bad-items").with("path", path.display())).because(error)
    };
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_slice(&bytes).into_iter::<Value>() {
        match value.map_err(bad)? {
            Value::Array(list) => values.extend(list),
            Value::Object(mut object) => match object.remove("items") {
                Some(Value::Array(list)) => values.extend(list),
                _ => values.push(Value::Object(object)),
            },
            _ => {
                return Err(Error::usage(Said::new("cite.bad-items").with("path", path.display())));
            }
        }
    }
    let mut items: Vec<Item> = values.iter().map(Item::from_csl_json).collect();
    let mut complete = true;
    if !from.is_empty() {
        let mut wanted = Vec::new();
        for path in from {
            let citations = citations(path)?;
            for cited in &citations.cited {
                match items.iter().find(|item| item.id == cited.key) {
                    Some(item) => wanted.push(item.clone()),
                    None => {
                        complete = false;
                        let said = Said::new("cite.not-there").with("key", &cited.key);
                        say(&said.with("path", path.display()), context);
                    }
                }
            }
        }
        items = wanted;
    }
    Ok(Source { projects: vec![String::new(); items.len()], items, complete })
}

fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    read::bytes(path).map_err(|error| {
        Error::world(Said::new("app.unreadable").with("path", path.display())).because(error.source)
    })
}

fn say(said: &Said, context: &mut Context<'_>) {
    // What cannot be said on standard error is not worth stopping for.
    let _said = context.say(said);
}
