//! The reading worker: has the library at hand and answers what the screen asks.

use super::shelf::Shelf;
use crate::model::{Entry, Library};
use crate::session::Error;
use crate::store::folder::Folder;
use crate::text::harmless;
use crate::text::rich_text::{Face, RichText};
use crate::text::said::Said;
use crate::tui::effect::{Copied, Effect, Format, Reply, Yank};
use crate::tui::find::{Found, Preview};
use crate::world;
use std::path::Path;

/// The reading worker.
pub struct Reader {
    folder: Folder,
    /// Read when it is first asked for.
    library: Option<(Library, Shelf)>,
}

impl Reader {
    /// A reader of the library in `folder`; nothing is read yet.
    pub fn new(folder: Folder) -> Self {
        Self { folder, library: None }
    }

    /// Does what `effect` says and gives what came of it.
    pub fn perform(&mut self, effect: Effect) -> Vec<Reply> {
        match self.try_perform(effect) {
            Ok(replies) => replies,
            Err(error) => vec![Reply::Trouble(error.into())],
        }
    }

    fn try_perform(&mut self, effect: Effect) -> Result<Vec<Reply>, Error> {
        let (library, shelf) = self.opened()?;
        Ok(match effect {
            Effect::Find { ticket, question } => {
                let found: Found = shelf.find(library, &question);
                vec![Reply::Found { ticket, found }]
            }
            Effect::Preview { ticket, id, .. } => {
                let preview = shelf.entry(library, &id).map(|entry| preview(library, &id, entry));
                vec![Reply::Previewed { ticket, preview }]
            }
            Effect::Ids { question, marking } => {
                vec![Reply::Ids { ids: shelf.ids(library, &question), marking }]
            }
            Effect::Yank { what, ids, .. } => {
                let entries: Vec<&Entry> =
                    ids.iter().filter_map(|id| shelf.entry(library, id)).collect();
                vec![Reply::Yanked(yank(library, what, &entries))]
            }
            Effect::Export { ref format, ref ids, ref path, replace, .. } => {
                if !replace && path.exists() {
                    let path = path.clone();
                    let mut again = effect.clone();
                    if let Effect::Export { replace, .. } = &mut again {
                        *replace = true;
                    }
                    return Ok(vec![Reply::Exists { again: Box::new(again), path }]);
                }
                let entries: Vec<&Entry> =
                    ids.iter().filter_map(|id| shelf.entry(library, id)).collect();
                let bytes = exported(library, format, &entries);
                write(path, &bytes)?;
                vec![Reply::Exported { count: entries.len(), path: path.clone() }]
            }
            _ => Vec::new(),
        })
    }

    fn opened(&mut self) -> Result<&(Library, Shelf), Error> {
        if self.library.is_none() {
            let library = world::open(&self.folder)?;
            let shelf = Shelf::new(&library);
            self.library = Some((library, shelf));
        }
        match &self.library {
            Some(opened) => Ok(opened),
            None => Err(Error::world(Said::new("app.unreadable"))),
        }
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    std::fs::write(path, bytes).map_err(|error| {
        Error::world(Said::new("tui.cannot-write").with("path", path.display())).because(error)
    })
}

fn exported(library: &Library, _format: &Format, entries: &[&Entry]) -> Vec<u8> {
    let mut out = Vec::new();
    for entry in entries {
        out.extend_from_slice(library.written(entry).trim_ascii());
        out.extend_from_slice(b"\n\n");
    }
    out.pop();
    out
}

fn reference(entry: &Entry) -> RichText {
    let mut out = RichText::default();
    let year = entry.year().map(|year| format!(" ({year}). ")).unwrap_or_else(|| ". ".to_owned());
    out.push(&entry.short_creators(), Face::default(), None);
    out.push(&year, Face::default(), None);
    out.push(&entry.title(), Face { italic: true, ..Face::default() }, None);
    out.push(".", Face::default(), None);
    out
}

fn preview(library: &Library, id: &str, entry: &Entry) -> Preview {
    let source = &library.sources[entry.place.source];
    let name = source.path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let fields = entry
        .fields
        .iter()
        .map(|field| {
            let text = entry.text(&field.name).unwrap_or_default();
            (field.name.to_string(), text, field.from.as_ref().map(ToString::to_string))
        })
        .collect();
    Preview {
        id: id.to_owned(),
        reference: reference(entry),
        head: format!("@{} {} · {name}:{}", entry.entry_type, entry.key, entry.place.line),
        fields,
        problems: if entry.is_broken { vec![Said::new("tui.broken-entry")] } else { Vec::new() },
    }
}

fn yank(library: &Library, what: Yank, entries: &[&Entry]) -> Option<Copied> {
    let texts: Vec<String> = entries
        .iter()
        .filter_map(|entry| match what {
            Yank::Reference => Some(reference(entry).to_plain()),
            Yank::Citation => {
                let year = entry.year().map(|year| year.to_string()).unwrap_or_default();
                Some(format!("({}, {year})", entry.short_creators()))
            }
            Yank::Key => Some(entry.key.clone()).filter(|key| !key.is_empty()),
            Yank::Bib => Some(String::from_utf8_lossy(library.written(entry)).trim().to_owned()),
            Yank::Doi => entry.text("doi"),
            Yank::Url => entry.text("url").or_else(|| entry.text("fulltext")),
        })
        .collect();
    if texts.is_empty() {
        return None;
    }
    let between = match what {
        Yank::Bib => "\n\n",
        Yank::Key => ",",
        _ => "\n",
    };
    let plain = harmless::lines(&texts.join(between)).into_owned();
    Some(Copied { what, count: texts.len(), plain, html: None })
}
