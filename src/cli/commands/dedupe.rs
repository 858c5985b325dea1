//! `kilde dedupe`: entries that describe the same work, and why.

mod against;
mod shown;

use crate::bibtex::diff;
use crate::cli::carry_out::{DryRun, carry_out};
use crate::cli::progress::Progress;
use crate::cli::{Context, ExitCode, Failure};
use crate::compare::merge;
use crate::compare::{self, Cluster, Decisions, Features, Verdict};
use crate::model::Library;
use crate::session::change::Plan;
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
    /// Forget that these keys are not the same work: the way back from --apart.
    #[arg(long, value_name = "KEY", num_args = 1.., conflicts_with_all = ["apart", "against"])]
    forget: Vec<String>,
    /// Show only what is sure enough to be merged.
    #[arg(long)]
    sure: bool,
    /// Merge every cluster whose ties are all at least so certain: 0 to 1; 0.9 is where "same" begins.
    #[arg(long, value_name = "THRESHOLD", value_parser = threshold)]
    auto: Option<f32>,
    #[command(flatten)]
    how: DryRun,
}

fn threshold(text: &str) -> Result<f32, String> {
    let value: Option<f32> = text.parse().ok().filter(|it| (0.0..=1.0).contains(it));
    value.ok_or_else(|| "a number from 0 to 1".to_owned())
}

/// Prints the clusters, or carries out what was asked.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    if !args.apart.is_empty() {
        return remember(&args.apart, context);
    }
    if !args.forget.is_empty() {
        return forget(&args.forget, context);
    }
    let folder = context.folder()?;
    let decisions = duplicates::decided(&folder)?;
    let library = context.library()?;
    let features: Vec<Features> = library.entries.iter().map(Features::of).collect();
    if let Some(file) = &args.against {
        return against::run(file, &library, &features, &decisions, context);
    }
    if let Some(threshold) = args.auto {
        return merge_sure(library, &decisions, threshold, &args.how, context);
    }
    let mut progress = Progress::new(context.language);
    let clusters = compare::find_told(&features, &decisions, &mut |done, all| {
        progress
            .tell(context.err, || Said::new("dedupe.progress").with("done", done).with("all", all));
    });
    progress.end(context.err);
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

/// Merges what is certain, as one step that can be undone.
fn merge_sure(
    library: Library,
    decisions: &Decisions,
    threshold: f32,
    how: &DryRun,
    context: &mut Context<'_>,
) -> Result<ExitCode, Failure> {
    let merged = merge::all(&library, decisions, threshold);
    for (kept, gone) in &merged.keys {
        let said = Said::new("dedupe.merge").with("kept", kept).with("gone", gone.join("`, `"));
        context.say(&said)?;
    }
    let files = merged
        .changed
        .iter()
        .map(|(source, text)| (*source, diff::between(&library.sources[*source].bytes, text)))
        .collect();
    let said = Said::new("dedupe.merged").with("count", merged.keys.len());
    let keys = merged.keys.iter().map(|(kept, _)| kept.clone()).collect();
    let plan = Plan::of_edits(files, said, keys);
    carry_out(context, &library, &plan, how)
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

fn forget(keys: &[String], context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    if keys.len() < 2 {
        return Err(Error::usage(Said::new("dedupe.two-keys")).into());
    }
    let folder = context.folder()?;
    // A key that has since been changed or merged may still stand in a decision.
    let count = duplicates::forget_apart(&folder, keys)?;
    context.say(&Said::new("dedupe.forgotten").with("count", count))?;
    Ok(if count == 0 { ExitCode::Findings } else { ExitCode::Fine })
}

/// The keys as the library writes them.
fn known(library: &Library, keys: &[String]) -> Result<Vec<String>, Error> {
    keys.iter()
        .map(|key| target::find(library, key).map(|at| library.entries[at].key.clone()))
        .collect()
}
