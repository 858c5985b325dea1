//! `kilde list`: the entries in alphabetical order.

use crate::cli::{Context, ExitCode, Failure};
use crate::model::{Entry, Library};
use crate::text::collate;
use serde_json::json;

/// The arguments of `kilde list`.
#[derive(Debug, Default, clap::Args)]
pub struct Args {}

/// Prints one line an entry: citation key, creators, year, title.
pub fn run(_args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let library = context.library()?;
    let mut order: Vec<(Vec<u8>, &Entry)> = library
        .entries
        .iter()
        .map(|entry| (collate::sort_key(&entry.filed_under()), entry))
        .collect();
    order.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.year().cmp(&y.year())));
    for (_, entry) in &order {
        if context.global.json {
            writeln!(context.out, "{}", object(&library, entry))?;
        } else {
            let line = line(entry);
            let line = context.harmless(&line).into_owned();
            writeln!(context.out, "{line}")?;
        }
    }
    Ok(if order.is_empty() { ExitCode::Findings } else { ExitCode::Fine })
}

fn line(entry: &Entry) -> String {
    let year = entry.year().map_or_else(|| "    ".to_owned(), |year| format!("{year:>4}"));
    format!("{:<28} {year}  {}  {}", entry.key, entry.short_creators(), entry.title())
}

fn object(library: &Library, entry: &Entry) -> serde_json::Value {
    json!({
        "key": entry.key,
        "type": entry.entry_type,
        "year": entry.year(),
        "author": entry.short_creators(),
        "title": entry.title(),
        "file": library.sources[entry.place.source].path.display().to_string(),
        "line": entry.place.line,
    })
}
