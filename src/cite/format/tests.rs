use super::*;
use crate::text::rich_text::{Display, Face, Height};
use std::io::Read as _;

/// A list with everything in it that could go wrong.
fn list() -> ReferenceList {
    let italic = Face { italic: true, ..Face::default() };
    let mut plain = RichText::plain("Hagen, A. & Ås, B. (2010). ");
    plain.push("Selvhjelp_på* norsk ", italic, None);
    plain.push("<script>alert(1)</script> 100 % {#1} $x$ \u{1}", Face::default(), None);
    plain.push(
        "https://x.no/a_b%20c?d=1&e#f",
        Face::default(),
        Some("https://x.no/a_b%20c?d=1&e#f"),
    );
    plain.push("bad", Face::default(), Some("javascript:alert(1)"));
    let mut numbered = RichText::default();
    numbered.begin(Display::LeftMargin);
    numbered.push("1.", Face::default(), None);
    numbered.begin(Display::RightInline);
    numbered.push("H", Face::default(), None);
    numbered.push("2", Face { height: Height::Sub, ..Face::default() }, None);
    numbered.push("O 𝄞", Face { bold: true, ..italic }, None);
    let reference =
        |id: &str, text: RichText| Reference { id: id.into(), text, ..Reference::default() };
    ReferenceList {
        heading: "Referanser & <kilder>".into(),
        sections: vec![Section {
            heading: String::new(),
            references: vec![reference("hagen2010", plain), reference("h2o \"x", numbered)],
        }],
        language: "nb-NO".into(),
        layout: Layout::default(),
    }
}

fn written(format: Format) -> String {
    String::from_utf8(write(&list(), format, false)).expect("text")
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect("a part").read_to_string(&mut text).expect("text");
    text
}

/// Reads a part to its end, so that it is well formed.
fn well_formed(text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut depth = 0_i32;
    loop {
        match reader.read_event().expect("well formed") {
            quick_xml::events::Event::Start(_) => depth += 1,
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
}

#[test]
fn markdown_means_nothing_that_the_reference_does_not_mean() {
    let text = written(Format::Markdown);
    assert!(text.starts_with("# Referanser & \\<kilder\\>\n\n"), "{text}");
    assert!(text.contains("*Selvhjelp\\_på\\* norsk* \\<script\\>"), "{text}");
    assert!(text.contains("<https://x.no/a_b%20c?d=1&e#f>bad"), "{text}");
    assert!(text.contains("\n1\\. H<sub>2</sub>***O 𝄞***\n"), "{text}");
}

#[test]
fn html_is_escaped_and_has_no_foreign_scheme() {
    let text = written(Format::Html);
    assert!(!text.contains("<script") && !text.contains("javascript:"), "{text}");
    assert!(text.contains("id=\"ref-h2o-&quot;x\""), "{text}");
    assert!(String::from_utf8(write(&list(), Format::Html, true)).is_ok_and(|page| {
        page.starts_with("<!DOCTYPE html>\n<html lang=\"nb-NO\">") && page.ends_with("</html>\n")
    }));
}

#[test]
fn rtf_is_ascii_and_its_groups_close() {
    let text = written(Format::Rtf);
    assert!(text.is_ascii());
    assert!(text.contains("Selvhjelp_p\\u229?*"), "{text}");
    assert!(text.contains("\\u-10188?\\u-8930?"), "{text}");
    let (mut depth, mut escaped) = (0_i32, false);
    for c in text.chars() {
        match c {
            '{' if !escaped => depth += 1,
            '}' if !escaped => depth -= 1,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    assert_eq!(depth, 0);
}

#[test]
fn latex_and_typst_escape_what_they_would_obey() {
    let text = written(Format::Latex);
    assert!(text.contains("\\textit{Selvhjelp\\_på* norsk }\\textless{}script"), "{text}");
    assert!(text.contains("100 \\% \\{\\#1\\} \\$x\\$"), "{text}");
    assert!(text.contains("\\url{https://x.no/a\\_b\\%20c?d=1\\&e\\#f}"), "{text}");
    let text = written(Format::Typst);
    assert!(text.contains("#emph[Selvhjelp\\_på\\* norsk ]\\<script\\>"), "{text}");
    assert!(text.contains("#link(\"https://x.no/a_b%20c?d=1&e#f\")[https:\\/\\/x.no"), "{text}");
    assert!(text.contains("[1\\.#h(0.5em);H#sub[2]"), "{text}");
}

#[test]
fn a_bracket_behind_a_call_of_typst_is_text() {
    let mut text = RichText::default();
    let italic = Face { italic: true, ..Face::default() };
    for piece in ["14", "(2)", "15", "; 16"] {
        let face = if piece.starts_with('1') { italic } else { Face::default() };
        text.push(piece, face, None);
    }
    let references = vec![Reference { text, ..Reference::default() }];
    let sections = vec![Section { references, ..Section::default() }];
    let list = ReferenceList { sections, ..ReferenceList::default() };
    let written = String::from_utf8(write(&list, Format::Typst, false)).unwrap();
    assert!(written.contains("#emph[14];(2)#emph[15];; 16"), "{written}");
}

#[test]
fn letters_that_pdflatex_lacks_have_something_in_their_place() {
    let reference = Reference { text: RichText::plain("TNF-α 李 é"), ..Reference::default() };
    let sections = vec![Section { references: vec![reference], ..Section::default() }];
    let list = ReferenceList { sections, ..ReferenceList::default() };
    let written = String::from_utf8(write(&list, Format::Latex, true)).unwrap();
    assert!(written.contains("\\otherwise{α}{03B1}{\\ensuremath{\\alpha}}"), "{written}");
    assert!(written.contains("\\otherwise{李}{674E}{{\\tiny U+674E}}"), "{written}");
    assert!(!written.contains("\\otherwise{é}"), "{written}");
}

#[test]
fn office_documents_are_well_formed_and_the_same_each_time() {
    for (format, content, parts) in [
        (Format::Docx, "word/document.xml", &["word/styles.xml", "[Content_Types].xml"][..]),
        (Format::Odt, "content.xml", &["styles.xml", "META-INF/manifest.xml", "meta.xml"][..]),
    ] {
        let bytes = write(&list(), format, false);
        assert_eq!(bytes, write(&list(), format, false));
        let text = part(&bytes, content);
        assert!(text.contains("&lt;script&gt;") && !text.contains('\u{1}'), "{text}");
        assert!(!text.contains("javascript:"));
        well_formed(&text);
        for name in parts {
            well_formed(&part(&bytes, name));
        }
    }
    let odt = write(&list(), Format::Odt, false);
    assert_eq!(&odt[30..38], b"mimetype");
    let links = part(&write(&list(), Format::Docx, false), "word/_rels/document.xml.rels");
    assert!(links.contains("Target=\"https://x.no/a_b%20c?d=1&amp;e#f\""), "{links}");
}

#[test]
fn json_lines_have_one_object_a_reference() {
    let text = written(Format::JsonLines);
    assert_eq!(text.lines().count(), 2);
    let first: serde_json::Value =
        serde_json::from_str(text.lines().next().expect("a line")).expect("json");
    assert_eq!(first["id"], "hagen2010");
}

#[test]
fn an_empty_list_is_a_document_too() {
    for (_, format) in Format::ALL {
        write(&ReferenceList::default(), format, true);
    }
}

#[test]
fn coins_carry_the_item() {
    let mut item = crate::cite::item::Item::new("a", "article-journal");
    item.set_text("title", "<i>Å</i> & b");
    item.set_names("author", vec![crate::cite::item::Name::person("Hagen", "A.")]);
    let coins = coins(&item);
    assert!(coins.contains("&rft.atitle=%C3%85%20%26%20b"), "{coins}");
    assert!(coins.contains("&rft.aulast=Hagen&rft.aufirst=A."), "{coins}");
}
