//! `kilde log [KEY]`: what was changed, the newest first.

use crate::cli::{Context, ExitCode, Failure};
use crate::store::clock;
use crate::store::history::{self, Step};
use crate::store::journal::Kind;
use crate::text::said::Said;
use crate::world::change;
use serde_json::json;

/// The arguments of `kilde log`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only what was changed in this entry.
    #[arg(value_name = "KEY")]
    key: Option<String>,
    /// At most so many steps.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// Prints a line a step: when (UTC), what, and whether it was taken back.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let library = context.library()?;
    let steps = change::steps(&library)?;
    let (undo, _) = history::stacks(&steps);
    let is_about = |step: &&Step| args.key.as_ref().is_none_or(|key| step.note.keys.contains(key));
    let mut n_steps = 0;
    for step in steps.iter().rev().filter(is_about).take(args.limit.unwrap_or(usize::MAX)) {
        n_steps += 1;
        let what = context.words(&change::said(&step.note));
        let what = match step.note.kind {
            Kind::Change => what,
            Kind::Undo => context.words(&Said::new("edit.undone").with("what", what)),
            Kind::Redo => context.words(&Said::new("edit.redone").with("what", what)),
        };
        let stands = step.note.kind != Kind::Change || undo.iter().any(|it| it.id == step.id);
        if context.global.json {
            let kind = match step.note.kind {
                Kind::Change => "change",
                Kind::Undo => "undo",
                Kind::Redo => "redo",
            };
            let files: Vec<String> =
                step.files.iter().map(|(path, _)| path.display().to_string()).collect();
            let line = json!({
                "id": step.id, "at": step.at, "kind": kind, "what": what, "keys": step.note.keys,
                "files": files, "saved": step.done, "stands": stands,
            });
            writeln!(context.out, "{line}")?;
            continue;
        }
        let state = match (step.done, stands) {
            (false, _) => format!("  ({})", context.words(&Said::new("edit.not-saved"))),
            (true, false) => format!("  ({})", context.words(&Said::new("edit.taken-back"))),
            (true, true) => String::new(),
        };
        let line = format!("{}  {what}{state}", clock::minute(step.at));
        let line = context.harmless(&line).into_owned();
        writeln!(context.out, "{line}")?;
    }
    Ok(if n_steps == 0 { ExitCode::Findings } else { ExitCode::Fine })
}
