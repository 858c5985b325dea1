//! `kilde styles [SEARCH]`: the styles that there are.

use crate::cite::builtin;
use crate::cli::{Context, ExitCode, Failure};
use crate::text::fold;
use crate::world::styles;
use serde_json::json;

/// The arguments of `kilde styles`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Words that stand in the name or the title; nothing: all styles.
    #[arg(value_name = "SEARCH")]
    search: Vec<String>,
}

/// Prints a line for each style: its name, how it cites, its title, its short names.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let words: Vec<String> = args.search.iter().map(|word| fold::base(word)).collect();
    let mut count = 0;
    for style in styles::all() {
        let about = builtin::about(&style.xml);
        let carried = builtin::style(&style.name).filter(|_| style.path.is_none());
        let aliases = carried.map_or(&[][..], |it| it.aliases);
        let all = fold::base(&format!("{} {} {}", style.name, about.title, aliases.join(" ")));
        if !words.iter().all(|word| all.contains(word.as_str())) {
            continue;
        }
        count += 1;
        if context.global.json {
            let object = json!({
                "name": style.name,
                "title": about.title,
                "format": about.citation_format,
                "aliases": aliases,
                "parent": about.parent,
                "file": style.path.as_ref().map(|path| path.display().to_string()),
            });
            writeln!(context.out, "{object}")?;
            continue;
        }
        let mut line = format!("{:<40} {:<12} {}", style.name, about.citation_format, about.title);
        if !aliases.is_empty() {
            line.push_str(&format!(" ({})", aliases.join(", ")));
        }
        if let Some(path) = &style.path {
            line.push_str(&format!("  {}", path.display()));
        }
        let line = context.harmless(&line).into_owned();
        writeln!(context.out, "{line}")?;
    }
    Ok(if count == 0 { ExitCode::Findings } else { ExitCode::Fine })
}
