//! `kilde add [TEXT|FILE|-]…`: whatever was pasted: BibTeX, RIS, JSON, a reference, a DOI, an ISBN.

use super::import::{self, How, Incoming};
use crate::bibtex::{self, Kind};
use crate::cli::carry_out::carry_out;
use crate::cli::{Context, ExitCode, Failure};
use crate::compare::Decisions;
use crate::exchange::identifier::{self, Identifier};
use crate::exchange::{Format, Item, Options, Record};
use crate::model::Library;
use crate::session::Error;
use crate::session::change::{Change, plan};
use crate::session::import::{Import, Rejects, Standing};
use crate::text::said::Said;
use crate::world::fetch::{Fetch, service};
use crate::world::{self, records};
use std::path::Path;

/// The arguments of `kilde add`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Text of any format that `kilde import` reads, a file, a DOI, an ISBN, a PubMed or arXiv number,
    /// or `-` for standard input.
    #[arg(value_name = "TEXT|FILE|ID", default_value = "-")]
    what: Vec<String>,
    /// Ask nobody on the web.
    #[arg(long)]
    offline: bool,
    #[command(flatten)]
    how: How,
}

/// Adds what was given: BibTeX as it is written, everything else as `kilde import` does.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let identifiers: Vec<Identifier> =
        args.what.iter().filter_map(|it| identifier::read(it)).collect();
    if identifiers.len() == args.what.len() {
        return fetched(&identifiers, &args, context);
    }
    let what = args.what.join(" ");
    let text = if is_file(&what) { world::text(Path::new(&what))? } else { what.clone() };
    if let Some(identifier) = identifier::read(&text) {
        return fetched(&[identifier], &args, context);
    }
    let source = records::text(&text, None);
    if source.format == Format::Biblatex || source.head.trim_start().starts_with('@') {
        return bibtex(&text, &args, context);
    }
    let name = if is_file(&what) && what != "-" { what } else { String::new() };
    let mut incoming = Incoming { files: vec![name], ..Incoming::default() };
    for item in source.read(&Options::default()) {
        match item {
            Item::Record(record) => incoming.records.push((0, record)),
            Item::Unreadable(it) => incoming.unreadable.push((0, it)),
        }
    }
    let (folder, mut library) = import::open(args.how.to.as_deref(), context)?;
    import::take_in(&incoming, &folder, &mut library, &args.how, context)
}

fn is_file(what: &str) -> bool {
    what == "-" || (what.len() < 4096 && Path::new(what).is_file())
}

/// Asks for each identifier and takes in what the services say.
fn fetched(
    identifiers: &[Identifier],
    args: &Args,
    context: &mut Context<'_>,
) -> Result<ExitCode, Failure> {
    if args.offline {
        let what: Vec<String> = identifiers.iter().map(service::name).collect();
        return Err(Error::usage(Said::new("fetch.offline").with("what", what.join(", "))).into());
    }
    let fetch = Fetch::new();
    let mut incoming = Incoming::default();
    for identifier in identifiers {
        let file = incoming.files.len();
        incoming.files.push(service::name(identifier));
        let records = fetch.records(identifier)?;
        incoming.records.extend(records.into_iter().map(|record| (file, record)));
    }
    let (folder, mut library) = import::open(args.how.to.as_deref(), context)?;
    import::take_in(&incoming, &folder, &mut library, &args.how, context)
}

/// Says which of the entries that are added the library seems to have already.
fn warn(library: &Library, text: &str, context: &mut Context<'_>) -> std::io::Result<()> {
    let added = Library::new(vec![("add.bib".into(), text.as_bytes().into())]);
    let records: Vec<(usize, Record)> =
        added.entries.iter().map(|entry| (0, Record::from_entry(entry))).collect();
    let import = Import::new(library, records, &Decisions::default(), &Rejects::default());
    for (newcomer, entry) in import.newcomers.iter().zip(&added.entries) {
        if let Standing::Same(at, reasons) | Standing::Perhaps(at, reasons) = &newcomer.standing {
            let why: Vec<String> = reasons.iter().take(3).map(|it| context.words(it)).collect();
            let said = Said::new("import.there")
                .with("key", &entry.key)
                .with("other", &library.entries[*at].key)
                .with("why", why.join(", "));
            context.say(&said)?;
        }
    }
    Ok(())
}

/// Adds every entry as it is written, behind the last one of the file.
fn bibtex(text: &str, args: &Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let (folder, mut library) = import::open(args.how.to.as_deref(), context)?;
    let to = args.how.to.clone().or_else(|| import::default_file(&folder, &library));
    let source = file(&mut library, to.as_deref())?;
    let read = bibtex::parse(text.as_bytes());
    if let Some(problem) = read.problems.iter().find(|it| it.what.breaks()) {
        return Err(Error::usage(Said::new(problem.what.id()))
            .hint(Said::new(problem.what.help_id()))
            .into());
    }
    let mut changes = Vec::new();
    for block in &read.blocks {
        if let Kind::Entry(entry) = &block.kind {
            let key = bibtex::text(text.as_bytes(), &entry.key);
            let taken = library.entries.iter().position(|it| it.key.eq_ignore_ascii_case(&key));
            if let Some(at) = taken.filter(|_| !key.is_empty()) {
                let place = crate::session::target::place(&library, at);
                let said = Said::new("edit.key-taken").with("key", key).with("place", place);
                return Err(Error::usage(said).into());
            }
            let written = bibtex::text(text.as_bytes(), &block.span).into_owned();
            changes.push(Change::Insert { source, after: None, text: written });
        }
    }
    if changes.is_empty() {
        return Err(Error::usage(Said::new("edit.nothing-to-add")).into());
    }
    warn(&library, text, context)?;
    let plan = plan(&library, &changes)?;
    carry_out(context, &library, &plan, &args.how.how)
}

/// The file meant by `--to`: one of the library's by its name, else a path; without it the only
/// file of the library.
pub(crate) fn file(library: &mut Library, to: Option<&Path>) -> Result<usize, Error> {
    let Some(to) = to else {
        return match library.sources.len() {
            1 => Ok(0),
            _ => Err(Error::usage(Said::new("edit.several-files"))),
        };
    };
    if let Some(at) = library.sources.iter().position(|source| source.path.ends_with(to)) {
        return Ok(at);
    }
    if to.exists() {
        // Entries would be added beside what is in it unseen.
        return Err(Error::usage(Said::new("edit.no-such-file").with("path", to.display())));
    }
    Ok(library.source_at(to))
}
