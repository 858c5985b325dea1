//! A small tree of XML elements, read with limits: styles and locales come from anywhere.

use quick_xml::Reader;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;

/// The longest text that is read, in bytes.
pub const MAX_BYTES: usize = 10 << 20;
const MAX_DEPTH: usize = 100;
const MAX_ELEMENTS: usize = 200_000;
const MAX_ATTRIBUTES: usize = 60;

/// An element with its attributes, its child elements and its own text.
#[derive(Clone, Debug, Default)]
pub struct Element {
    /// The name without a prefix.
    pub name: String,
    /// Attributes in the order of the file, names without a prefix but for `xml:lang`.
    pub attributes: Vec<(String, String)>,
    /// The elements in it.
    pub children: Vec<Element>,
    /// The text directly in it.
    pub text: String,
    /// The line on which it begins, from 1.
    pub line: usize,
}

impl Element {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first child of that name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All children of that name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

/// Reads the root element. The error is the line and what is wrong there.
pub fn read(xml: &str) -> Result<Element, (usize, String)> {
    if xml.len() > MAX_BYTES {
        return Err((1, format!("it is larger than {} MB", MAX_BYTES >> 20)));
    }
    let mut reader = Reader::from_str(xml);
    let mut lines = Lines { text: xml.as_bytes(), at: 0, line: 1 };
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let mut count = 0;
    loop {
        let event = reader.read_event();
        let line = lines.at(usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX));
        let event = event.map_err(|error| (line, error.to_string()))?;
        match event {
            Event::Start(ref start) | Event::Empty(ref start) => {
                count += 1;
                if open.len() >= MAX_DEPTH {
                    return Err((line, format!("elements are nested more than {MAX_DEPTH} deep")));
                }
                if count > MAX_ELEMENTS {
                    return Err((line, format!("there are more than {MAX_ELEMENTS} elements")));
                }
                let element = element(start, line).map_err(|error| (line, error))?;
                if matches!(event, Event::Empty(_)) {
                    close(element, &mut open, &mut root);
                } else {
                    open.push(element);
                }
            }
            Event::End(_) => {
                if let Some(element) = open.pop() {
                    close(element, &mut open, &mut root);
                }
            }
            Event::Text(text) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&text);
                }
            }
            Event::CData(text) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                let resolved =
                    resolve(&name).ok_or((line, format!("`&{};` is not known", &*name)))?;
                if let Some(element) = open.last_mut() {
                    element.text.push(resolved);
                }
            }
            Event::DocType(_) => return Err((line, "a document type declaration".into())),
            Event::Eof => break,
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
        }
    }
    if let Some(element) = open.last() {
        return Err((element.line, format!("`<{}>` is not closed", element.name)));
    }
    root.ok_or((1, "there is no element in it".into()))
}

fn close(element: Element, open: &mut [Element], root: &mut Option<Element>) {
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None => {
            root.get_or_insert(element);
        }
    }
}

fn element(start: &BytesStart, line: usize) -> Result<Element, String> {
    let name = start.local_name().as_ref().to_owned();
    let mut element = Element { name, line, ..Element::default() };
    for attribute in start.attributes() {
        if element.attributes.len() >= MAX_ATTRIBUTES {
            return Err(format!("an element has more than {MAX_ATTRIBUTES} attributes"));
        }
        let attribute = attribute.map_err(|error| error.to_string())?;
        let key = attribute.key.as_ref();
        let key = if key == "xml:lang" { key } else { attribute.key.local_name().into_inner() };
        element.attributes.push((key.to_owned(), unescape(&attribute.value)?));
    }
    Ok(element)
}

/// An attribute's value with its references resolved and line breaks as spaces.
fn unescape(raw: &str) -> Result<String, String> {
    let mut out = String::with_capacity(raw.len());
    let raw = raw.replace(['\n', '\t', '\r'], " ");
    let mut rest = raw.as_str();
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let end = rest[at..].find(';').ok_or("a `&` without its `;`")?;
        let name = &rest[at + 1..at + end];
        out.push(resolve(name).ok_or_else(|| format!("`&{name};` is not known"))?);
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    Ok(out)
}

fn resolve(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// Turns growing offsets into lines without counting anything twice.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn at(&mut self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        if offset > self.at {
            self.line += memchr::memchr_iter(b'\n', &self.text[self.at..offset]).count();
            self.at = offset;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_attributes_text_and_lines_are_read() {
        let root = read("<a x='1 &amp; 2'>\n<b>t&#248;</b><b/></a>").expect("xml");
        assert_eq!(root.get("x"), Some("1 & 2"));
        assert_eq!(root.all("b").count(), 2);
        assert_eq!(root.children[0].text, "tø");
        assert_eq!(root.children[0].line, 2);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        assert_eq!(read("<a>\n<b></a>").expect_err("mismatch").0, 2);
        assert!(read("").is_err());
        assert!(read("<a>\n").is_err());
        assert!(read("<!DOCTYPE a><a/>").is_err());
        assert!(read("<a>&x;</a>").is_err());
    }

    #[test]
    fn depth_and_attributes_have_limits() {
        let deep = "<a>".repeat(10_000);
        assert!(read(&deep).expect_err("deep").1.contains("nested"));
        let wide: String = (0..80_000).map(|i| format!(" a{i}=''")).collect();
        assert!(read(&format!("<a{wide}/>")).expect_err("wide").1.contains("attributes"));
    }
}
