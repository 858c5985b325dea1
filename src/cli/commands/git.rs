//! `kilde git install`: `.bib` files of a repository are merged by entry and field.

use crate::cli::{Context, ExitCode, Failure};
use crate::session::Error;
use crate::text::said::Said;
use crate::world::git::{self, Merged};
use std::path::PathBuf;

/// The arguments of `kilde git`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

/// What git is to be told, or asks.
#[derive(Debug, clap::Subcommand)]
enum What {
    /// Have git merge the .bib files of this repository by entry and field.
    Install,
    /// Merge three files into the second; git calls this.
    Merge {
        /// What both sides began with.
        base: PathBuf,
        /// Our side; the merged file is written here.
        ours: PathBuf,
        /// Their side.
        theirs: PathBuf,
        /// The file's name in the repository.
        name: Option<PathBuf>,
    },
}

/// Installs the drivers, or is one.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    match args.what {
        What::Install => {
            let folder = std::env::current_dir()
                .map_err(|error| Error::world(Said::new("app.no-current-folder")).because(error))?;
            let path = git::install(&folder)?;
            context.say(&Said::new("git.installed").with("path", path.display()))?;
            Ok(ExitCode::Fine)
        }
        What::Merge { base, ours, theirs, name } => {
            let name = name.unwrap_or_else(|| ours.clone());
            let name = name.display();
            Ok(match git::merge_files(&base, &ours, &theirs)? {
                Merged::Cleanly => ExitCode::Fine,
                Merged::WithConflicts(count) => {
                    let said = Said::new("git.conflicts").with("path", name);
                    context.say(&said.with("count", count))?;
                    ExitCode::Findings
                }
                Merged::ByLines => {
                    context.say(&Said::new("git.by-lines").with("path", name))?;
                    ExitCode::Findings
                }
            })
        }
    }
}
