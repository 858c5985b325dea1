//! `kilde undo`: takes the last step back. `kilde redo` makes it again.

use crate::cli::carry_out::{DryRun, told};
use crate::cli::{Context, ExitCode, Failure};
use crate::session::dry_run;
use crate::text::said::Said;
use crate::world::change::{self, Way};

/// The arguments of `kilde undo` and `kilde redo`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many steps.
    #[arg(default_value_t = 1, value_name = "N")]
    steps: usize,
    #[command(flatten)]
    how: DryRun,
}

/// Goes one step or more back, or forward again.
pub fn run(args: Args, way: Way, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let mut library = context.library()?;
    for _ in 0..args.steps.max(1) {
        let (step, plan) = change::next(&library, way)?;
        if args.how.dry_run {
            let diff = dry_run::diff(&library, &plan);
            let diff = context.harmless(&diff).into_owned();
            write!(context.out, "{diff}")?;
            break;
        }
        let done = change::step(&mut library, way, &step, &plan)?;
        let what = context.words(&plan.said);
        let id = if way == Way::Undo { "edit.undone" } else { "edit.redone" };
        context.say(&Said::new(id).with("what", what))?;
        told(context, &done)?;
    }
    Ok(ExitCode::Fine)
}
