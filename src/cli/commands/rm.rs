//! `kilde rm KEY…`: takes entries away.

use crate::cli::carry_out::{DryRun, carry_out};
use crate::cli::{Context, ExitCode, Failure};
use crate::session::change::{Change, plan};
use crate::session::target;

/// The arguments of `kilde rm`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The entries: their citation keys, or FILE:LINE.
    #[arg(required = true, value_name = "KEY")]
    keys: Vec<String>,
    #[command(flatten)]
    how: DryRun,
}

/// Takes the entries away, all as one step.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let library = context.outline()?;
    let mut entries = Vec::with_capacity(args.keys.len());
    for key in &args.keys {
        let entry = target::find(&library, key)?;
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    let changes: Vec<Change> = entries.into_iter().map(|entry| Change::Remove { entry }).collect();
    let plan = plan(&library, &changes)?;
    carry_out(context, &library, &plan, &args.how)
}
