//! Layer 4: other programs' formats. Pure: bytes in, records and a report out; records in, bytes
//! and a report of losses out.
//!
//! Every reader is an iterator of records: a file of any length is read with the memory of one
//! record. What a format calls what BibLaTeX calls otherwise stands in `data/builtin/exchange/`.
//! Losses are not guessed: what was written is read back and compared.

mod aside;
pub mod date;
pub mod encoding;
mod format;
pub mod identifier;
mod language;
mod lines;
pub mod loss;
pub mod person;
pub mod record;
mod ris;
mod table;
mod tagged;

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
            && text.chars().all(|c| c.is_alphanumeric() || "-_:./+".contains(c));
        if fits {
            text.clone_into(&mut self.key);
        }
    }
}

/// Reads `input` as `format`, whatever its encoding. Never fails: what cannot be read is an item.
pub fn read<'a>(format: Format, input: impl BufRead + 'a) -> Records<'a> {
    let input: Box<dyn BufRead + 'a> = Box::new(encoding::Utf8::new(input));
    match format {
        Format::Ris => ris::read(input),
    }
}

/// Writes `records` as `format` into `out` and gives what the format did not carry.
pub fn write(
    format: Format,
    records: &mut dyn Iterator<Item = Record>,
    out: &mut dyn io::Write,
) -> io::Result<Losses> {
    let mut losses = Losses::default();
    let writer: fn(&Record, &[&record::Field], &mut String) = match format {
        Format::Ris => ris::write,
    };
    for record in records {
        let mut text = String::new();
        writer(&record, &[], &mut text);
        let back = first(format, &text);
        let differing = loss::compare(&record, &back);
        if !differing.is_empty() {
            let has_asides = format.has_asides();
            let is_aside = |fate: &Fate| has_asides && *fate != Fate::Plain;
            let asides: Vec<&record::Field> =
                differing.iter().filter(|(_, fate)| is_aside(fate)).map(|(it, _)| it).collect();
            if !asides.is_empty() {
                text.clear();
                writer(&record, &asides, &mut text);
            }
            for (field, fate) in &differing {
                let fate = if is_aside(fate) { Fate::Aside } else { *fate };
                losses.add(&record.key, &field.name, fate);
            }
        }
        out.write_all(text.as_bytes())?;
    }
    Ok(losses)
}

/// The first record of a text; an empty one where there is none.
fn first(format: Format, text: &str) -> Record {
    match read(format, text.as_bytes()).next() {
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
