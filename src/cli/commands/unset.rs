//! `kilde unset KEY FIELD…`: takes fields away.

use crate::cli::carry_out::{DryRun, carry_out};
use crate::cli::{Context, ExitCode, Failure};
use crate::session::change::{Change, plan};
use crate::session::target;

/// The arguments of `kilde unset`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The entry: its citation key, or FILE:LINE.
    #[arg(value_name = "KEY")]
    key: String,
    /// The fields to take away.
    #[arg(required = true, value_name = "FIELD")]
    fields: Vec<String>,
    #[command(flatten)]
    how: DryRun,
}

/// Takes the fields away, all as one step.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let library = context.outline()?;
    let entry = target::find(&library, &args.key)?;
    let changes: Vec<Change> =
        args.fields.into_iter().map(|field| Change::Unset { entry, field }).collect();
    let plan = plan(&library, &changes)?;
    carry_out(context, &library, &plan, &args.how)
}
