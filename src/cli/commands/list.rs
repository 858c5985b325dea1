//! `kilde list [QUERY]`: entries in alphabetical order.

use super::search::{self, Order};
use crate::cli::{Context, ExitCode, Failure};
use crate::index::{Loose, Options, Row};
use crate::world::{finding, searches};
use serde_json::json;

/// The arguments of `kilde list`.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// Only entries that answer this query.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// The order.
    #[arg(long, value_enum, value_name = "ORDER")]
    sort: Option<Order>,
}

/// Prints one line an entry: citation key, creators, year, title.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let index = search::open(context)?;
    let query = searches::query(&context.folder()?, &args.query.join(" "))?;
    for note in &query.notes {
        context.say(&note.said)?;
    }
    let options = Options {
        limit: usize::MAX / 4,
        sort: args.sort.unwrap_or(Order::Author).into(),
        loose: Loose::No,
        ..Options::default()
    };
    let found = finding::search(&index, &query, &options)?;
    for hit in &found.hits {
        let row = index.row(&found, hit);
        if context.global.json {
            writeln!(context.out, "{}", object(&row))?;
        } else {
            let line = line(&row);
            let line = context.harmless(&line).into_owned();
            writeln!(context.out, "{line}")?;
        }
    }
    Ok(if found.total == 0 { ExitCode::Findings } else { ExitCode::Fine })
}

fn line(row: &Row) -> String {
    let year = row.year.map_or_else(|| "    ".to_owned(), |year| format!("{year:>4}"));
    format!("{:<28} {year}  {}  {}", row.key, row.author, row.title)
}

fn object(row: &Row) -> serde_json::Value {
    json!({
        "key": row.key,
        "type": row.entry_type,
        "year": row.year,
        "author": row.author,
        "title": row.title,
        "file": row.place.file.display().to_string(),
        "line": row.place.line,
    })
}
