//! `kilde set KEY FIELD=VALUE…`: sets fields of an entry.

use crate::cli::carry_out::{DryRun, carry_out};
use crate::cli::{Context, ExitCode, Failure};
use crate::session::Error;
use crate::session::change::{Change, plan};
use crate::session::target;
use crate::text::said::Said;

/// The arguments of `kilde set`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The entry: its citation key, or FILE:LINE.
    #[arg(value_name = "KEY")]
    key: String,
    /// What to set: a field's name, `=` and its value as TeX; `entrytype` is the type.
    #[arg(required = true, value_name = "FIELD=VALUE")]
    fields: Vec<String>,
    /// The values are written just so: with braces or quotes, numbers, macros, `#`.
    #[arg(long)]
    written: bool,
    #[command(flatten)]
    how: DryRun,
}

/// Sets each field, all as one step.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let library = context.outline()?;
    let entry = target::find(&library, &args.key)?;
    let mut changes = Vec::with_capacity(args.fields.len());
    for text in &args.fields {
        let Some((field, value)) = text.split_once('=') else {
            return Err(Error::usage(Said::new("edit.no-value").with("text", text)).into());
        };
        let (field, value) = (field.trim().to_owned(), value.to_owned());
        changes.push(if field.eq_ignore_ascii_case("entrytype") {
            Change::SetType { entry, to: value }
        } else if args.written {
            Change::SetWritten { entry, field, value }
        } else {
            Change::Set { entry, field, value }
        });
    }
    let plan = plan(&library, &changes)?;
    carry_out(context, &library, &plan, &args.how)
}
