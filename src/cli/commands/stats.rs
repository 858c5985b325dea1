//! `kilde stats [QUERY]`: the library counted.

use super::search;
use crate::cli::{Context, ExitCode, Failure};
use crate::index::{Facets, Loose, Options, Sort};
use crate::text::said::Said;
use crate::world::{finding, searches};
use serde_json::{Map, Value, json};

/// The arguments of `kilde stats`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only entries that answer this query.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
}

/// How many values of a kind are printed for people.
const SHOWN: usize = 12;

/// Prints the counts; exit code 1 when there is nothing to count.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let index = search::open(context)?;
    let query = searches::query(&context.folder()?, &args.query.join(" "))?;
    for note in &query.notes {
        context.say(&note.said)?;
    }
    let options = Options {
        limit: 0,
        sort: Sort::Author,
        loose: Loose::No,
        facets: true,
        ..Options::default()
    };
    let found = finding::search(&index, &query, &options)?;
    let facets = found.facets.unwrap_or_default();
    if context.global.json {
        writeln!(context.out, "{}", object(found.total, &facets))?;
    } else {
        let head = context.words(&Said::new("search.entries").with("count", found.total));
        writeln!(context.out, "{head}")?;
        for (id, values) in kinds(&facets) {
            if !values.is_empty() {
                people(id, &values, context)?;
            }
        }
    }
    Ok(if found.total == 0 { ExitCode::Findings } else { ExitCode::Fine })
}

type Counted = Vec<(String, usize)>;

/// The kinds in the order in which they are shown, with the id of their name.
fn kinds(facets: &Facets) -> Vec<(&'static str, Counted)> {
    let counted = |values: &[crate::index::facets::Count]| -> Counted {
        values.iter().map(|it| (it.value.clone(), it.count)).collect()
    };
    let years = facets.years.iter().rev().map(|(year, count)| (year.to_string(), *count)).collect();
    vec![
        ("search.facet-type", counted(&facets.types)),
        ("search.facet-language", counted(&facets.languages)),
        ("search.facet-project", counted(&facets.projects)),
        ("search.facet-status", counted(&facets.statuses)),
        ("search.facet-year", years),
        ("search.facet-keyword", counted(&facets.keywords)),
        ("search.facet-author", counted(&facets.authors)),
    ]
}

fn people(id: &'static str, values: &Counted, context: &mut Context<'_>) -> std::io::Result<()> {
    let name = context.words(&Said::new(id));
    writeln!(context.out, "\n{name}")?;
    let most = values.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    for (value, count) in values.iter().take(SHOWN) {
        let bar = "▪".repeat((count * 24).div_ceil(most));
        let line = format!("  {count:>7}  {bar:<24}  {value}");
        let line = context.harmless(&line).into_owned();
        writeln!(context.out, "{line}")?;
    }
    let rest = values.len().saturating_sub(SHOWN);
    if rest > 0 {
        let line = context.words(&Said::new("search.facet-more").with("count", rest));
        writeln!(context.out, "           {line}")?;
    }
    Ok(())
}

fn object(total: usize, facets: &Facets) -> Value {
    let map = |values: &[crate::index::facets::Count]| -> Value {
        let pairs = values.iter().map(|it| (it.value.clone(), Value::from(it.count)));
        Value::Object(pairs.collect::<Map<String, Value>>())
    };
    let years: Map<String, Value> =
        facets.years.iter().map(|(year, count)| (year.to_string(), Value::from(*count))).collect();
    json!({
        "entries": total,
        "years": years,
        "types": map(&facets.types),
        "languages": map(&facets.languages),
        "projects": map(&facets.projects),
        "statuses": map(&facets.statuses),
        "keywords": map(&facets.keywords),
        "authors": map(&facets.authors),
    })
}
