//! `kilde publish --to DIR`: the overview as a folder of web pages.

use crate::cli::{Context, ExitCode, Failure};
use crate::session::publish::Asked;
use crate::text::said::{Said, words};
use crate::world::publish::serve::Server;
use crate::world::publish::{self, Done, Request};
use serde_json::json;
use std::path::PathBuf;

/// The arguments of `kilde publish`. The languages of the pages are those of `--lang nb,nn,en`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder that the pages are written to: empty, new, or an overview published before.
    #[arg(long, value_name = "DIR", required_unless_present_any = ["serve"])]
    to: Option<PathBuf>,
    /// Only entries that answer the query.
    #[arg(long, value_name = "QUERY")]
    query: Option<String>,
    /// The citation style of lists and pages (several: give it again); the first is that of the lists.
    #[arg(long, value_name = "STYLE")]
    style: Vec<String>,
    /// The address where the overview will stand: https://….
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// What the overview is called.
    #[arg(long)]
    title: Option<String>,
    /// A field to publish besides: abstract, note or another (several: give it again).
    #[arg(long, value_name = "FIELD")]
    field: Vec<String>,
    /// Say what would be published; write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Show the pages on 127.0.0.1 and make them anew when the library changes.
    #[arg(long, conflicts_with = "dry_run")]
    serve: bool,
    /// The port for `--serve`; 0 is a free one.
    #[arg(long, default_value_t = 8118, value_name = "PORT")]
    port: u16,
}

/// Publishes, and says what was written.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let folder = context.folder()?;
    let to = args.to.or_else(|| publish::preview(&folder)).unwrap_or_default();
    let languages = context.global.lang.iter().map(|it| it.language().tag().to_owned());
    let request = Request {
        to,
        query: args.query,
        asked: Asked {
            styles: args.style,
            languages: languages.collect(),
            base_url: args.base_url,
            title: args.title,
            fields: args.field,
        },
        dry_run: args.dry_run,
    };
    let done = publish::publish(&folder, &request)?;
    if context.global.json {
        writeln!(context.out, "{}", object(&done, &request))?;
    } else if args.dry_run {
        dry(&done, context)?;
    } else {
        context.say(&report("overview.done", &done).with("path", request.to.display()))?;
    }
    if args.serve {
        let server = Server::bind(&request.to, args.port)?;
        context.say(&Said::new("overview.serving").with("address", server.address()))?;
        context.out.flush()?;
        let language = context.language;
        server.run(folder, request, move |done| {
            if let Err(error) = done {
                eprint_harmless(&error.told(language));
            }
        });
    }
    Ok(ExitCode::Fine)
}

/// Tells on standard error what went wrong while a preview runs.
fn eprint_harmless(text: &str) {
    use std::io::Write as _;
    let text = crate::text::harmless::lines(text).into_owned();
    // A closed terminal is no reason to stop.
    let _written = writeln!(std::io::stderr(), "{text}");
}

fn report(id: &'static str, done: &Done) -> Said {
    let it = &done.report;
    Said::new(id)
        .with("count", done.works)
        .with("new", it.new)
        .with("changed", it.changed)
        .with("same", it.same)
        .with("gone", it.gone)
}

/// What would be published: how many works, which fields, which not, how many files.
fn dry(done: &Done, context: &mut Context<'_>) -> Result<(), Failure> {
    let list = |names: &std::collections::BTreeSet<String>| -> String {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        if names.is_empty() { "–".to_owned() } else { names.join(", ") }
    };
    let (fields, held) = (list(&done.selection.fields), list(&done.selection.held));
    let lines = [
        Said::new("overview.dry-works").with("count", done.works),
        Said::new("overview.dry-outside").with("count", done.selection.outside),
        Said::new("overview.dry-fields").with("fields", fields),
        Said::new("overview.dry-held").with("fields", held),
        report("overview.dry-files", done),
    ];
    for line in &lines {
        let line = words(line, context.language);
        let line = context.harmless(&line).into_owned();
        writeln!(context.out, "{line}")?;
    }
    Ok(())
}

fn object(done: &Done, request: &Request) -> serde_json::Value {
    json!({
        "to": request.to.display().to_string(),
        "works": done.works,
        "outside": done.selection.outside,
        "fields": done.selection.fields,
        "held": done.selection.held,
        "new": done.report.new,
        "changed": done.report.changed,
        "same": done.report.same,
        "removed": done.report.gone,
    })
}
