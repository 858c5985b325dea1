//! `kilde move KEY… --to FILE`: moves entries to another file of the library.

use crate::cli::carry_out::{DryRun, carry_out};
use crate::cli::{Context, ExitCode, Failure};
use crate::session::change::{Change, plan};
use crate::session::target;
use std::path::PathBuf;

/// The arguments of `kilde move`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The entries: their citation keys, or FILE:LINE.
    #[arg(required = true, value_name = "KEY")]
    keys: Vec<String>,
    /// The file to move them to; it is made if it is not there.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    #[command(flatten)]
    how: DryRun,
}

/// Moves the entries as they are written, all as one step.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let mut library = context.outline()?;
    let mut entries = Vec::with_capacity(args.keys.len());
    for key in &args.keys {
        entries.push(target::find(&library, key)?);
    }
    let to = super::add::file(&mut library, Some(&args.to))?;
    entries.retain(|entry| library.entries[*entry].place.source != to);
    let changes: Vec<Change> =
        entries.into_iter().map(|entry| Change::Move { entry, to }).collect();
    let plan = plan(&library, &changes)?;
    carry_out(context, &library, &plan, &args.how)
}
