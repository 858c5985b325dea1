//! `kilde show KEY…`: an entry whole.

use crate::cli::{Context, ExitCode, Failure};
use crate::model::{Entry, Library};
use crate::session::Error;
use crate::text::said::Said;
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

/// The entry with this citation key, or an error that names near ones.
pub(crate) fn find<'a>(library: &'a Library, key: &str) -> Result<&'a Entry, Error> {
    library.by_key(key).ok_or_else(|| {
        let error = Error::usage(Said::new("app.no-such-key").with("key", key));
        let folded = key.to_lowercase();
        let near = library.entries.iter().map(|entry| entry.key.as_str()).max_by_key(|known| {
            let ratio =
                similar::TextDiff::from_chars(folded.as_str(), known.to_lowercase()).ratio();
            (ratio * 1000.0) as u32
        });
        match near {
            Some(near) => error.hint(Said::new("app.near-key").with("key", near)),
            None => error,
        }
    })
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
