//! `kilde export`: entries in another program's format.

use crate::cli::choice::Choice;
use crate::cli::{Context, ExitCode, Failure};
use crate::exchange::{self, Fate, Format, Losses, Options, Record};
use crate::model::Library;
use crate::session::{Error, subset};
use crate::text::said::Said;
use crate::world::output::NewFile;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The arguments of `kilde export`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    choice: Choice,
    /// The format; without it the ending of FILE decides, else BibLaTeX.
    #[arg(long, value_name = "FORMAT", value_parser = written())]
    format: Option<Format>,
    /// Write to FILE instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// CSV and TSV as they are, without what keeps spreadsheets from running formulas.
    #[arg(long)]
    raw: bool,
}

/// The formats that can be written, by their names.
pub(super) fn written() -> impl TypedValueParser<Value = Format> {
    names(Format::ALL.into_iter().filter(|format| format.is_written()))
}

/// Formats by their names.
pub(super) fn names(
    formats: impl Iterator<Item = Format>,
) -> impl TypedValueParser<Value = Format> {
    let names: Vec<&'static str> = formats.map(Format::name).collect();
    PossibleValuesParser::new(names).map(|name| Format::named(&name).unwrap_or(Format::Biblatex))
}

/// The format that is asked for, or that the ending of the file says, or BibLaTeX.
pub(super) fn format(asked: Option<Format>, output: Option<&Path>) -> Format {
    let ending = output.and_then(|path| path.extension()).map(|it| it.to_string_lossy());
    let said = ending.and_then(|ending| Format::of_extension(&ending));
    asked.or(said.filter(|format| format.is_written())).unwrap_or(Format::Biblatex)
}

/// Writes the entries that were chosen, and says what the format did not carry.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let library = context.library()?;
    let chosen = args.choice.entries(&library, context)?;
    let format = format(args.format, args.output.as_deref());
    if let Some(path) = &args.output {
        refuse_own(&library, path)?;
    }
    let options = Options { is_raw: args.raw, ..Options::default() };
    let losses = match &args.output {
        Some(path) => {
            let mut file = NewFile::create(path)?;
            let losses = write(&library, &chosen, format, &options, &mut file)?;
            file.finish()?;
            losses
        }
        None => write(&library, &chosen, format, &options, context.out)?,
    };
    if args.output.is_some() {
        let said = Said::new("export.done").with("count", chosen.len()).with("format", format);
        context.say(&said)?;
    }
    say(&losses, context)?;
    Ok(if chosen.is_empty() { ExitCode::Findings } else { ExitCode::Fine })
}

fn write(
    library: &Library,
    chosen: &[usize],
    format: Format,
    options: &Options,
    out: &mut dyn Write,
) -> std::io::Result<Losses> {
    // What is BibLaTeX already is not written anew.
    if format == Format::Biblatex {
        out.write_all(&subset::of(library, chosen).text)?;
        return Ok(Losses::default());
    }
    let mut records = chosen.iter().map(|at| Record::from_entry(&library.entries[*at]));
    exchange::write(format, &mut records, out, options)
}

/// A file of the library is changed by edits, never written over.
pub(super) fn refuse_own(library: &Library, path: &Path) -> Result<(), Error> {
    let same = |own: &Path| match (own.canonicalize(), path.canonicalize()) {
        (Ok(own), Ok(path)) => own == path,
        _ => false,
    };
    if library.sources.iter().any(|source| same(&source.path)) {
        return Err(Error::usage(Said::new("export.own-file").with("path", path.display())));
    }
    Ok(())
}

/// Says on standard error what was not carried: a line for each fate, or an object for each field.
pub(super) fn say(losses: &Losses, context: &mut Context<'_>) -> std::io::Result<()> {
    for (fate, id, word) in [
        (Fate::Lost, "export.lost", "lost"),
        (Fate::Changed, "export.changed", "changed"),
        (Fate::Plain, "export.plain", "plain"),
        (Fate::Aside, "export.aside", "aside"),
    ] {
        if context.global.json {
            for ((_, field), (count, keys)) in
                losses.fields.iter().filter(|((it, _), _)| *it == fate)
            {
                let object = json!({"fate": word, "field": field, "count": count, "keys": keys});
                writeln!(context.err, "{object}")?;
            }
            continue;
        }
        let fields: Vec<String> =
            losses.of(fate).map(|(field, count)| format!("{field} ({count})")).collect();
        if !fields.is_empty() {
            context.say(&Said::new(id).with("fields", fields.join(", ")))?;
        }
    }
    Ok(())
}
