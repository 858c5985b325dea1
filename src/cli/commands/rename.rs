//! `kilde rename KEY NEW`: gives an entry another citation key, or a field another name.

use crate::cli::carry_out::{DryRun, carry_out};
use crate::cli::{Context, ExitCode, Failure};
use crate::session::change::{Change, plan};
use crate::session::target;

/// The arguments of `kilde rename`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The entry: its citation key, or FILE:LINE.
    #[arg(value_name = "KEY")]
    key: String,
    /// The new citation key, or the field's new name.
    #[arg(value_name = "NEW")]
    new: String,
    /// Rename this field and not the entry.
    #[arg(long, value_name = "FIELD")]
    field: Option<String>,
    /// The old citation key still finds the entry: it goes into `ids`.
    #[arg(long, conflicts_with = "field")]
    keep_old: bool,
    #[command(flatten)]
    how: DryRun,
}

/// Renames, and whatever points to the entry with it.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let library = context.outline()?;
    let entry = target::find(&library, &args.key)?;
    let change = match args.field {
        Some(from) => Change::RenameField { entry, from, to: args.new },
        None => Change::Rename { entry, to: args.new, keep_old: args.keep_old },
    };
    let plan = plan(&library, &[change])?;
    carry_out(context, &library, &plan, &args.how)
}
