//! `kilde subset DOCUMENT…`: the entries that documents cite, as a file of their own.

use super::export::refuse_own;
use crate::cite::document::{Cited, Kind, citations};
use crate::cli::{Context, ExitCode, Failure};
use crate::exchange::identifier;
use crate::model::Library;
use crate::session::{Error, subset};
use crate::store::read;
use crate::text::said::Said;
use crate::world::output;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The arguments of `kilde subset`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The documents: .tex, .aux, .bcf, .md, .typ, .docx or .odt.
    #[arg(required = true, value_name = "DOCUMENT")]
    documents: Vec<PathBuf>,
    /// Write to FILE instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// List the citation keys that are missing and the entries that no document cites, and write
    /// nothing else.
    #[arg(long, conflicts_with = "output")]
    check: bool,
}

/// Writes the entries, and says which citation keys are missing; ends with 1 where some are.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let library = context.library()?;
    if let Some(path) = &args.output {
        refuse_own(&library, path)?;
    }
    let mut chosen = BTreeSet::new();
    let mut missing: Vec<(String, String)> = Vec::new();
    let mut is_everything = false;
    for path in &args.documents {
        let found = document(path)?;
        is_everything |= found.all;
        for cited in &found.cited {
            match place(&library, cited) {
                Some(at) => {
                    chosen.insert(at);
                }
                None => {
                    let key = if cited.key.is_empty() { &cited.doi } else { &cited.key };
                    missing.push((key.clone(), path.display().to_string()));
                }
            }
        }
    }
    if is_everything {
        chosen.extend(0..library.entries.len());
    }
    let chosen: Vec<usize> = chosen.into_iter().collect();
    if args.check {
        check(&library, &chosen, &missing, context)?;
    } else {
        write(&library, &chosen, args.output.as_deref(), context)?;
        for (key, document) in &missing {
            let said = Said::new("subset.missing").with("key", key).with("document", document);
            context.say(&said)?;
        }
    }
    let said = Said::new("subset.done").with("count", chosen.len()).with("missing", missing.len());
    context.say(&said)?;
    Ok(if missing.is_empty() && !chosen.is_empty() { ExitCode::Fine } else { ExitCode::Findings })
}

fn document(path: &std::path::Path) -> Result<crate::cite::document::Citations, Error> {
    let unreadable = || Said::new("app.unreadable").with("path", path.display());
    let bytes = read::bytes(path).map_err(|it| Error::world(unreadable()).because(it.source))?;
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let Some(kind) = Kind::from_extension(&ending) else {
        let said = Said::new("subset.no-document").with("path", path.display());
        return Err(Error::usage(said).hint(Said::new("subset.no-document.help")));
    };
    citations(&bytes, kind).map_err(|error| Error::world(unreadable()).because(error))
}

/// The entry that is cited: by its key, else by its DOI.
fn place(library: &Library, cited: &Cited) -> Option<usize> {
    library.position(&cited.key).or_else(|| {
        let doi = identifier::doi(&cited.doi)?.to_lowercase();
        library.entries.iter().position(|entry| {
            let own = entry.text("doi");
            own.as_deref().and_then(identifier::doi).is_some_and(|it| it.to_lowercase() == doi)
        })
    })
}

fn write(
    library: &Library,
    chosen: &[usize],
    to: Option<&std::path::Path>,
    context: &mut Context<'_>,
) -> Result<(), Failure> {
    let subset = subset::of(library, chosen);
    match to {
        Some(path) => output::write(path, &subset.text)?,
        None => context.out.write_all(&subset.text)?,
    }
    for at in &subset.added {
        let said = Said::new("subset.added").with("key", &library.entries[*at].key);
        context.say(&said)?;
    }
    Ok(())
}

/// Missing keys and unused entries, a line each.
fn check(
    library: &Library,
    chosen: &[usize],
    missing: &[(String, String)],
    context: &mut Context<'_>,
) -> std::io::Result<()> {
    for (key, document) in missing {
        if context.global.json {
            let object = json!({"state": "missing", "key": key, "document": document});
            writeln!(context.out, "{object}")?;
        } else {
            let said = Said::new("subset.missing").with("key", key).with("document", document);
            let line = context.words(&said);
            let line = context.harmless(&line).into_owned();
            writeln!(context.out, "{line}")?;
        }
    }
    let kept = subset::of(library, chosen).added;
    for (at, entry) in library.entries.iter().enumerate() {
        if chosen.binary_search(&at).is_ok() || kept.contains(&at) {
            continue;
        }
        if context.global.json {
            writeln!(context.out, "{}", json!({"state": "unused", "key": entry.key}))?;
        } else {
            let line = context.words(&Said::new("subset.unused").with("key", &entry.key));
            let line = context.harmless(&line).into_owned();
            writeln!(context.out, "{line}")?;
        }
    }
    Ok(())
}
