//! OpenDocument text 1.3: a document that LibreOffice opens, with the paragraph style for
//! bibliographies and links that can be followed.

use super::ReferenceList;
use super::line::{Line, lines, link};
use super::xml::{Xml, pack};
use crate::text::rich_text::{Face, Height, Run};

const MIME: &str = "application/vnd.oasis.opendocument.text";
const OASIS: &str = "urn:oasis:names:tc:opendocument:xmlns";

/// The list as a document.
pub(super) fn write(list: &ReferenceList) -> Vec<u8> {
    pack(
        &[
            ("mimetype", MIME.into()),
            ("META-INF/manifest.xml", manifest()),
            ("content.xml", content(list)),
            ("styles.xml", styles(list)),
            ("meta.xml", meta(list)),
        ],
        true,
    )
}

/// The root element with the name spaces and the version.
fn root(xml: &mut Xml, name: &str) {
    let spaces: Vec<(String, String)> = [
        ("office", "office:1.0"),
        ("style", "style:1.0"),
        ("text", "text:1.0"),
        ("meta", "meta:1.0"),
        ("fo", "xsl-fo-compatible:1.0"),
    ]
    .iter()
    .map(|(short, long)| (format!("xmlns:{short}"), format!("{OASIS}:{long}")))
    .chain([
        ("xmlns:xlink".to_owned(), "http://www.w3.org/1999/xlink".to_owned()),
        ("xmlns:dc".to_owned(), "http://purl.org/dc/elements/1.1/".to_owned()),
    ])
    .collect();
    let mut attributes: Vec<(&str, &str)> =
        spaces.iter().map(|(short, long)| (short.as_str(), long.as_str())).collect();
    attributes.push(("office:version", "1.3"));
    xml.open(name, &attributes);
}

fn content(list: &ReferenceList) -> Vec<u8> {
    let mut faces: Vec<Face> = Vec::new();
    let mut body = Vec::new();
    for section in &list.sections {
        for reference in &section.references {
            let lines = lines(&reference.text);
            for run in lines.iter().flat_map(|line| line.label.iter().chain(&line.runs)) {
                if !run.face.is_plain() && !faces.contains(&run.face) {
                    faces.push(run.face);
                }
            }
            body.push(lines);
        }
    }
    let mut xml = Xml::new();
    root(&mut xml, "office:document-content");
    xml.open("office:automatic-styles", &[]);
    for (at, face) in faces.iter().enumerate() {
        xml.open("style:style", &[("style:name", &face_name(at)), ("style:family", "text")]);
        face_properties(&mut xml, *face);
        xml.close();
    }
    xml.close().open("office:body", &[]).open("office:text", &[]);
    heading(&mut xml, "1", &list.heading);
    let mut bodies = body.iter();
    for section in &list.sections {
        heading(&mut xml, "2", &section.heading);
        for lines in bodies.by_ref().take(section.references.len()) {
            for line in lines {
                paragraph(&mut xml, line, &faces);
            }
        }
    }
    xml.finish()
}

fn face_name(at: usize) -> String {
    format!("T{}", at + 1)
}

fn face_properties(xml: &mut Xml, face: Face) {
    let mut attributes = Vec::new();
    if face.italic {
        attributes.push(("fo:font-style", "italic"));
    }
    if face.bold {
        attributes.push(("fo:font-weight", "bold"));
    }
    if face.small_caps {
        attributes.push(("fo:font-variant", "small-caps"));
    }
    if face.underline {
        attributes.push(("style:text-underline-style", "solid"));
        attributes.push(("style:text-underline-width", "auto"));
    }
    match face.height {
        Height::Line => {}
        Height::Super => attributes.push(("style:text-position", "super 58%")),
        Height::Sub => attributes.push(("style:text-position", "sub 58%")),
    }
    xml.empty("style:text-properties", &attributes);
}

fn heading(xml: &mut Xml, level: &str, text: &str) {
    if !text.is_empty() {
        let style = if level == "1" { "Heading_20_1" } else { "Heading_20_2" };
        xml.open("text:h", &[("text:style-name", style), ("text:outline-level", level)]);
        characters(xml, text);
        xml.close();
    }
}

fn paragraph(xml: &mut Xml, line: &Line, faces: &[Face]) {
    let style = match (line.label.is_empty(), line.indented) {
        (false, _) => "Bibliography_20_Numbered",
        (true, true) => "Bibliography_20_Indented",
        (true, false) => "Bibliography_20_1",
    };
    xml.open("text:p", &[("text:style-name", style)]);
    runs(xml, &line.label, faces);
    if !line.label.is_empty() {
        xml.empty("text:tab", &[]);
    }
    runs(xml, &line.runs, faces);
    xml.close();
}

fn runs(xml: &mut Xml, runs: &[Run], faces: &[Face]) {
    for run in runs {
        let address = link(run);
        if let Some(address) = address {
            xml.open("text:a", &[("xlink:type", "simple"), ("xlink:href", address)]);
        }
        match faces.iter().position(|face| *face == run.face) {
            Some(at) => {
                xml.open("text:span", &[("text:style-name", &face_name(at))]);
                characters(xml, &run.text);
                xml.close();
            }
            None => characters(xml, &run.text),
        }
        if address.is_some() {
            xml.close();
        }
    }
}

/// Characters, with every blank after a blank (or at the beginning) as an element: OpenDocument
/// would squeeze them.
fn characters(xml: &mut Xml, text: &str) {
    let mut rest = text;
    while !rest.is_empty() {
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        for _ in 0..blanks {
            xml.empty("text:s", &[]);
        }
        rest = &rest[blanks..];
        let end = rest.find("  ").map_or(rest.len(), |at| at + 1);
        xml.text(&rest[..end]);
        rest = &rest[end..];
    }
}

fn styles(list: &ReferenceList) -> Vec<u8> {
    let mut xml = Xml::new();
    root(&mut xml, "office:document-styles");
    xml.open("office:styles", &[]);
    xml.open("style:default-style", &[("style:family", "paragraph")]);
    let mut parts = list.language.split('-');
    let language = parts.next().filter(|it| !it.is_empty()).unwrap_or("none");
    xml.empty(
        "style:text-properties",
        &[
            ("fo:font-family", "'Times New Roman', 'Liberation Serif', serif"),
            ("fo:font-size", "12pt"),
            ("fo:language", language),
            ("fo:country", parts.next().unwrap_or("none")),
        ],
    );
    xml.close();
    for (level, size) in [("1", "16pt"), ("2", "14pt")] {
        xml.open(
            "style:style",
            &[
                ("style:name", &format!("Heading_20_{level}")),
                ("style:display-name", &format!("Heading {level}")),
                ("style:family", "paragraph"),
                ("style:default-outline-level", level),
            ],
        );
        xml.empty(
            "style:paragraph-properties",
            &[
                ("fo:margin-top", "0.4cm"),
                ("fo:margin-bottom", "0.2cm"),
                ("fo:keep-with-next", "always"),
            ],
        );
        xml.empty("style:text-properties", &[("fo:font-weight", "bold"), ("fo:font-size", size)]);
        xml.close();
    }
    let (left, first) =
        if list.layout.hanging_indent { ("1.27cm", "-1.27cm") } else { ("0cm", "0cm") };
    let after = format!("{}pt", 6 * u32::from(list.layout.entry_spacing.min(4)));
    let spacing = format!("{}%", 100 * u32::from(list.layout.line_spacing.clamp(1, 3)));
    for (name, shown, left, first) in [
        ("Bibliography_20_1", "Bibliography 1", left, first),
        ("Bibliography_20_Numbered", "Bibliography Numbered", "1.27cm", "-1.27cm"),
        ("Bibliography_20_Indented", "Bibliography Indented", "1.27cm", "0cm"),
    ] {
        xml.open(
            "style:style",
            &[("style:name", name), ("style:display-name", shown), ("style:family", "paragraph")],
        );
        xml.open(
            "style:paragraph-properties",
            &[
                ("fo:margin-left", left),
                ("fo:margin-right", "0cm"),
                ("fo:text-indent", first),
                ("fo:margin-bottom", &after),
                ("fo:line-height", &spacing),
            ],
        );
        xml.open("style:tab-stops", &[]);
        xml.empty("style:tab-stop", &[("style:position", "0cm")]).close().close().close();
    }
    xml.close();
    xml.open("office:automatic-styles", &[]).open("style:page-layout", &[("style:name", "A4")]);
    xml.empty(
        "style:page-layout-properties",
        &[
            ("fo:page-width", "21cm"),
            ("fo:page-height", "29.7cm"),
            ("fo:margin-top", "2.5cm"),
            ("fo:margin-bottom", "2.5cm"),
            ("fo:margin-left", "2.5cm"),
            ("fo:margin-right", "2.5cm"),
        ],
    );
    xml.close().close().open("office:master-styles", &[]);
    let page = [("style:name", "Standard"), ("style:page-layout-name", "A4")];
    xml.empty("style:master-page", &page);
    xml.finish()
}

fn meta(list: &ReferenceList) -> Vec<u8> {
    let mut xml = Xml::new();
    root(&mut xml, "office:document-meta");
    xml.open("office:meta", &[]).open("dc:title", &[]).text(&list.heading).close();
    xml.open("dc:language", &[]).text(&list.language);
    xml.finish()
}

fn manifest() -> Vec<u8> {
    let mut xml = Xml::new();
    let space = format!("{OASIS}:manifest:1.0");
    xml.open("manifest:manifest", &[("xmlns:manifest", &space), ("manifest:version", "1.3")]);
    for (path, kind) in [
        ("/", MIME),
        ("content.xml", "text/xml"),
        ("styles.xml", "text/xml"),
        ("meta.xml", "text/xml"),
    ] {
        let entry = [("manifest:full-path", path), ("manifest:media-type", kind)];
        xml.empty("manifest:file-entry", &entry);
    }
    xml.finish()
}
