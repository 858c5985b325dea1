//! `kilde format`: entries written as most of their file is, or in those aspects that are named.

mod aspects;

use crate::bibtex::habits::Habits;
use crate::bibtex::tidy::{Aspects, tidied};
use crate::bibtex::{Entry as Block, write};
use crate::cli::carry_out::{DryRun, carry_out};
use crate::cli::{Context, ExitCode, Failure};
use crate::model::{Entry, Source};
use crate::session::change::Plan;
use crate::session::target;
use crate::text::edit::{Edit, smallest};
use crate::text::said::Said;
use crate::world::{self, settings};

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
    aspects: aspects::Named,
    #[command(flatten)]
    how: DryRun,
}

/// Makes those aspects so that the options name, else those that `[format]` of the library names:
/// nothing else changes. Where none is named, writes indents, `=`, commas and names of fields as
/// most of the file has them. Everything between entries stays as it is.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let folder = context.folder()?;
    let asked = args.aspects.asked();
    let asked =
        if asked.is_empty() { aspects::set(&settings::table(&folder, "format")) } else { asked };
    let library = world::open(&folder)?;
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
            if let Some(edit) = edit(source, entry, block, &habits, &asked) {
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
    carry_out(context, &library, &plan, &args.how)
}

/// The edit that formats one entry; none where it is so already.
fn edit(
    source: &Source,
    entry: &Entry,
    block: &Block,
    habits: &Habits,
    asked: &Aspects,
) -> Option<Edit> {
    let span = &entry.place.span;
    let written = &source.bytes[span.clone()];
    let text = if asked.is_empty() {
        write::formatted(&source.bytes, span, block, habits)?.into_bytes()
    } else {
        tidied(&source.bytes, span.clone(), asked)?
    };
    smallest(span.start, written, &text)
}
