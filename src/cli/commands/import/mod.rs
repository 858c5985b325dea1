//! `kilde import FILE…`: records from other programs into the library, in one step.

mod ask;
mod report;

use super::add;
use super::export::names;
use crate::cli::carry_out::{DryRun, told};
use crate::cli::progress::Progress;
use crate::cli::{Context, ExitCode, Failure};
use crate::exchange::{Format, Item, Options, Record, Unreadable};
use crate::model::Library;
use crate::session::change::plan;
use crate::session::import::{Doing, Duplicates, Import, Provenance};
use crate::session::{Error, dry_run};
use crate::store::folder::Folder;
use crate::text::said::Said;
use crate::world::{change, duplicates, imports, records};
use clap::ValueEnum;
use std::path::{Path, PathBuf};

/// The arguments of `kilde import`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The files; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The format of the files; without it the content decides.
    #[arg(long, value_name = "FORMAT", value_parser = names(Format::ALL.into_iter()))]
    format: Option<Format>,
    /// What a column of a table is: `HEADER=FIELD`, where the guess is wrong; `-` for nothing.
    #[arg(long, value_name = "HEADER=FIELD", value_parser = column)]
    column: Vec<(String, String)>,
    #[command(flatten)]
    how: How,
}

/// How records come in, for every command that takes some in.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct How {
    /// The file of the library to add to; it is made if it is not there.
    #[arg(long, value_name = "FILE.bib")]
    pub to: Option<PathBuf>,
    /// What to do with works that are there: leave them out, put what is new into them, add them
    /// all the same, or ask about each.
    #[arg(long, value_enum, default_value_t = Rule::Skip, value_name = "RULE")]
    duplicates: Rule,
    /// Remember the records as looked at and not wanted, and add none.
    #[arg(long)]
    reject: bool,
    /// Where the records come from, as it is written into each of them.
    #[arg(long, value_name = "TEXT")]
    provenance: Option<String>,
    /// The database that was searched.
    #[arg(long, value_name = "NAME")]
    database: Option<String>,
    /// The search, as it was typed there.
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Whether anything is changed.
    #[command(flatten)]
    pub how: DryRun,
}

/// What to do with works that are there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Rule {
    #[default]
    Skip,
    Merge,
    Keep,
    Ask,
}

/// `HEADER=FIELD`, as `--column` takes it.
pub(super) fn column(text: &str) -> Result<(String, String), String> {
    let (header, field) = text.rsplit_once('=').ok_or("HEADER=FIELD")?;
    Ok((header.to_owned(), field.to_lowercase()))
}

/// Records that were read, with the file each came from, and what could not be read.
#[derive(Default)]
pub(super) struct Incoming {
    /// The names of the files.
    pub files: Vec<String>,
    /// Records, each with the place of its file.
    pub records: Vec<(usize, Record)>,
    /// What could not be read, each with the place of its file.
    pub unreadable: Vec<(usize, Unreadable)>,
}

/// Reads the files, holds their records against the library, reports, and saves.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let (folder, mut library) = open(args.how.to.as_deref(), context)?;
    let mut columns = imports::columns(&folder)?;
    columns.splice(0..0, args.column.iter().cloned());
    let options = Options { columns, ..Options::default() };
    let mut incoming = Incoming::default();
    for path in &args.files {
        let source = records::open(path, args.format)?;
        report::source(path, &source, &options, context)?;
        let (head, format) = (source.head.clone(), source.format);
        let file = incoming.files.len();
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        incoming.files.push(name.into_owned());
        let before = incoming.unreadable.len();
        let mut progress = Progress::new(context.language);
        for item in source.read(&options) {
            progress.tell(context.err, || {
                Said::new("import.progress").with("count", incoming.records.len())
            });
            match item {
                Item::Record(record) => incoming.records.push((file, record)),
                Item::Unreadable(it) => incoming.unreadable.push((file, it)),
            }
        }
        progress.end(context.err);
        let left = &incoming.unreadable[before..];
        if !args.how.how.dry_run && path.as_os_str() != "-" {
            let texts: Vec<&str> = left.iter().map(|(_, it)| it.text.as_str()).collect();
            if let Some(beside) = imports::leave(path, format, &head, &texts)? {
                context.say(&Said::new("import.left").with("path", beside.display()))?;
            }
        }
    }
    if !args.column.is_empty() && !args.how.how.dry_run {
        imports::remember_columns(&folder, &args.column)?;
    }
    take_in(&incoming, &folder, &mut library, &args.how, context)
}

/// The library that is meant; without one, the file that `--to` names.
pub(super) fn open(to: Option<&Path>, context: &Context<'_>) -> Result<(Folder, Library), Error> {
    let folder = match (context.folder(), to) {
        (Ok(folder), _) => folder,
        (Err(_), Some(to)) if context.global.library.is_empty() => {
            let files = if to.exists() { vec![to.to_owned()] } else { Vec::new() };
            Folder { files, ..Folder::default() }
        }
        (Err(error), _) => return Err(error),
    };
    let library = crate::world::open(&folder)?;
    Ok((folder, library))
}

/// Holds records against the library, reports what each is, and saves what was decided.
pub(super) fn take_in(
    incoming: &Incoming,
    folder: &Folder,
    library: &mut Library,
    how: &How,
    context: &mut Context<'_>,
) -> Result<ExitCode, Failure> {
    let decisions = duplicates::decided(folder)?;
    let mut rejects = imports::rejects(folder)?;
    let mut import = Import::new(library, incoming.records.clone(), &decisions, &rejects);
    import.decide(match how.duplicates {
        Rule::Skip | Rule::Ask => Duplicates::Skip,
        Rule::Merge => Duplicates::Merge,
        Rule::Keep => Duplicates::Keep,
    });
    if how.reject {
        import.newcomers.iter_mut().for_each(|it| it.doing = Doing::Reject);
    } else if how.duplicates == Rule::Ask {
        ask::all(library, &mut import, context)?;
    }
    report::unreadable(incoming, context)?;
    report::records(library, &import, incoming, how.how.dry_run, context)?;
    let provenance: Vec<Provenance> =
        incoming.files.iter().map(|file| provenance(how, file)).collect();
    let source =
        add::file(library, how.to.as_deref().or(default_file(folder, library).as_deref()))?;
    let changes = import.changes(library, source, &provenance);
    let mut planned = plan(library, &changes)?;
    let files = incoming.files.join(", ");
    let added = import.newcomers.iter().filter(|it| it.doing == Doing::Add).count();
    planned.said = Said::new("import.done").with("count", added).with("file", files);
    if how.how.dry_run {
        let diff = dry_run::diff(library, &planned);
        let diff = context.harmless(&diff).into_owned();
        write!(context.out, "{diff}")?;
    } else {
        if !planned.is_empty() {
            let done = change::save(library, &planned)?;
            told(context, &done)?;
        }
        if import.newcomers.iter().any(|it| it.doing == Doing::Reject) {
            let rejected = import.newcomers.iter().filter(|it| it.doing == Doing::Reject);
            rejected.for_each(|it| rejects.add(&it.record));
            imports::remember_rejects(folder, &rejects)?;
        }
    }
    report::total(&import, incoming, context)?;
    let is_fine = incoming.unreadable.is_empty() && !incoming.records.is_empty();
    Ok(if is_fine { ExitCode::Fine } else { ExitCode::Findings })
}

/// Where records go when nobody says where: the only file, else the first of the library.
pub(super) fn default_file(folder: &Folder, library: &Library) -> Option<PathBuf> {
    let is_one = library.sources.len() == 1;
    folder.files.first().filter(|_| !is_one).cloned()
}

fn provenance(how: &How, file: &str) -> Provenance {
    Provenance {
        text: how.provenance.clone(),
        database: how.database.clone(),
        search: how.search.clone(),
        file: file.to_owned(),
        day: imports::today(),
    }
}
