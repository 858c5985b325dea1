//! `kilde release NAME`: an edition of the overview, frozen.

use crate::cli::{Context, ExitCode, Failure};
use crate::text::said::Said;
use crate::world::publish;
use serde_json::json;

/// The arguments of `kilde release`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What the edition is called: 2026-1.
    #[arg(value_name = "NAME")]
    name: String,
    /// Only entries that answer the query.
    #[arg(long, value_name = "QUERY")]
    query: Option<String>,
    /// Say what is new; write nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Freezes the edition, and says what has changed since the one before.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let folder = context.folder()?;
    let query = args.query.as_deref();
    let (edition, before, path) = publish::release(&folder, &args.name, query, args.dry_run)?;
    let difference = before.as_ref().map(|before| (before, before.difference(&edition)));
    if context.global.json {
        let lists = difference.as_ref().map(|(before, it)| {
            let gone: Vec<&str> = it.withdrawn.iter().map(|(slug, _)| slug.as_str()).collect();
            json!({
                "name": before.name,
                "added": it.added,
                "corrected": it.corrected,
                "withdrawn": gone,
            })
        });
        let object = json!({
            "name": edition.name,
            "date": edition.date,
            "works": edition.works.len(),
            "file": path.display().to_string(),
            "since": lists,
        });
        writeln!(context.out, "{object}")?;
        return Ok(ExitCode::Fine);
    }
    let count = edition.works.len();
    let said = Said::new("overview.released").with("name", &edition.name).with("count", count);
    context.say(&said.with("path", path.display()))?;
    if let Some((before, it)) = difference {
        context.say(
            &Said::new("overview.released-since")
                .with("name", &before.name)
                .with("added", it.added.len())
                .with("corrected", it.corrected.len())
                .with("withdrawn", it.withdrawn.len()),
        )?;
    }
    Ok(ExitCode::Fine)
}
