//! `kilde search QUERY`: ranked hits.

mod batch;
mod explain;

use super::searches;
use crate::cli::{Context, ExitCode, Failure};
use crate::index::{Found, Hit, Index, Mark, Marker, Options, Passage, Progress, Row, Sort};
use crate::query::{self, Query};
use crate::session::Error;
use crate::text::harmless;
use crate::text::said::Said;
use crate::world::finding;
use clap::ValueEnum;
use serde_json::{Value, json};
use std::ops::ControlFlow;
use std::path::PathBuf;

/// The arguments of `kilde search`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to look for; several words are put together.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// At most so many hits.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// The order of the hits.
    #[arg(long, value_enum, default_value_t = Order::Relevance, value_name = "ORDER")]
    sort: Order,
    /// Say how the query was understood and widened, and why each hit was found.
    #[arg(long)]
    explain: bool,
    /// Do not widen by the thesaurus.
    #[arg(long)]
    exact: bool,
    /// Answer the queries in FILE: one a line, or JSON objects with `query`, a line each.
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    batch: Option<PathBuf>,
    /// Save the query as NAME: `@NAME` in a query stands for it from now on.
    #[arg(long, value_name = "NAME", conflicts_with = "batch")]
    save: Option<String>,
    /// Entries like this one: with the same rare words, or by the same people.
    #[arg(long, value_name = "KEY", conflicts_with_all = ["query", "batch", "save"])]
    like: Option<String>,
}

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// Best first.
    Relevance,
    /// By author.
    Author,
    /// Newest first.
    Year,
    /// By title.
    Title,
    /// Last added first.
    Added,
}

impl From<Order> for Sort {
    fn from(order: Order) -> Self {
        match order {
            Order::Relevance => Self::Relevance,
            Order::Author => Self::Author,
            Order::Year => Self::Year,
            Order::Title => Self::Title,
            Order::Added => Self::Added,
        }
    }
}

/// Prints the hits; exit code 1 when there are none.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let options = Options {
        limit: args.limit,
        sort: args.sort.into(),
        widen: !args.exact,
        ..Options::default()
    };
    if let Some(file) = &args.batch {
        return batch::run(file, &options, context);
    }
    if let Some(key) = &args.like {
        return like(key, &options, args.explain, context);
    }
    let text = args.query.join(" ");
    if text.trim().is_empty() {
        return Err(Error::usage(Said::new("search.no-query")).into());
    }
    if let Some(name) = &args.save {
        searches::save(name, &text, context)?;
    }
    let query = crate::world::searches::query(&context.folder()?, &text)?;
    let index = open(context)?;
    let found = finding::search(&index, &query, &options)?;
    for note in &query.notes {
        context.say(&note.said)?;
    }
    if let Some(relaxed) = explain::relaxed(&found) {
        context.say(&relaxed)?;
    }
    print(&index, &found, &query, args.explain, context)?;
    if found.total == 0 {
        context.say(&Said::new("search.none").with("query", &text))?;
        for offer in explain::offers(&found, context) {
            context.say(&offer)?;
        }
    } else if found.total > found.hits.len() && !context.global.json {
        let more = found.total - found.hits.len();
        context.say(&Said::new("search.more").with("count", more))?;
    }
    Ok(if found.total == 0 { ExitCode::Findings } else { ExitCode::Fine })
}

/// Entries like the one with the citation key `key`.
fn like(
    key: &str,
    options: &Options,
    explain: bool,
    context: &mut Context<'_>,
) -> Result<ExitCode, Failure> {
    let index = open(context)?;
    let found = match index.number(key) {
        Some(number) => finding::like(&index, number, options)?,
        None => None,
    };
    let Some(found) = found else {
        return Err(Error::usage(Said::new("search.like-unknown").with("key", key)).into());
    };
    let query = Query { text: key.to_owned(), ..query::parse("") };
    print(&index, &found, &query, explain, context)?;
    Ok(if found.total == 0 { ExitCode::Findings } else { ExitCode::Fine })
}

/// Prints the hits, and how they came to be where that is asked for.
fn print(
    index: &Index,
    found: &Found,
    query: &Query,
    explain: bool,
    context: &mut Context<'_>,
) -> Result<(), Failure> {
    let mut marker = index.marker(&found.understood);
    if explain {
        if context.global.json {
            writeln!(context.out, "{}", explain::object(&query.text, found))?;
        } else {
            explain::people(query, found, context)?;
        }
    }
    for hit in &found.hits {
        let row = index.row(found, hit);
        let passages = marker.passages(&row, &index.texts(found, hit));
        if context.global.json {
            let mut object = object(hit, &row, &passages);
            if explain {
                object["why"] = explain::why(found, &mut marker, &passages);
            }
            writeln!(context.out, "{object}")?;
        } else {
            line(&row, &passages, context)?;
            if explain {
                explain::reasons(found, &mut marker, &passages, context)?;
            }
        }
    }
    Ok(())
}

/// The index of the library that is meant; tells on standard error when it must be made.
pub(crate) fn open(context: &mut Context<'_>) -> Result<Index, Error> {
    let folder = context.folder()?;
    let (err, language) = (&mut context.err, context.language);
    finding::index(&folder, &mut |progress| tell(*err, language, progress))
}

/// Tells how far the making of an index has come: often enough to see that it goes on.
pub(crate) fn tell(
    err: &mut dyn std::io::Write,
    language: crate::text::said::Language,
    progress: Progress,
) -> ControlFlow<()> {
    let said = match progress {
        Progress::Waiting => Said::new("search.index-waiting"),
        Progress::Entries(done, all) if done % 51_200 == 0 && all > 5000 => {
            Said::new("search.index-entries").with("done", done).with("all", all)
        }
        Progress::Entries(..) | Progress::Finishing => return ControlFlow::Continue(()),
    };
    // Talk that nobody can hear is no failure.
    let _told = writeln!(err, "{}", crate::text::said::words(&said, language));
    ControlFlow::Continue(())
}

/// A hit as an object of the contract.
pub(super) fn object(hit: &Hit, row: &Row, passages: &[Passage]) -> Value {
    let highlights: Vec<Value> = passages
        .iter()
        .filter(|passage| !passage.marks.is_empty())
        .map(|passage| {
            let marks: Vec<[usize; 2]> = passage
                .marks
                .iter()
                .map(|mark| {
                    let at = |byte: usize| passage.text[..byte].chars().count();
                    [at(mark.span.start), at(mark.span.end)]
                })
                .collect();
            json!({ "field": passage.field, "text": passage.text, "marks": marks })
        })
        .collect();
    json!({
        "key": row.key,
        "score": (f64::from(hit.score) * 1000.0).round() / 1000.0,
        "type": row.entry_type,
        "year": row.year,
        "author": row.author,
        "title": row.title,
        "file": row.place.file.display().to_string(),
        "line": row.place.line,
        "highlights": highlights,
    })
}

fn line(row: &Row, passages: &[Passage], context: &mut Context<'_>) -> std::io::Result<()> {
    let year = row.year.map_or_else(|| "    ".to_owned(), |year| format!("{year:>4}"));
    let title = passages.first().map(|it| shown(&it.text, &it.marks, context)).unwrap_or_default();
    let head = format!("{:<28} {year}  {}  ", row.key, row.author);
    let head = context.harmless(&head).into_owned();
    writeln!(context.out, "{head}{title}")?;
    for passage in passages.iter().skip(1).filter(|it| it.field == "abstract") {
        let (before, after) = passage.cut;
        let text = shown(&passage.text, &passage.marks, context);
        let dots = |cut: bool| if cut { "…" } else { "" };
        writeln!(context.out, "    {}{text}{}", dots(before), dots(after))?;
    }
    Ok(())
}

/// `text` with its marks in bold where there is colour.
pub(super) fn shown(text: &str, marks: &[Mark], context: &Context<'_>) -> String {
    let harmless = |text: &str| {
        if context.is_terminal { harmless::one_line(text).into_owned() } else { text.to_owned() }
    };
    if !context.color {
        return harmless(text);
    }
    let mut out = String::with_capacity(text.len() + marks.len() * 8);
    let mut at = 0;
    for mark in marks {
        out.push_str(&harmless(&text[at..mark.span.start]));
        out.push_str("\u{1b}[1m");
        out.push_str(&harmless(&text[mark.span.clone()]));
        out.push_str("\u{1b}[0m");
        at = mark.span.end;
    }
    out.push_str(&harmless(&text[at..]));
    out
}

/// Marks the hits of `found`, in order, each with its row.
pub(super) fn hits<'a>(
    index: &'a Index,
    found: &'a Found,
    marker: &'a mut Marker<'_>,
) -> impl Iterator<Item = (&'a Hit, Row, Vec<Passage>)> {
    found.hits.iter().map(move |hit| {
        let row = index.row(found, hit);
        let passages = marker.passages(&row, &index.texts(found, hit));
        (hit, row, passages)
    })
}
