//! `kilde dedupe`: entries that describe the same work, and why.

mod against;
mod shown;

use crate::cli::{Context, ExitCode, Failure};
use crate::compare::{self, Cluster, Features, Verdict};
use crate::model::Library;
use crate::session::{Error, target};
use crate::text::said::Said;
use crate::world::duplicates;
use std::path::PathBuf;

/// The arguments of `kilde dedupe`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Hold the entries in FILE against the library: new, same, perhaps.
    #[arg(long, value_name = "FILE", conflicts_with = "apart")]
    against: Option<PathBuf>,
    /// Remember that these keys are not the same work.
    #[arg(long, value_name = "KEY", num_args = 1..)]
    apart: Vec<String>,
    /// Show only what is sure enough to be merged.
    #[arg(long)]
    sure: bool,
}

/// Prints the clusters, or carries out what was asked.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    if !args.apart.is_empty() {
        return remember(&args.apart, context);
    }
    let folder = context.folder()?;
    let decisions = duplicates::decided(&folder)?;
    let library = context.library()?;
    let features: Vec<Features> = library.entries.iter().map(Features::of).collect();
    if let Some(file) = &args.against {
        return against::run(file, &library, &features, &decisions, context);
    }
    let clusters = compare::find(&features, &decisions);
    let wanted: Vec<&Cluster> =
        clusters.iter().filter(|it| !args.sure || it.verdict == Verdict::Same).collect();
    for cluster in &wanted {
        if context.global.json {
            writeln!(context.out, "{}", shown::object(&library, cluster, context.language))?;
        } else {
            shown::people(&library, cluster, context)?;
        }
    }
    let same = clusters.iter().filter(|it| it.verdict == Verdict::Same).count();
    let total = Said::new("dedupe.total").with("same", same).with("perhaps", clusters.len() - same);
    context.say(&if clusters.is_empty() { Said::new("dedupe.none") } else { total })?;
    Ok(if wanted.is_empty() { ExitCode::Fine } else { ExitCode::Findings })
}

fn remember(keys: &[String], context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    if keys.len() < 2 {
        return Err(Error::usage(Said::new("dedupe.two-keys")).into());
    }
    let folder = context.folder()?;
    let library = context.library()?;
    let keys = known(&library, keys)?;
    let path = duplicates::keep_apart(&folder, &keys)?;
    let said =
        Said::new("dedupe.remembered").with("file", path.display()).with("keys", keys.join("`, `"));
    context.say(&said)?;
    Ok(ExitCode::Fine)
}

/// The keys as the library writes them.
fn known(library: &Library, keys: &[String]) -> Result<Vec<String>, Error> {
    keys.iter()
        .map(|key| target::find(library, key).map(|at| library.entries[at].key.clone()))
        .collect()
}
