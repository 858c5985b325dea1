//! `kilde keys`: citation keys by pattern.

use crate::cli::carry_out::{DryRun, carry_out};
use crate::cli::{Context, ExitCode, Failure};
use crate::key_pattern::proposals;
use crate::session::change::{Change, plan};
use crate::session::{keys, target};
use crate::text::said::Said;
use crate::world::{self, settings};
use serde_json::json;

/// The arguments of `kilde keys`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only these entries: citation keys, or FILE:LINE; nothing: all.
    #[arg(value_name = "KEY")]
    keys: Vec<String>,
    /// The pattern, in JabRef's language or Better BibTeX's; else `[keys] pattern` of the library.
    #[arg(long, value_name = "PATTERN")]
    pattern: Option<String>,
    /// Change nothing: end with 1 if a key does not follow the pattern.
    #[arg(long, conflicts_with = "apply")]
    check: bool,
    /// Give the entries their new keys; the old ones still find them.
    #[arg(long)]
    apply: bool,
    /// With --apply: the old keys go.
    #[arg(long, requires = "apply")]
    forget: bool,
    #[command(flatten)]
    how: DryRun,
}

/// Lists the keys that the pattern would make; gives them to the entries when told so.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let folder = context.folder()?;
    let table = settings::table(&folder, "keys");
    let (text, pattern) = keys::pattern(args.pattern.as_deref(), &table)?;
    let library = world::open(&folder)?;
    let mut wanted = Vec::new();
    for key in &args.keys {
        wanted.push(target::find(&library, key)?);
    }
    if wanted.is_empty() {
        wanted = (0..library.entries.len()).filter(|at| !library.entries[*at].is_broken).collect();
    }
    let new: Vec<(usize, String)> = proposals(&library, &pattern, &wanted)
        .into_iter()
        .filter_map(|(at, key)| Some((at, key?)))
        .collect();
    if args.apply {
        let changes: Vec<Change> = new
            .iter()
            .map(|(at, key)| Change::Rename {
                entry: *at,
                to: key.clone(),
                keep_old: !args.forget && !library.entries[*at].key.is_empty(),
            })
            .collect();
        let plan = plan(&library, &changes)?;
        return carry_out(context, &library, &plan, &args.how);
    }
    for (at, key) in &new {
        let old = &library.entries[*at].key;
        if context.global.json {
            writeln!(context.out, "{}", json!({"key": old, "new": key}))?;
        } else {
            let line = format!("{old:<30} {key}");
            let line = context.harmless(&line).into_owned();
            writeln!(context.out, "{line}")?;
        }
    }
    let said = match new.len() {
        0 => Said::new("keys.all-follow").with("pattern", &text),
        count => Said::new("keys.others").with("pattern", &text).with("count", count),
    };
    context.say(&said)?;
    Ok(if args.check && !new.is_empty() { ExitCode::Findings } else { ExitCode::Fine })
}
