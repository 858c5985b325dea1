//! `kilde index`: the search index, made or brought up to date.

use super::search::tell;
use crate::cli::{Context, ExitCode, Failure};
use crate::index::place;
use crate::text::said::Said;
use crate::world::finding;
use serde_json::json;
use std::time::Instant;

/// The arguments of `kilde index`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Make it anew from the ground.
    #[arg(long)]
    rebuild: bool,
}

/// Makes the index or brings it up to date, and says where it is.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let folder = context.folder()?;
    let start = Instant::now();
    let (err, language) = (&mut context.err, context.language);
    let make = if args.rebuild { finding::rebuild } else { finding::index };
    let index = make(&folder, &mut |progress| tell(*err, language, progress))?;
    let place = place::folder(&finding::sources(&folder));
    let shown = place.as_ref().map(|it| it.display().to_string());
    let seconds = start.elapsed().as_secs_f64();
    if context.global.json {
        let object = json!({ "entries": index.count(), "folder": shown, "seconds": seconds });
        writeln!(context.out, "{object}")?;
    } else {
        let folder = shown.unwrap_or_else(|| context.words(&Said::new("search.in-memory")));
        let said = Said::new("search.indexed").with("count", index.count()).with("folder", folder);
        let line = context.words(&said.with("seconds", format!("{seconds:.1}")));
        let line = context.harmless(&line).into_owned();
        writeln!(context.out, "{line}")?;
    }
    Ok(ExitCode::Fine)
}
