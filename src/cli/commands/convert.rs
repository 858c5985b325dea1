//! `kilde convert`: one format into another, record by record, without a library.

use super::export::{format, names, say, written};
use crate::cli::{Context, ExitCode, Failure};
use crate::exchange::{self, Format, Item, Losses, Options, Record, Unreadable};
use crate::text::said::Said;
use crate::world::output::NewFile;
use crate::world::records;
use std::io::Write;
use std::path::PathBuf;

/// The arguments of `kilde convert`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The format of FILE; without it the content decides.
    #[arg(long, value_name = "FORMAT", value_parser = names(Format::ALL.into_iter()))]
    from: Option<Format>,
    /// The format to write; without it the ending of the output decides, else BibLaTeX.
    #[arg(long, value_name = "FORMAT", value_parser = written())]
    to: Option<Format>,
    /// Write to FILE instead of standard output.
    #[arg(short, long, value_name = "OUTPUT")]
    output: Option<PathBuf>,
    /// What a column of a table is: `HEADER=FIELD`, where the guess is wrong; `-` for nothing.
    #[arg(long, value_name = "HEADER=FIELD", value_parser = super::import::column)]
    column: Vec<(String, String)>,
    /// CSV and TSV as they are, without what keeps spreadsheets from running formulas.
    #[arg(long)]
    raw: bool,
}

/// Reads a record, writes it, and goes on to the next.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let options = Options { columns: args.column, is_raw: args.raw };
    let source = records::open(&args.file, args.from)?;
    let to = format(args.to, args.output.as_deref());
    let mut unreadable: Vec<Unreadable> = Vec::new();
    let mut count = 0_usize;
    let losses = {
        let mut records = source.read(&options).filter_map(|item| match item {
            Item::Record(record) => {
                count += 1;
                Some(record)
            }
            Item::Unreadable(it) => {
                unreadable.push(it);
                None
            }
        });
        let mut write = |out: &mut dyn Write| -> std::io::Result<Losses> {
            let mut keyed = Keyed { records: &mut records, count: 0 };
            exchange::write(to, &mut keyed, out, &options)
        };
        match &args.output {
            Some(path) => {
                let mut file = NewFile::create(path)?;
                let losses = write(&mut file)?;
                file.finish()?;
                losses
            }
            None => write(context.out)?,
        }
    };
    for it in &unreadable {
        let why = context.words(&it.said);
        let path = args.file.display();
        context.say(
            &Said::new("import.unreadable")
                .with("path", path)
                .with("line", it.line)
                .with("why", why),
        )?;
    }
    if args.output.is_some() || !unreadable.is_empty() {
        context.say(&Said::new("export.done").with("count", count).with("format", to))?;
    }
    say(&losses, context)?;
    Ok(if unreadable.is_empty() && count > 0 { ExitCode::Fine } else { ExitCode::Findings })
}

/// Gives a citation key to each record that has none: a BibTeX entry needs one.
struct Keyed<'a> {
    records: &'a mut dyn Iterator<Item = Record>,
    count: usize,
}

impl Iterator for Keyed<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let mut record = self.records.next()?;
        self.count += 1;
        if record.key.is_empty() {
            record.key = exchange::key::plain(&record);
            if record.key.is_empty() {
                record.key = format!("record{}", self.count);
            } else {
                // No memory of all keys is kept: the number makes it the only one.
                record.key = format!("{}-{}", record.key, self.count);
            }
        }
        Some(record)
    }
}
