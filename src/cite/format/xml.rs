//! Writing the XML of office documents, and packing it.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A part of a document while it is written. Writing to memory does not fail.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
    open: Vec<String>,
}

impl Xml {
    /// A part with its declaration.
    pub fn new() -> Xml {
        let mut xml = Xml { writer: Writer::new(Vec::new()), open: Vec::new() };
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml
    }

    /// Opens an element.
    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> &mut Xml {
        let start = element(name, attributes);
        self.write(Event::Start(start));
        self.open.push(name.to_owned());
        self
    }

    /// Closes the element that was opened last.
    pub fn close(&mut self) -> &mut Xml {
        if let Some(name) = self.open.pop() {
            self.write(Event::End(BytesEnd::new(name)));
        }
        self
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> &mut Xml {
        let start = element(name, attributes);
        self.write(Event::Empty(start));
        self
    }

    /// Characters, without those that XML forbids.
    pub fn text(&mut self, text: &str) -> &mut Xml {
        let clean = clean(text);
        self.write(Event::Text(BytesText::new(&clean)));
        self
    }

    /// The bytes, with everything closed.
    pub fn finish(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        self.writer.into_inner()
    }

    fn write(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect("memory takes what is written");
    }
}

fn element(name: &str, attributes: &[(&str, &str)]) -> BytesStart<'static> {
    let mut start = BytesStart::new(name.to_owned());
    for (name, value) in attributes {
        start.push_attribute((*name, clean(value).as_str()));
    }
    start
}

/// `text` without the characters that XML 1.0 forbids; line ends and tabs as blanks.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\t' | '\n' | '\r' => Some(' '),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => None,
            c => Some(c),
        })
        .collect()
}

/// Packs parts in the order given; the first is stored as it is where `first_plain` says so, as
/// OpenDocument asks. The same parts give the same bytes.
pub(super) fn pack(parts: &[(&str, Vec<u8>)], first_plain: bool) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (at, (name, bytes)) in parts.iter().enumerate() {
        let stored = first_plain && at == 0;
        let method = if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(zip::DateTime::default());
        zip.start_file(*name, options).expect("memory takes what is written");
        zip.write_all(bytes).expect("memory takes what is written");
    }
    zip.finish().expect("memory takes what is written").into_inner()
}
