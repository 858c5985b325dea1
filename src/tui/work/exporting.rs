//! Entries on their way out: to the clipboard and to files.

use super::citing::Citing;
use super::job::Progress;
use crate::exchange::{self, Options, Record};
use crate::model::{Entry, Library};
use crate::session::{Error, subset};
use crate::text::harmless;
use crate::text::rich_text::RichText;
use crate::text::said::Said;
use crate::tui::effect::{Copied, Format, Yank};
use crate::world::output;
use std::path::Path;

/// The text of `what` of `entries`; `None` where they have nothing of that kind.
pub fn yank(
    library: &Library,
    citing: &Citing,
    what: Yank,
    entries: &[&Entry],
) -> Result<Option<Copied>, Error> {
    let of = |text: &dyn Fn(&Entry) -> Option<String>| -> Vec<String> {
        entries.iter().filter_map(|entry| text(entry)).collect()
    };
    let mut html = None;
    let (texts, between) = match what {
        Yank::Reference => (plain(&citing.references(library, entries)?), "\n"),
        Yank::Html => {
            let references = citing.references(library, entries)?;
            let paragraphs = references.iter().map(|it| format!("<p>{}</p>", it.to_html()));
            html = Some(paragraphs.collect::<Vec<_>>().join("\n"));
            (plain(&references), "\n")
        }
        Yank::Citation => (vec![citing.citation(library, entries)?.to_plain()], "\n"),
        Yank::Key => (of(&|entry| Some(entry.key.clone()).filter(|key| !key.is_empty())), ","),
        Yank::Bib => {
            let written = |entry: &Entry| {
                let text = String::from_utf8_lossy(library.written(entry));
                Some(text.trim().to_owned())
            };
            (of(&written), "\n\n")
        }
        Yank::Doi => (of(&|entry| entry.text("doi")), "\n"),
        Yank::Url => (of(&|entry| entry.text("url").or_else(|| entry.text("fulltext"))), "\n"),
    };
    if texts.iter().all(String::is_empty) {
        return Ok(None);
    }
    // What is pasted into a terminal must not act there.
    let plain = harmless::lines(&texts.join(between)).into_owned();
    Ok(Some(Copied { what, count: entries.len(), plain, html }))
}

fn plain(references: &[RichText]) -> Vec<String> {
    references.iter().map(RichText::to_plain).collect()
}

/// Writes `entries` to a file. A file of the library itself is never written over.
pub fn export(
    library: &Library,
    citing: &Citing,
    format: Format,
    entries: &[&Entry],
    path: &Path,
    progress: &Progress,
) -> Result<(), Error> {
    let real = path.canonicalize();
    let is_own = |source: &Path| match (source.canonicalize(), &real) {
        (Ok(source), Ok(path)) => source == *path,
        _ => false,
    };
    if library.sources.iter().any(|source| is_own(&source.path)) {
        return Err(Error::usage(Said::new("export.own-file").with("path", path.display())));
    }
    let bytes = written(library, citing, format, entries, path, progress)?;
    // Nothing has been written yet: here it can still be stopped.
    progress.step(0, None)?;
    output::write(path, &bytes)
}

fn written(
    library: &Library,
    citing: &Citing,
    format: Format,
    entries: &[&Entry],
    path: &Path,
    progress: &Progress,
) -> Result<Vec<u8>, Error> {
    match format {
        Format::List(format) => citing.list(library, entries, format),
        Format::Data(exchange::Format::Biblatex) => {
            // Entries stand in the order of the files.
            let before = |it: &Entry| (it.place.source, it.place.span.start);
            let place =
                |entry: &&Entry| library.entries.partition_point(|it| before(it) < before(entry));
            Ok(subset::of(library, &entries.iter().map(place).collect::<Vec<_>>()).text)
        }
        Format::Data(format) => {
            let mut out = Vec::new();
            let mut records = entries.iter().enumerate().map(|(at, entry)| {
                let _told = progress.step(at, Some(entries.len()));
                Record::from_entry(entry)
            });
            let done = exchange::write(format, &mut records, &mut out, &Options::default());
            done.map_err(|error| {
                Error::world(Said::new("export.not-written").with("path", path.display()))
                    .because(error)
            })?;
            Ok(out)
        }
    }
}
