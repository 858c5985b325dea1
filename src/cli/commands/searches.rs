//! `kilde searches`: the saved searches of a library, listed or taken away.

use crate::cli::{Context, ExitCode, Failure};
use crate::session::Error;
use crate::session::searches::is_name;
use crate::text::said::Said;
use crate::world::searches;
use clap::Subcommand;
use serde_json::json;

/// The arguments of `kilde searches`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to do; nothing lists them.
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the saved searches.
    List,
    /// Take saved searches away.
    Remove {
        /// Their names.
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
        /// Change nothing: say what would go.
        #[arg(long)]
        dry_run: bool,
    },
}

/// Lists the searches with their numbers, or takes some away; exit code 1 when there are none.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    match args.action {
        None | Some(Action::List) => list(context),
        Some(Action::Remove { names, dry_run }) => remove(&names, dry_run, context),
    }
}

fn list(context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let all = searches::load(&context.folder()?)?.all();
    for (number, it) in (1..).zip(&all) {
        if context.global.json {
            let object = json!({ "number": number, "name": it.name, "query": it.query });
            writeln!(context.out, "{object}")?;
        } else {
            let line = format!("{number:>3}  @{:<20} {}", it.name, it.query);
            let line = context.harmless(&line).into_owned();
            writeln!(context.out, "{line}")?;
        }
    }
    if all.is_empty() {
        context.say(&Said::new("search.searches-none.help"))?;
    }
    Ok(if all.is_empty() { ExitCode::Findings } else { ExitCode::Fine })
}

fn remove(names: &[String], dry_run: bool, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let folder = context.folder()?;
    let mut all = searches::load(&folder)?;
    let mut gone = Vec::new();
    for name in names {
        let name = name.trim_start_matches('@');
        match all.remove(name) {
            Some(it) => gone.push(it),
            None => {
                let said = Said::new("search.searches-unknown").with("name", name);
                return Err(Error::usage(said).into());
            }
        }
    }
    if !dry_run {
        searches::store(&folder, &all)?;
    }
    for it in gone {
        let said = Said::new("search.searches-removed");
        context.say(&said.with("name", it.name).with("query", it.query))?;
    }
    Ok(ExitCode::Fine)
}

/// Saves `query` under `name`; says where, and what was called so before.
pub(super) fn save(name: &str, query: &str, context: &mut Context<'_>) -> Result<(), Failure> {
    let folder = context.folder()?;
    let name = name.trim_start_matches('@');
    if !is_name(name) {
        let said = Said::new("search.searches-name").with("name", name);
        return Err(Error::usage(said).into());
    }
    let mut all = searches::load(&folder)?;
    let before = all.put(name, query);
    // A search that names itself or one that is not there is of no use to anybody.
    searches::checked(&all, query)?;
    let path = searches::store(&folder, &all)?;
    let said = Said::new("search.searches-saved").with("name", name);
    context.say(&said.with("path", path.display()))?;
    if let Some(before) = before.filter(|before| before != query) {
        context.say(&Said::new("search.searches-was").with("query", before))?;
    }
    Ok(())
}
