//! Word and OpenDocument: the fields that reference managers leave in a document, Word's and
//! LibreOffice's own citations, and pandoc's `[@key]` written in the text. And biber's control file.

use super::{Found, Unreadable, markdown};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use serde_json::Value;
use std::io::{Cursor, Read as _};

/// The longest part that is unpacked, in bytes as they come out: an archive may promise anything.
const LONGEST: u64 = 64 << 20;
/// How many times larger than in the archive a part over a MiB may be. Text packs to a twentieth.
const RATIO: u64 = 200;
/// The most parts that an archive may have.
const PARTS: usize = 10_000;

pub(super) fn read_docx(bytes: &[u8], found: &mut Found) -> Result<(), Unreadable> {
    for (name, is_needed) in
        [("word/document.xml", true), ("word/footnotes.xml", false), ("word/endnotes.xml", false)]
    {
        match part(bytes, name) {
            Ok(text) => word(&text, found)?,
            Err(error) if is_needed => return Err(error),
            Err(_) => {}
        }
    }
    Ok(())
}

pub(super) fn read_odt(bytes: &[u8], found: &mut Found) -> Result<(), Unreadable> {
    if bytes.starts_with(b"<?xml") {
        return open_document(&String::from_utf8_lossy(bytes), found);
    }
    open_document(&part(bytes, "content.xml")?, found)
}

fn part(bytes: &[u8], name: &str) -> Result<String, Unreadable> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    if archive.len() > PARTS {
        return Err(Unreadable::Bomb);
    }
    let part = archive.by_name(name)?;
    let most = part.compressed_size().saturating_mul(RATIO).clamp(1 << 20, LONGEST);
    let mut text = Vec::new();
    part.take(most + 1).read_to_end(&mut text)?;
    if text.len() as u64 > most {
        return Err(Unreadable::Bomb);
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// Word's text: paragraphs of runs; a field's instruction may be split over many of them.
fn word(text: &str, found: &mut Found) -> Result<(), Unreadable> {
    let mut reader = Reader::from_str(text);
    let (mut paragraph, mut field) = (String::new(), String::new());
    // Nested fields: an instruction is over when its result begins or its field ends.
    let (mut in_text, mut in_instruction) = (false, false);
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(start) => match start.local_name().as_ref() {
                "t" => in_text = true,
                "instrText" => in_instruction = true,
                "fldSimple" => instruction(&attribute(&start, "instr"), found),
                _ => {}
            },
            Event::Empty(start) => match start.local_name().as_ref() {
                "fldChar" if attribute(&start, "fldCharType") != "begin" => {
                    instruction(&std::mem::take(&mut field), found);
                }
                "fldSimple" => instruction(&attribute(&start, "instr"), found),
                "tab" | "br" => paragraph.push(' '),
                _ => {}
            },
            Event::Text(piece) => {
                let piece = piece.xml10_content();
                collect(&piece, in_text, in_instruction, &mut paragraph, &mut field);
            }
            Event::GeneralRef(entity) => {
                let piece = entity_text(&entity);
                collect(&piece, in_text, in_instruction, &mut paragraph, &mut field);
            }
            Event::End(end) => match end.local_name().as_ref() {
                "t" => in_text = false,
                "instrText" => in_instruction = false,
                "p" => {
                    markdown::inline(&paragraph, found);
                    paragraph.clear();
                }
                _ => {}
            },
            _ => {}
        }
    }
    instruction(&field, found);
    markdown::inline(&paragraph, found);
    Ok(())
}

fn collect(piece: &str, in_text: bool, in_field: bool, text: &mut String, field: &mut String) {
    if in_field {
        field.push_str(piece);
    } else if in_text {
        text.push_str(piece);
    }
}

/// What a field of Word's says: `CITATION Key \l 1044 \m Other`, or a reference manager's JSON.
fn instruction(text: &str, found: &mut Found) {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix("CITATION ") {
        let mut words = rest.split_whitespace();
        if let Some(first) = words.next() {
            found.key(first);
        }
        while let Some(word) = words.next() {
            if word == "\\m"
                && let Some(key) = words.next()
            {
                found.key(key);
            }
        }
    } else if text.contains("CSL_CITATION") {
        csl_citation(text, found);
    }
}

/// The JSON that Zotero and Mendeley put behind `CSL_CITATION`.
fn csl_citation(text: &str, found: &mut Found) {
    let Some(at) = text.find('{') else { return };
    let mut values = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Value>();
    let Some(Ok(citation)) = values.next() else { return };
    let items = citation.get("citationItems").and_then(Value::as_array);
    for item in items.into_iter().flatten() {
        let data = item.get("itemData").unwrap_or(item);
        let string = |value: &Value, name: &str| match value.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        let key = [string(data, "citation-key"), string(data, "citekey"), string(data, "id")];
        let key = key.into_iter().find(|key| !key.is_empty()).unwrap_or_default();
        found.work(&key, &string(data, "DOI"));
    }
}

/// LibreOffice's text: bibliography marks, Zotero's reference marks, and the text itself.
fn open_document(text: &str, found: &mut Found) -> Result<(), Unreadable> {
    let mut reader = Reader::from_str(text);
    let mut paragraph = String::new();
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "bibliography-mark" => found.key(&attribute(&start, "identifier")),
                "reference-mark-start" | "bookmark-start" => {
                    let name = attribute(&start, "name");
                    if name.contains("CSL_CITATION") {
                        csl_citation(&name, found);
                    }
                }
                "s" | "tab" | "line-break" => paragraph.push(' '),
                _ => {}
            },
            Event::Text(piece) => {
                paragraph.push_str(&piece.xml10_content());
            }
            Event::GeneralRef(entity) => paragraph.push_str(&entity_text(&entity)),
            Event::End(end) if matches!(end.local_name().as_ref(), "p" | "h") => {
                markdown::inline(&paragraph, found);
                paragraph.clear();
            }
            _ => {}
        }
    }
    Ok(())
}

/// `<bcf:citekey>key</bcf:citekey>`.
pub(super) fn read_bcf(text: &str, found: &mut Found) -> Result<(), Unreadable> {
    let mut reader = Reader::from_str(text);
    let mut key: Option<String> = None;
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(()),
            Event::Start(start) if start.local_name().as_ref() == "citekey" => {
                key = Some(String::new());
            }
            Event::Text(piece) => {
                if let Some(key) = key.as_mut() {
                    key.push_str(&piece.xml10_content());
                }
            }
            Event::GeneralRef(entity) => {
                if let Some(key) = key.as_mut() {
                    key.push_str(&entity_text(&entity));
                }
            }
            Event::End(end) if end.local_name().as_ref() == "citekey" => {
                found.key(&key.take().unwrap_or_default());
            }
            _ => {}
        }
    }
}

fn attribute(start: &BytesStart<'_>, local: &str) -> String {
    let mut attributes = start.attributes();
    attributes
        .with_checks(false)
        .flatten()
        .filter(|it| it.key.local_name().as_ref() == local)
        .find_map(|it| {
            it.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
        })
        .unwrap_or_default()
}

/// The character that `&…;` stands for; nothing for one that XML does not have.
fn entity_text(entity: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return c.into();
    }
    let name = entity.xml10_content();
    match name.as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}
