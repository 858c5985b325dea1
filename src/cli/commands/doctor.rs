//! `kilde doctor`: what kilde found, where it keeps things, and what is wrong with that.

use crate::cli::{Context, ExitCode, Failure};
use crate::text::said::Said;
use crate::world::{self, place};
use serde_json::json;
use std::path::Path;

/// The arguments of `kilde doctor`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// One thing that was looked at.
struct Found {
    id: &'static str,
    value: String,
    fine: bool,
}

/// Prints one line for each thing that was looked at; ends with 1 where something is wrong.
pub fn run(_args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let mut found = vec![
        Found { id: "app.doctor-version", value: env!("CARGO_PKG_VERSION").to_owned(), fine: true },
        Found { id: "app.doctor-language", value: context.language.tag().to_owned(), fine: true },
    ];
    for (id, folder) in [
        ("app.doctor-cache", place::cache()),
        ("app.doctor-state", place::state()),
        ("app.doctor-config", place::config()),
    ] {
        let fine = folder.is_some();
        let value = folder.map_or_else(|| "–".to_owned(), |it| it.display().to_string());
        found.push(Found { id, value, fine });
    }
    let tools = ["git", "wl-copy", "xclip", "pbcopy"];
    let present: Vec<&str> = tools.into_iter().filter(|tool| on_path(tool)).collect();
    found.push(Found { id: "app.doctor-tools", value: present.join(", "), fine: true });
    match context.folder().and_then(|folder| world::open(&folder)) {
        Ok(library) => {
            for source in &library.sources {
                let value = format!("{} ({} B)", source.path.display(), source.bytes.len());
                found.push(Found { id: "app.doctor-file", value, fine: true });
            }
            let entries = library.entries.len().to_string();
            found.push(Found { id: "app.doctor-entries", value: entries, fine: true });
            let problems: usize = library.sources.iter().map(|it| it.file.problems.len()).sum();
            found.push(Found {
                id: "app.doctor-problems",
                value: problems.to_string(),
                fine: problems == 0,
            });
        }
        Err(error) => {
            let value = error.told(context.language);
            found.push(Found { id: "app.doctor-no-library", value, fine: false });
        }
    }
    let mut fine = true;
    for it in &found {
        fine &= it.fine;
        if context.global.json {
            let object = json!({"what": it.id, "value": it.value, "fine": it.fine});
            writeln!(context.out, "{object}")?;
        } else {
            let what = context.words(&Said::new(it.id));
            let mark = if it.fine { "✓" } else { "✗" };
            let line = format!("{mark} {what}: {}", it.value);
            let line = context.harmless(&line).into_owned();
            writeln!(context.out, "{line}")?;
        }
    }
    Ok(if fine { ExitCode::Fine } else { ExitCode::Findings })
}

fn on_path(tool: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|it| is_there(&it.join(tool))))
}

fn is_there(path: &Path) -> bool {
    path.is_file()
}
