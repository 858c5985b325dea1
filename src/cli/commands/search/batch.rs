//! `kilde search --batch FILE`: many queries, one JSON object each.

use super::{hits, object, open};
use crate::cli::{Context, ExitCode, Failure};
use crate::index::Options;
use crate::query;
use crate::session::Error;
use crate::store::read;
use crate::text::said::Said;
use crate::world::{finding, searches};
use serde_json::{Map, Value};
use std::path::Path;

/// Answers every query in `file`; exit code 1 when none has a hit.
pub(super) fn run(
    file: &Path,
    options: &Options,
    context: &mut Context<'_>,
) -> Result<ExitCode, Failure> {
    let bytes = read::bytes(file).map_err(|unreadable| {
        Error::world(Said::new("app.unreadable").with("path", unreadable.path.display()))
            .because(unreadable.source)
    })?;
    let text = String::from_utf8_lossy(&bytes);
    let folder = context.folder()?;
    let index = open(context)?;
    let mut any = false;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut out = given(line);
        let asked = out.get("query").and_then(Value::as_str).unwrap_or_default().to_owned();
        // A list made elsewhere may have an @ that is no name of ours.
        let query = searches::query(&folder, &asked).unwrap_or_else(|_| query::parse(&asked));
        let found = finding::search(&index, &query, options)?;
        any |= found.total > 0;
        let mut marker = index.marker(&found.understood);
        let all: Vec<Value> = hits(&index, &found, &mut marker)
            .map(|(hit, row, passages)| object(hit, &row, &passages))
            .collect();
        out.insert("total".to_owned(), found.total.into());
        out.insert("hits".to_owned(), all.into());
        writeln!(context.out, "{}", Value::Object(out))?;
    }
    Ok(if any { ExitCode::Fine } else { ExitCode::Findings })
}

/// The query of a line, and its `id` where it has one.
fn given(line: &str) -> Map<String, Value> {
    let mut out = Map::new();
    match serde_json::from_str::<Value>(line) {
        Ok(Value::Object(object)) if object.get("query").is_some_and(Value::is_string) => {
            for name in ["id", "query"] {
                if let Some(value) = object.get(name) {
                    out.insert(name.to_owned(), value.clone());
                }
            }
        }
        _ => drop(out.insert("query".to_owned(), line.into())),
    }
    out
}
