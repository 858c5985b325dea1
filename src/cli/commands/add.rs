//! `kilde add [TEXT|FILE|-]`: adds entries that are given as BibTeX.

use crate::bibtex::{self, Kind};
use crate::cli::carry_out::{DryRun, carry_out};
use crate::cli::{Context, ExitCode, Failure};
use crate::model::Library;
use crate::session::Error;
use crate::session::change::{Change, plan};
use crate::text::said::Said;
use crate::world;
use std::path::{Path, PathBuf};

/// The arguments of `kilde add`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The entry as text, a file with entries, or `-` for standard input.
    #[arg(value_name = "TEXT|FILE", default_value = "-")]
    what: String,
    /// The file to add to; it is made if it is not there.
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    #[command(flatten)]
    how: DryRun,
}

/// Adds every entry in what was given, as it is written, behind the last one of the file.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let mut library = context.library()?;
    let source = file(&mut library, args.to.as_deref())?;
    let text = if args.what.trim_start().starts_with('@') {
        args.what
    } else {
        world::text(Path::new(&args.what))?
    };
    let read = bibtex::parse(text.as_bytes());
    if let Some(problem) = read.problems.iter().find(|it| it.what.breaks()) {
        return Err(Error::usage(Said::new(problem.what.id()))
            .hint(Said::new(problem.what.help_id()))
            .into());
    }
    let mut changes = Vec::new();
    for block in &read.blocks {
        if let Kind::Entry(entry) = &block.kind {
            let key = bibtex::text(text.as_bytes(), &entry.key);
            let taken = library.entries.iter().position(|it| it.key.eq_ignore_ascii_case(&key));
            if let Some(at) = taken.filter(|_| !key.is_empty()) {
                let place = crate::session::target::place(&library, at);
                let said = Said::new("edit.key-taken").with("key", key).with("place", place);
                return Err(Error::usage(said).into());
            }
            let written = bibtex::text(text.as_bytes(), &block.span).into_owned();
            changes.push(Change::Insert { source, after: None, text: written });
        }
    }
    if changes.is_empty() {
        return Err(Error::usage(Said::new("edit.nothing-to-add")).into());
    }
    let plan = plan(&library, &changes)?;
    carry_out(context, &mut library, &plan, &args.how)
}

/// The file meant by `--to`: one of the library's by its name, else a path; without it the only
/// file of the library.
pub(crate) fn file(library: &mut Library, to: Option<&Path>) -> Result<usize, Error> {
    let Some(to) = to else {
        return match library.sources.len() {
            1 => Ok(0),
            _ => Err(Error::usage(Said::new("edit.several-files"))),
        };
    };
    if let Some(at) = library.sources.iter().position(|source| source.path.ends_with(to)) {
        return Ok(at);
    }
    if to.exists() {
        // Entries would be added beside what is in it unseen.
        return Err(Error::usage(Said::new("edit.no-such-file").with("path", to.display())));
    }
    Ok(library.source_at(to))
}
