//! Office Open XML (ECMA-376): a document that Word opens, with a paragraph style "Bibliography"
//! whose lines hang, and links that can be followed.

use super::ReferenceList;
use super::line::{Line, lines, link};
use super::xml::{Xml, pack};
use crate::text::rich_text::{Face, Height, Run};
use std::collections::HashMap;

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Addresses that the document leads to, each once.
#[derive(Default)]
struct Links {
    list: Vec<String>,
    at: HashMap<String, usize>,
}

impl Links {
    fn at(&mut self, address: &str) -> usize {
        if let Some(at) = self.at.get(address) {
            return *at;
        }
        let at = self.list.len();
        self.list.push(address.to_owned());
        self.at.insert(address.to_owned(), at);
        at
    }
}

/// The list as a document.
pub(super) fn write(list: &ReferenceList) -> Vec<u8> {
    let mut links = Links::default();
    let document = document(list, &mut links);
    pack(
        &[
            ("[Content_Types].xml", content_types()),
            ("_rels/.rels", package_links()),
            ("docProps/core.xml", properties(list)),
            ("word/document.xml", document),
            ("word/_rels/document.xml.rels", document_links(&links.list)),
            ("word/styles.xml", styles(list)),
        ],
        false,
    )
}

fn document(list: &ReferenceList, links: &mut Links) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("w:document", &[("xmlns:w", MAIN), ("xmlns:r", LINKS)]).open("w:body", &[]);
    heading(&mut xml, "Heading1", &list.heading);
    for section in &list.sections {
        heading(&mut xml, "Heading2", &section.heading);
        for reference in &section.references {
            for line in lines(&reference.text) {
                paragraph(&mut xml, &line, links);
            }
        }
    }
    xml.open("w:sectPr", &[]);
    xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")]);
    xml.empty(
        "w:pgMar",
        &[
            ("w:top", "1417"),
            ("w:right", "1417"),
            ("w:bottom", "1417"),
            ("w:left", "1417"),
            ("w:header", "708"),
            ("w:footer", "708"),
            ("w:gutter", "0"),
        ],
    );
    xml.close();
    xml.finish()
}

fn heading(xml: &mut Xml, style: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    xml.open("w:p", &[]).open("w:pPr", &[]).empty("w:pStyle", &[("w:val", style)]).close();
    run(xml, text, Face::default(), false);
    xml.close();
}

fn paragraph(xml: &mut Xml, line: &Line, links: &mut Links) {
    xml.open("w:p", &[]).open("w:pPr", &[]);
    xml.empty("w:pStyle", &[("w:val", "Bibliography")]);
    if !line.label.is_empty() {
        xml.open("w:tabs", &[]).empty("w:tab", &[("w:val", "left"), ("w:pos", "720")]).close();
        xml.empty("w:ind", &[("w:left", "720"), ("w:hanging", "720")]);
    } else if line.indented {
        xml.empty("w:ind", &[("w:left", "720"), ("w:firstLine", "0")]);
    }
    xml.close();
    runs(xml, &line.label, links);
    if !line.label.is_empty() {
        xml.open("w:r", &[]).empty("w:tab", &[]).close();
    }
    runs(xml, &line.runs, links);
    xml.close();
}

fn runs(xml: &mut Xml, runs: &[Run], links: &mut Links) {
    for piece in runs {
        let Some(address) = link(piece) else {
            run(xml, &piece.text, piece.face, false);
            continue;
        };
        let at = links.at(address);
        xml.open("w:hyperlink", &[("r:id", &link_id(at)), ("w:history", "1")]);
        run(xml, &piece.text, piece.face, true);
        xml.close();
    }
}

/// The first identifier belongs to the styles.
fn link_id(at: usize) -> String {
    format!("rId{}", at + 2)
}

fn run(xml: &mut Xml, text: &str, face: Face, is_link: bool) {
    xml.open("w:r", &[]);
    if !face.is_plain() || is_link {
        xml.open("w:rPr", &[]);
        if is_link {
            xml.empty("w:rStyle", &[("w:val", "Hyperlink")]);
        }
        if face.bold {
            xml.empty("w:b", &[]);
        }
        if face.italic {
            xml.empty("w:i", &[]);
        }
        if face.small_caps {
            xml.empty("w:smallCaps", &[]);
        }
        if face.underline {
            xml.empty("w:u", &[("w:val", "single")]);
        }
        match face.height {
            Height::Line => {}
            Height::Super => {
                xml.empty("w:vertAlign", &[("w:val", "superscript")]);
            }
            Height::Sub => {
                xml.empty("w:vertAlign", &[("w:val", "subscript")]);
            }
        }
        xml.close();
    }
    xml.open("w:t", &[("xml:space", "preserve")]).text(text).close().close();
}

fn styles(list: &ReferenceList) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("w:styles", &[("xmlns:w", MAIN)]);
    let fonts = [("w:ascii", "Times New Roman"), ("w:hAnsi", "Times New Roman")];
    xml.open("w:docDefaults", &[]).open("w:rPrDefault", &[]).open("w:rPr", &[]);
    xml.empty("w:rFonts", &[fonts[0], fonts[1], ("w:cs", "Times New Roman")]);
    xml.empty("w:sz", &[("w:val", "24")]);
    xml.empty("w:lang", &[("w:val", &list.language)]);
    xml.close().close().close();

    style(&mut xml, "Normal", "Normal", true, |_| {}, |_| {});
    for (id, name, size) in [("Heading1", "heading 1", "32"), ("Heading2", "heading 2", "28")] {
        let level = if id == "Heading1" { "0" } else { "1" };
        style(
            &mut xml,
            id,
            name,
            false,
            |xml| {
                xml.empty("w:keepNext", &[]);
                xml.empty("w:spacing", &[("w:before", "240"), ("w:after", "120")]);
                xml.empty("w:outlineLvl", &[("w:val", level)]);
            },
            |xml| {
                xml.empty("w:b", &[]).empty("w:sz", &[("w:val", size)]);
            },
        );
    }
    let after = (120 * u32::from(list.layout.entry_spacing.min(4))).to_string();
    let spacing = (240 * u32::from(list.layout.line_spacing.clamp(1, 3))).to_string();
    let hang = if list.layout.hanging_indent { "720" } else { "0" };
    style(
        &mut xml,
        "Bibliography",
        "Bibliography",
        false,
        |xml| {
            let line = ("w:line", spacing.as_str());
            xml.empty("w:spacing", &[("w:after", &after), line, ("w:lineRule", "auto")]);
            xml.empty("w:ind", &[("w:left", hang), ("w:hanging", hang)]);
        },
        |_| {},
    );
    xml.open("w:style", &[("w:type", "character"), ("w:styleId", "Hyperlink")]);
    xml.empty("w:name", &[("w:val", "Hyperlink")]).open("w:rPr", &[]);
    xml.empty("w:color", &[("w:val", "0563C1")]).empty("w:u", &[("w:val", "single")]);
    xml.finish()
}

fn style(
    xml: &mut Xml,
    id: &str,
    name: &str,
    is_default: bool,
    paragraph: impl FnOnce(&mut Xml),
    run: impl FnOnce(&mut Xml),
) {
    let mut attributes = vec![("w:type", "paragraph"), ("w:styleId", id)];
    if is_default {
        attributes.push(("w:default", "1"));
    }
    xml.open("w:style", &attributes).empty("w:name", &[("w:val", name)]);
    if !is_default {
        xml.empty("w:basedOn", &[("w:val", "Normal")]);
    }
    xml.empty("w:qFormat", &[]);
    xml.open("w:pPr", &[]);
    paragraph(xml);
    xml.close().open("w:rPr", &[]);
    run(xml);
    xml.close().close();
}

fn properties(list: &ReferenceList) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open(
        "cp:coreProperties",
        &[
            ("xmlns:cp", &format!("{PACKAGE}/metadata/core-properties")),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ],
    );
    xml.open("dc:title", &[]).text(&list.heading).close();
    xml.open("dc:language", &[]).text(&list.language);
    xml.finish()
}

fn content_types() -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("Types", &[("xmlns", &format!("{PACKAGE}/content-types"))]);
    let links = "application/vnd.openxmlformats-package.relationships+xml";
    xml.empty("Default", &[("Extension", "rels"), ("ContentType", links)]);
    xml.empty("Default", &[("Extension", "xml"), ("ContentType", "application/xml")]);
    for (part, kind) in [
        ("/word/document.xml", format!("{TYPES}.document.main+xml")),
        ("/word/styles.xml", format!("{TYPES}.styles+xml")),
        (
            "/docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
        ),
    ] {
        xml.empty("Override", &[("PartName", part), ("ContentType", &kind)]);
    }
    xml.finish()
}

fn package_links() -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("Relationships", &[("xmlns", &format!("{PACKAGE}/relationships"))]);
    xml.empty(
        "Relationship",
        &[
            ("Id", "rId1"),
            ("Type", &format!("{LINKS}/officeDocument")),
            ("Target", "word/document.xml"),
        ],
    );
    xml.empty(
        "Relationship",
        &[
            ("Id", "rId2"),
            ("Type", &format!("{PACKAGE}/relationships/metadata/core-properties")),
            ("Target", "docProps/core.xml"),
        ],
    );
    xml.finish()
}

fn document_links(links: &[String]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("Relationships", &[("xmlns", &format!("{PACKAGE}/relationships"))]);
    xml.empty(
        "Relationship",
        &[("Id", "rId1"), ("Type", &format!("{LINKS}/styles")), ("Target", "styles.xml")],
    );
    for (at, address) in links.iter().enumerate() {
        xml.empty(
            "Relationship",
            &[
                ("Id", &link_id(at)),
                ("Type", &format!("{LINKS}/hyperlink")),
                ("Target", address),
                ("TargetMode", "External"),
            ],
        );
    }
    xml.finish()
}
