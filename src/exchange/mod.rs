//! Layer 4: other programs' formats. Pure: bytes in, records and a report out; records in, bytes
//! and a report of losses out.
//!
//! Every reader is an iterator of records: a file of any length is read with the memory of one
//! record. What a format calls what BibLaTeX calls otherwise stands in `data/builtin/exchange/`.
//! Losses are not guessed: what was written is read back and compared.

mod arxiv;
mod aside;
mod bib;
mod csl;
pub mod date;
pub mod delimited;
pub mod encoding;
mod endnote_xml;
mod enw;
mod format;
mod hayagriva;
pub mod identifier;
mod json;
mod jsonl;
pub mod key;
mod language;
mod leftover;
mod lines;
pub mod loss;
mod marcxml;
mod markup;
mod mods;
mod nbib;
mod open_library;
pub mod page;
pub mod person;
mod pubmed;
pub mod record;
mod reference_list;
mod ris;
pub mod skos;
mod table;
mod tagged;
mod wos;
mod xml;
mod yaml;

pub use format::Format;
pub use loss::{Fate, Losses};
pub use record::Record;

use crate::text::said::Said;
use record::Unknown;
use std::io::{self, BufRead};
use tagged::{Block, Blocks, Style};

/// The records of a source, one after another.
pub type Records<'a> = Box<dyn Iterator<Item = Item> + 'a>;

/// One record of a source, or what stands there instead.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A record.
    Record(Record),
    /// Something that cannot be read as one.
    Unreadable(Unreadable),
}

/// A piece of a source that cannot be read as a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Unreadable {
    /// The line where it begins, from 1.
    pub line: usize,
    /// Its text, to be mended and read again; empty where it cannot be had.
    pub text: String,
    /// What is wrong with it.
    pub said: Said,
}

impl Unreadable {
    fn of_block(block: &Block, style: Style, id: &'static str) -> Self {
        let text = block.parts().map(|(tag, value, _)| style.line(tag, value)).collect();
        Self { line: block.line, text, said: Said::new(id) }
    }

    fn of_error(line: usize, error: &io::Error) -> Self {
        let said = Said::new("import.broken-off").with("why", error);
        Self { line, text: String::new(), said }
    }
}

impl Record {
    fn not_understood(&mut self, line: usize, id: &'static str, what: &str) {
        let said = Said::new(id).with("what", what.trim());
        self.unknown.push(Unknown { line, said });
    }

    /// Takes a citation key from a source's own label, where it can be one.
    fn take_key(&mut self, text: &str) {
        let text = text.trim();
        let fits = !text.is_empty()
            && text.len() < 80
            && !text.bytes().all(|byte| byte.is_ascii_digit())
            && text.chars().all(|c| c.is_alphanumeric() || "-_:.+".contains(c));
        if fits {
            text.clone_into(&mut self.key);
        }
    }
}

/// How records are read and written, where there is a choice.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What the columns of a table are, by their headers, where the guess is wrong.
    pub columns: Vec<(String, String)>,
    /// Tables as they are, with nothing done for spreadsheets.
    pub is_raw: bool,
}

/// Reads `input` as `format`, whatever its encoding. Never fails: what cannot be read is an item.
pub fn read<'a>(format: Format, input: impl BufRead + 'a, options: &Options) -> Records<'a> {
    let input: Box<dyn BufRead + 'a> = Box::new(encoding::Utf8::new(input));
    match format {
        Format::Biblatex | Format::Bibtex => bib::read(input),
        Format::Ris => ris::read(input),
        Format::Nbib => nbib::read(input),
        Format::PubmedXml => pubmed::read(input),
        Format::Wos => wos::read(input),
        Format::EndnoteXml => endnote_xml::read(input),
        Format::Enw => enw::read(input),
        Format::CslJson => csl::read(input),
        Format::CslYaml => csl::read_yaml(input),
        Format::Hayagriva => hayagriva::read(input),
        Format::Csv | Format::Tsv => delimited::read(input, options.columns.clone()),
        Format::Mods => mods::read(input),
        Format::MarcXml => marcxml::read(input),
        Format::Jsonl => jsonl::read(input),
        Format::Arxiv => arxiv::read(input),
        Format::OpenLibrary => open_library::read(input),
        Format::Text => reference_list::read(input),
    }
}

/// Makes a record fit to stand in a file: a value whose braces do not pair up is escaped, or, where
/// nothing can be escaped, taken away; each is said in [`Record::unknown`].
pub fn mend(record: &mut Record) {
    bib::check(record);
}

/// How a format is written: what stands before, between and after the records, and one record.
struct Writer {
    before: &'static str,
    between: &'static str,
    after: &'static str,
    one: fn(&Record, &[&record::Field], &mut String),
}

/// `None` for formats that are only read, and for tables, which need all records at once.
fn writer(format: Format) -> Option<Writer> {
    let plain = |one| Writer { before: "", between: "", after: "", one };
    Some(match format {
        Format::Biblatex => plain(|record, _, out| bib::write(record, out)),
        Format::Bibtex => plain(bib::write_bibtex),
        Format::Ris => plain(ris::write),
        Format::Enw => plain(enw::write),
        Format::CslJson => {
            Writer { before: "[\n", between: ",\n", after: "\n]\n", one: csl::write }
        }
        Format::CslYaml => plain(csl::write_yaml),
        Format::Hayagriva => plain(hayagriva::write),
        Format::Jsonl => plain(jsonl::write),
        Format::EndnoteXml => Writer {
            before: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xml><records>\n",
            between: "",
            after: "</records></xml>\n",
            one: endnote_xml::write,
        },
        Format::Mods => Writer {
            before: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                     <modsCollection xmlns=\"http://www.loc.gov/mods/v3\" version=\"3.8\">\n",
            between: "",
            after: "</modsCollection>\n",
            one: mods::write,
        },
        Format::MarcXml => Writer {
            before: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                     <collection xmlns=\"http://www.loc.gov/MARC21/slim\">\n",
            between: "",
            after: "</collection>\n",
            one: marcxml::write,
        },
        _ => return None,
    })
}

/// Writes `records` as `format` into `out` and gives what the format did not carry. Formats that
/// are only read ([`Format::is_written`]) give an error of the kind `Unsupported`.
pub fn write(
    format: Format,
    records: &mut dyn Iterator<Item = Record>,
    out: &mut dyn io::Write,
    options: &Options,
) -> io::Result<Losses> {
    if let Format::Csv | Format::Tsv = format {
        let delimiter = if format == Format::Csv { b',' } else { b'\t' };
        let records: Vec<Record> = records.collect();
        let style = delimited::Style { delimiter, is_raw: options.is_raw };
        return delimited::write(&records, style, out);
    }
    let writer = writer(format).ok_or(io::ErrorKind::Unsupported)?;
    let mut losses = Losses::default();
    out.write_all(writer.before.as_bytes())?;
    let mut is_first = true;
    for record in records {
        if !std::mem::take(&mut is_first) {
            out.write_all(writer.between.as_bytes())?;
        }
        let text = one(format, &writer, &record, &mut losses);
        out.write_all(text.as_bytes())?;
    }
    out.write_all(writer.after.as_bytes())?;
    Ok(losses)
}

/// One record as text, read back to see what was carried.
fn one(format: Format, writer: &Writer, record: &Record, losses: &mut Losses) -> String {
    let mut text = String::new();
    (writer.one)(record, &[], &mut text);
    // BibLaTeX is what a record is made of: a property test reads it back.
    if format == Format::Biblatex {
        return text;
    }
    let differing = loss::compare(record, &first(format, &text));
    let wanted = |fate: Fate| format.has_asides() && fate != Fate::Plain;
    let asides: Vec<&record::Field> =
        differing.iter().filter(|(_, fate)| wanted(*fate)).map(|(field, _)| field).collect();
    let mut left = Vec::new();
    if !asides.is_empty() {
        text.clear();
        (writer.one)(record, &asides, &mut text);
        left = loss::compare(record, &first(format, &text));
    }
    for (field, fate) in &differing {
        let still = left.iter().find(|(it, _)| it.name == field.name).map(|(_, fate)| *fate);
        let fate = if wanted(*fate) { still.unwrap_or(Fate::Aside) } else { *fate };
        losses.add(&record.key, &field.name, fate);
    }
    text
}

/// The first record of a text; an empty one where there is none.
fn first(format: Format, text: &str) -> Record {
    match read(format, text.as_bytes(), &Options::default()).next() {
        Some(Item::Record(record)) => record,
        _ => Record::default(),
    }
}

/// The records of a tagged text.
fn blocks<'a>(
    mut blocks: Blocks<Box<dyn BufRead + 'a>>,
    item: impl Fn(&Block) -> Item + 'a,
) -> Records<'a> {
    let mut block = Block::default();
    let mut is_done = false;
    Box::new(std::iter::from_fn(move || {
        if is_done {
            return None;
        }
        match blocks.read(&mut block) {
            Ok(true) => Some(item(&block)),
            Ok(false) => None,
            Err(error) => {
                is_done = true;
                Some(Item::Unreadable(Unreadable::of_error(blocks.line(), &error)))
            }
        }
    }))
}

/// Says of a record that something in it was too long.
fn note_cut(record: &mut Record, block: &Block) {
    if block.is_cut {
        record.unknown.push(Unknown { line: block.line, said: Said::new("import.cut") });
    }
}
