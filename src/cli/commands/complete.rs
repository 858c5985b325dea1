//! `kilde complete QUERY`: what a half-typed query can go on with, for shells and editors.

use super::search;
use crate::cli::{Context, ExitCode, Failure};
use crate::index::Offer;
use crate::world::searches;
use serde_json::json;

/// The arguments of `kilde complete`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The query as far as it is typed.
    #[arg(value_name = "QUERY", default_value = "")]
    query: String,
    /// Where the cursor stands, in characters; without it at the end.
    #[arg(long, value_name = "N")]
    cursor: Option<usize>,
    /// At most so many lines.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
}

/// Prints the whole word, as completed, and in how many entries it stands, a tab between them; exit
/// code 1 when there is nothing to offer.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let query = args.query.as_str();
    let cursor = args.cursor.and_then(|at| query.char_indices().nth(at)).map(|(at, _)| at);
    let cursor = cursor.unwrap_or(query.len());
    let typed = &query[..cursor];
    let start = typed.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let (at, offers) = match typed[start..].strip_prefix('@') {
        Some(name) => (start..cursor, saved(name, context)?),
        None => {
            let found = search::open(context)?.complete(query, cursor, args.limit);
            (found.at, found.offers)
        }
    };
    // A shell replaces the whole word, of which the value of a field is only the end.
    let word = typed[..at.start].rfind(char::is_whitespace).map_or(0, |at| at + 1);
    for Offer { text, count } in offers.iter().take(args.limit) {
        if context.global.json {
            let from = query[..at.start].chars().count();
            let to = from + query[at.clone()].chars().count();
            let object = json!({ "text": text, "count": count, "replace": [from, to] });
            writeln!(context.out, "{object}")?;
        } else {
            let line = format!("{}{text}\t{count}", &typed[word..at.start]);
            let line = context.harmless(&line).into_owned();
            writeln!(context.out, "{line}")?;
        }
    }
    Ok(if offers.is_empty() { ExitCode::Findings } else { ExitCode::Fine })
}

/// Saved searches whose name begins so. How many entries they find is not counted.
fn saved(name: &str, context: &mut Context<'_>) -> Result<Vec<Offer>, Failure> {
    let name = name.to_lowercase();
    let all = searches::load(&context.folder()?)?.all();
    let fits = all.into_iter().filter(|it| it.name.to_lowercase().starts_with(&name));
    Ok(fits.map(|it| Offer { text: format!("@{}", it.name), count: 0 }).collect())
}
