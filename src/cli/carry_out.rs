//! What every command that changes something does with its plan.

use super::{Context, ExitCode, Failure};
use crate::model::Library;
use crate::session::change::Plan;
use crate::session::dry_run;
use crate::text::said::Said;
use crate::world::change::{self, Done};

/// The option of every command that changes something.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct DryRun {
    /// Change nothing: print the unified diff.
    #[arg(long)]
    pub dry_run: bool,
}

/// Saves what `plan` says and tells it; with `--dry-run` prints the diff and changes nothing.
pub fn carry_out(
    context: &mut Context<'_>,
    library: &Library,
    plan: &Plan,
    how: &DryRun,
) -> Result<ExitCode, Failure> {
    for note in &plan.notes {
        context.say(note)?;
    }
    if plan.is_empty() {
        context.say(&Said::new("edit.unchanged"))?;
        return Ok(ExitCode::Fine);
    }
    if how.dry_run {
        let diff = dry_run::diff(library, plan);
        let diff = context.harmless(&diff).into_owned();
        write!(context.out, "{diff}")?;
        return Ok(ExitCode::Fine);
    }
    let done = change::save_last(library, plan)?;
    context.say(&plan.said)?;
    told(context, &done)?;
    Ok(ExitCode::Fine)
}

/// Tells what a person should know of how it was saved.
pub fn told(context: &mut Context<'_>, done: &Done) -> Result<(), Failure> {
    for (id, paths) in [("edit.merged", &done.merged), ("edit.unconfirmed", &done.unconfirmed)] {
        for path in paths {
            context.say(&Said::new(id).with("path", path.display()))?;
        }
    }
    if !done.has_history {
        context.say(&Said::new("edit.no-journal"))?;
    }
    Ok(())
}
