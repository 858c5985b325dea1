//! XML: the elements that hold a record each, one after another, and a writer that can write
//! nothing but well-formed text.
//!
//! A document type with declarations of its own is refused (no entity is ever expanded); depth,
//! and the length of one record, have limits.

use super::Unreadable;
use crate::text::said::Said;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, BufRead, Read};

/// How deep elements may stand in each other.
const MAX_DEPTH: usize = 256;
/// The longest record, in bytes of XML.
const MAX_RECORD: usize = 16 << 20;
/// The most attributes that an element may have.
const MAX_ATTRIBUTES: usize = 256;

/// An element with all that is in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name without a prefix.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    nodes: Vec<Node>,
    /// The line where it begins, from 1.
    pub(super) line: usize,
}

#[derive(Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The value of an attribute, named without its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The elements right below it.
    pub(super) fn children(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of this name right below it.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children().filter(move |element| element.name == name)
    }

    /// The first element that a path of names, with `/` between them, leads to.
    pub(super) fn find(&self, path: &str) -> Option<&Self> {
        match path.split_once('/') {
            Some((name, rest)) => {
                self.children().filter(|it| it.name == name).find_map(|it| it.find(rest))
            }
            None => self.children().find(|it| it.name == path),
        }
    }

    /// All its text, blanks squeezed; empty elements count as nothing.
    pub(super) fn text(&self) -> String {
        crate::text::escape::clean(&self.raw_text()).into_owned()
    }

    /// All its text as it stands: where places in it count.
    pub(super) fn raw_text(&self) -> String {
        let mut out = String::new();
        self.collect(&mut out);
        out
    }

    fn collect(&self, out: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Element(element) => element.collect(out),
                Node::Text(text) => out.push_str(text),
            }
        }
    }

    /// The text of the first element that a path leads to; empty where there is none.
    pub(super) fn text_at(&self, path: &str) -> String {
        self.find(path).map(Self::text).unwrap_or_default()
    }
}

/// Counts lines, and ends where a record is longer than it may be.
struct Guard<R> {
    input: R,
    line: usize,
    left: usize,
}

impl<R: BufRead> BufRead for Guard<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other("a record is longer than 16 MiB"));
        }
        let buffer = self.input.fill_buf()?;
        Ok(&buffer[..buffer.len().min(self.left)])
    }

    fn consume(&mut self, amount: usize) {
        if let Ok(buffer) = self.input.fill_buf() {
            let used = &buffer[..amount.min(buffer.len())];
            self.line += memchr::memchr_iter(b'\n', used).count();
        }
        self.left -= amount.min(self.left);
        self.input.consume(amount);
    }
}

impl<R: BufRead> Read for Guard<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let buffer = self.fill_buf()?;
        let n = buffer.len().min(out.len());
        out[..n].copy_from_slice(&buffer[..n]);
        self.consume(n);
        Ok(n)
    }
}

/// The elements of certain names, wherever they stand in a text.
pub(super) struct Elements<R: BufRead> {
    reader: quick_xml::Reader<Guard<R>>,
    wanted: &'static [&'static str],
    is_done: bool,
}

impl<R: BufRead> Elements<R> {
    pub(super) fn new(input: R, wanted: &'static [&'static str]) -> Self {
        let guard = Guard { input, line: 1, left: MAX_RECORD };
        let mut reader = quick_xml::Reader::from_reader(guard);
        reader.config_mut().check_comments = false;
        reader.config_mut().allow_dangling_amp = true;
        reader.config_mut().expand_empty_elements = true;
        Self { reader, wanted, is_done: false }
    }

    fn line(&self) -> usize {
        self.reader.get_ref().line
    }

    fn broken(&mut self, id: &'static str, why: &dyn std::fmt::Display) -> Unreadable {
        self.is_done = true;
        let said = Said::new(id).with("why", why);
        Unreadable { line: self.line(), text: String::new(), said }
    }

    fn take(&mut self) -> Result<Option<Element>, Unreadable> {
        let mut buffer = Vec::new();
        let mut open: Vec<Element> = Vec::new();
        let mut depth = 0_usize;
        loop {
            buffer.clear();
            if open.is_empty() {
                self.reader.get_mut().left = MAX_RECORD;
            }
            let line = self.line();
            let event = match self.reader.read_event_into(&mut buffer) {
                Ok(event) => event,
                Err(error) => return Err(self.broken("import.xml.broken", &error)),
            };
            match event {
                Event::Eof if open.is_empty() => {
                    self.is_done = true;
                    return Ok(None);
                }
                Event::Eof => return Err(self.broken("import.xml.unclosed", &open[0].name)),
                Event::DocType(text) if text.xml10_content().contains('[') => {
                    return Err(self.broken("import.xml.doctype", &""));
                }
                Event::Start(start) => {
                    depth += 1;
                    if depth > MAX_DEPTH || open.len() > MAX_DEPTH {
                        return Err(self.broken("import.xml.depth", &MAX_DEPTH));
                    }
                    let is_wanted = self.wanted.contains(&start.local_name().as_ref());
                    if is_wanted || !open.is_empty() {
                        open.push(element(&start, line));
                    }
                }
                Event::End(_) => {
                    depth = depth.saturating_sub(1);
                    if let Some(done) = open.pop() {
                        match open.last_mut() {
                            Some(parent) => parent.nodes.push(Node::Element(done)),
                            None => return Ok(Some(done)),
                        }
                    }
                }
                Event::Text(text) => push(&mut open, &text.xml10_content()),
                Event::CData(text) => push(&mut open, &text.xml10_content()),
                Event::GeneralRef(name) => {
                    let text = match name.resolve_char_ref() {
                        Ok(Some(c)) => Cow::Owned(c.to_string()),
                        _ => entity(&name.xml10_content()),
                    };
                    push(&mut open, &text);
                }
                _ => {}
            }
        }
    }
}

impl<R: BufRead> Iterator for Elements<R> {
    type Item = Result<Element, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        self.take().transpose()
    }
}

fn push(open: &mut [Element], text: &str) {
    let Some(element) = open.last_mut() else { return };
    match element.nodes.last_mut() {
        Some(Node::Text(known)) => known.push_str(text),
        _ => element.nodes.push(Node::Text(text.to_owned())),
    }
}

fn element(start: &BytesStart<'_>, line: usize) -> Element {
    let mut attributes = Vec::new();
    // Doubled attributes are not looked for: that takes time that grows with their square.
    for attribute in start.attributes().with_checks(false).flatten().take(MAX_ATTRIBUTES) {
        let name: &str = attribute.key.local_name().into_inner();
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .unwrap_or_else(|_| attribute.value.clone());
        attributes.push((name.to_owned(), value.into_owned()));
    }
    let name: &str = start.local_name().into_inner();
    Element { name: name.to_owned(), attributes, nodes: Vec::new(), line }
}

/// XML's five entities, and those of HTML that stand in exports all the same; any other as it is.
fn entity(name: &str) -> Cow<'static, str> {
    Cow::Borrowed(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        "ndash" => "–",
        "mdash" => "—",
        "lsquo" => "‘",
        "rsquo" => "’",
        "ldquo" => "“",
        "rdquo" => "”",
        "laquo" => "«",
        "raquo" => "»",
        "hellip" => "…",
        "aring" => "å",
        "Aring" => "Å",
        "aelig" => "æ",
        "AElig" => "Æ",
        "oslash" => "ø",
        "Oslash" => "Ø",
        "auml" => "ä",
        "ouml" => "ö",
        "uuml" => "ü",
        "eacute" => "é",
        other => return Cow::Owned(format!("&{other};")),
    })
}

/// Writes XML: every text is escaped, characters that XML has no place for are left out, and every
/// element that is opened is closed.
#[derive(Debug, Default)]
pub(super) struct Writer {
    out: String,
    open: Vec<&'static str>,
}

impl Writer {
    /// Opens an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.indent();
        self.start(name, attributes);
        self.out.push_str(">\n");
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            let _ = writeln!(self.out, "</{name}>");
        }
    }

    /// An element with text and nothing else; nothing for an empty text.
    pub(super) fn text(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        if text.is_empty() {
            return;
        }
        self.indent();
        self.start(name, attributes);
        self.out.push('>');
        self.out.push_str(&escaped(text));
        let _ = writeln!(self.out, "</{name}>");
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.out, "<{name}");
        for (key, value) in attributes {
            let _ = write!(self.out, " {key}=\"{}\"", escaped(value));
        }
    }

    fn indent(&mut self) {
        for _ in 0..self.open.len() {
            self.out.push_str("  ");
        }
    }

    /// What was written; open elements are closed.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }
}

fn escaped(text: &str) -> String {
    let text: String = text.chars().filter(|c| is_xml(*c)).collect();
    quick_xml::escape::escape(text.as_str()).into_owned()
}

/// XML 1.0, production 2.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests;
