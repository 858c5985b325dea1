//! `kilde man [COMMAND]`: the manual page of the program or of a command, made from the arguments.

use crate::cli::args::Args as Whole;
use crate::cli::{Context, ExitCode, Failure};
use crate::session::Error;
use crate::text::said::Said;
use clap::CommandFactory;

/// The arguments of `kilde man`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The command; nothing: the program.
    #[arg(value_name = "COMMAND")]
    name: Option<String>,
}

/// Prints the page in roff, for `man -l -`.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let page = page(args.name.as_deref())?;
    context.out.write_all(page.as_bytes())?;
    Ok(ExitCode::Fine)
}

/// The page of a command, or of the program when `name` is `None`, in roff.
pub fn page(name: Option<&str>) -> Result<String, Error> {
    let mut whole = Whole::command();
    whole.build();
    let command = match name {
        None => whole,
        Some(name) => whole
            .find_subcommand(name)
            .cloned()
            .ok_or_else(|| Error::usage(Said::new("app.no-such-command").with("name", name)))?,
    };
    let mut out = Vec::new();
    let title = name.map_or_else(|| "kilde".to_owned(), |name| format!("kilde-{name}"));
    let rendered = clap_mangen::Man::new(command)
        .title(title)
        .source("kilde")
        .manual("kilde")
        .render(&mut out);
    debug_assert!(rendered.is_ok(), "writing to memory does not fail");
    Ok(String::from_utf8_lossy(&out).into_owned())
}
