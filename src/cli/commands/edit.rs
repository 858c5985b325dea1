//! `kilde edit KEY`: an entry as it is written, in the user's own editor.

use crate::cli::carry_out::{DryRun, carry_out};
use crate::cli::{Context, ExitCode, Failure};
use crate::session::change::{Change, plan};
use crate::session::target;
use crate::text::said::Said;
use crate::world::editor;

/// The arguments of `kilde edit`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The entry: its citation key, or FILE:LINE.
    #[arg(value_name = "KEY")]
    key: String,
    #[command(flatten)]
    how: DryRun,
}

/// Opens the entry in the editor and puts what comes back in its place.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let library = context.library()?;
    let entry = target::find(&library, &args.key)?;
    let written = String::from_utf8_lossy(library.written(&library.entries[entry])).into_owned();
    let draft = editor::edit(&written)?;
    let text = draft.text.clone();
    let change = Change::Rewrite { entry, text };
    let done = plan(&library, &[change])
        .map_err(Failure::from)
        .and_then(|plan| carry_out(context, &library, &plan, &args.how));
    match done {
        Err(Failure::Told(error)) => {
            // Nothing that was written by hand is lost.
            let path = draft.keep();
            let hint = Said::new("edit.kept-text").with("path", path.display());
            Err(Failure::Told(error.hint(hint)))
        }
        other => other,
    }
}
