//! `kilde completions SHELL`: completion for a shell, on standard output.

use crate::cli::args::Args as Whole;
use crate::cli::{Context, ExitCode, Failure};
use clap::CommandFactory;
use clap_complete::Shell;

/// The arguments of `kilde completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell: bash, elvish, fish, powershell or zsh.
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Whole::command(), "kilde", &mut script);
    context.out.write_all(&script)?;
    Ok(ExitCode::Fine)
}
