//! `kilde format`: entries written as most of their file is.

use crate::bibtex::habits::Habits;
use crate::bibtex::write;
use crate::cli::carry_out::{DryRun, carry_out};
use crate::cli::{Context, ExitCode, Failure};
use crate::session::change::Plan;
use crate::session::target;
use crate::text::edit::smallest;
use crate::text::said::Said;

/// The arguments of `kilde format`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only these entries: citation keys, or FILE:LINE; nothing: all.
    #[arg(value_name = "KEY")]
    keys: Vec<String>,
    /// Change nothing: list what is not formatted, and end with 1 if something is not.
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    how: DryRun,
}

/// Writes indents, `=`, commas and names of fields as most of the file has them. Values, their
/// order and everything between entries stay as they are; an entry with comments in it is left.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let mut library = context.library()?;
    let mut only = Vec::new();
    for key in &args.keys {
        only.push(target::find(&library, key)?);
    }
    let mut files = Vec::new();
    let mut unlike = Vec::new();
    for (number, source) in library.sources.iter().enumerate() {
        let habits = Habits::of(&source.bytes, &source.file);
        let mut edits = Vec::new();
        for (at, entry) in library.entries.iter().enumerate() {
            if entry.place.source != number || !(only.is_empty() || only.contains(&at)) {
                continue;
            }
            let Some(block) = library.block(entry) else { continue };
            let span = &entry.place.span;
            let Some(text) = write::formatted(&source.bytes, span, block, &habits) else {
                continue;
            };
            if let Some(edit) = smallest(span.start, &source.bytes[span.clone()], text.as_bytes()) {
                edits.push(edit);
                unlike.push(at);
            }
        }
        files.push((number, edits));
    }
    if args.check {
        for at in &unlike {
            let line = format!("{}: {}", target::place(&library, *at), library.entries[*at].key);
            let line = context.harmless(&line).into_owned();
            writeln!(context.out, "{line}")?;
        }
        let count = unlike.len();
        let id = if count == 0 { "edit.formatted" } else { "edit.not-formatted" };
        let said = Said::new(id);
        context.say(&if count == 0 { said } else { said.with("count", count) })?;
        return Ok(if count == 0 { ExitCode::Fine } else { ExitCode::Findings });
    }
    let keys: Vec<String> = unlike.iter().map(|at| library.entries[*at].key.clone()).collect();
    let said = Said::new("edit.did-format").with("count", keys.len());
    let plan = Plan::of_edits(files, said, keys);
    carry_out(context, &mut library, &plan, &args.how)
}
