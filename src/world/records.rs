//! Files of records from other programs: opened, and their format guessed.

use crate::exchange::{self, Format, Options, Records, encoding};
use crate::session::Error;
use crate::text::said::Said;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// A file of records that is open for reading.
pub struct Source {
    input: Box<dyn BufRead>,
    /// What it is written in.
    pub format: Format,
    /// Its beginning, as text.
    pub head: String,
    /// The name of its encoding.
    pub encoding: &'static str,
}

/// How much of a file is looked at for its format and encoding.
const HEAD: usize = 32 << 10;

/// Opens a file; `-` is standard input. `asked` is its format, where the user knows it.
pub fn open(path: &Path, asked: Option<Format>) -> Result<Source, Error> {
    let unreadable = |error: io::Error| {
        Error::world(Said::new("app.unreadable").with("path", path.display())).because(error)
    };
    let mut input: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).map_err(unreadable)?)
    };
    let mut head = Vec::with_capacity(HEAD);
    input.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(unreadable)?;
    let ending = path.extension().map(|it| it.to_string_lossy().into_owned());
    Ok(source(head, input, asked, ending.as_deref()))
}

/// A text that is in memory, such as one that was pasted.
pub fn text(text: &str, asked: Option<Format>) -> Source {
    source(text.as_bytes().to_vec(), Box::new(io::empty()), asked, None)
}

fn source(
    head: Vec<u8>,
    rest: Box<dyn Read>,
    asked: Option<Format>,
    ending: Option<&str>,
) -> Source {
    let mut text = String::new();
    // Decoding from memory cannot fail.
    let _read = encoding::Utf8::new(head.as_slice()).read_to_string(&mut text);
    let guess = Format::guess(&text);
    let format = asked.unwrap_or_else(|| match (guess, ending.and_then(Format::of_extension)) {
        // A text that has no mark of any format is what its name says.
        (Format::Text, Some(named)) => named,
        (guess, _) => guess,
    });
    let encoding = encoding::sniff(&head).0.name();
    // The whole head stands in one buffer, so that the encoding is found from all of it.
    let input = io::Cursor::new(head).chain(BufReader::with_capacity(256 << 10, rest));
    Source { input: Box::new(input), format, head: text, encoding }
}

impl Source {
    /// Its records, one after another.
    pub fn read(self, options: &Options) -> Records<'static> {
        exchange::read(self.format, self.input, options)
    }
}
