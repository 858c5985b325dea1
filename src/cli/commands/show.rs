//! `kilde show KEY…`: an entry whole.

use crate::cli::{Context, ExitCode, Failure};
use crate::model::{Entry, Library};
use crate::session::{Error, target};
use serde_json::{Map, Value, json};

/// The arguments of `kilde show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The citation keys.
    #[arg(required = true, value_name = "KEY")]
    keys: Vec<String>,
    /// The bytes as written.
    #[arg(long)]
    bib: bool,
}

/// Prints each entry that was asked for.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let library = context.library()?;
    for key in &args.keys {
        let entry = find(&library, key)?;
        if args.bib {
            let bytes = library.written(entry);
            let text = String::from_utf8_lossy(bytes);
            let text = context.harmless(&text).into_owned();
            writeln!(context.out, "{text}")?;
        } else if context.global.json {
            writeln!(context.out, "{}", object(&library, entry))?;
        } else {
            people(&library, entry, context)?;
        }
    }
    Ok(ExitCode::Fine)
}

/// The entry with this citation key (the first, where several have it) or at this `FILE:LINE`.
pub(crate) fn find<'a>(library: &'a Library, key: &str) -> Result<&'a Entry, Error> {
    match library.by_key(key) {
        Some(entry) => Ok(entry),
        None => target::find(library, key).map(|at| &library.entries[at]),
    }
}

fn people(library: &Library, entry: &Entry, context: &mut Context<'_>) -> std::io::Result<()> {
    let place = &library.sources[entry.place.source].path;
    let head =
        format!("@{} {}  ({}:{})", entry.entry_type, entry.key, place.display(), entry.place.line);
    let head = context.harmless(&head).into_owned();
    writeln!(context.out, "{head}")?;
    let width = entry.fields.iter().map(|field| field.name.chars().count()).max().unwrap_or(0);
    for field in &entry.fields {
        let text = entry.text(&field.name).unwrap_or_default();
        let from = field.from.as_ref().map(|from| format!("  (← {from})")).unwrap_or_default();
        let line = format!("  {:<width$}  {text}{from}", field.name);
        let line = context.harmless(&line).into_owned();
        writeln!(context.out, "{line}")?;
    }
    Ok(())
}

fn object(library: &Library, entry: &Entry) -> Value {
    let mut fields = Map::new();
    for field in &entry.fields {
        let text = entry.text(&field.name).unwrap_or_default();
        fields.entry(field.name.to_string()).or_insert(Value::String(text));
    }
    json!({
        "key": entry.key,
        "type": entry.entry_type,
        "file": library.sources[entry.place.source].path.display().to_string(),
        "line": entry.place.line,
        "fields": fields,
    })
}
