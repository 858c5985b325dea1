//! Rich Text Format 1.9: one file that every word processor opens and pastes.

use super::ReferenceList;
use super::line::{lines, link};
use crate::text::rich_text::{Face, Height, Run};

/// Half an inch, in twentieths of a point: how far the lines hang.
const HANG: u32 = 720;

/// The list as a document.
pub(super) fn write(list: &ReferenceList) -> String {
    let mut out = String::from(
        "{\\rtf1\\ansi\\ansicpg1252\\deff0\\uc1\n{\\fonttbl{\\f0\\froman Times New Roman;}}\n\
         {\\colortbl;\\red5\\green99\\blue193;}\n\\f0\\fs24\n",
    );
    heading(&list.heading, 32, &mut out);
    for section in &list.sections {
        heading(&section.heading, 28, &mut out);
        for reference in &section.references {
            for line in lines(&reference.text) {
                let hang = list.layout.hanging_indent || !line.label.is_empty();
                let (first, left) = match (hang, line.indented) {
                    (_, true) => (0, HANG),
                    (true, false) => (HANG, HANG),
                    (false, false) => (0, 0),
                };
                let spacing = 240 * u32::from(list.layout.line_spacing.clamp(1, 3));
                let after = 120 * u32::from(list.layout.entry_spacing.min(4));
                out.push_str(&format!(
                    "\\pard\\fi-{first}\\li{left}\\tx{HANG}\\sa{after}\\sl{spacing}\\slmult1 "
                ));
                runs(&line.label, &mut out);
                if !line.label.is_empty() {
                    out.push_str("\\tab ");
                }
                runs(&line.runs, &mut out);
                out.push_str("\\par\n");
            }
        }
    }
    out.push_str("}\n");
    out
}

fn heading(text: &str, size: u32, out: &mut String) {
    if !text.is_empty() {
        out.push_str(&format!("\\pard\\sb240\\sa120\\keepn{{\\b\\fs{size} "));
        escape(text, out);
        out.push_str("}\\par\n");
    }
}

fn runs(runs: &[Run], out: &mut String) {
    for run in runs {
        if let Some(address) = link(run) {
            out.push_str("{\\field{\\*\\fldinst{HYPERLINK \"");
            escape(&address.replace('"', "%22"), out);
            out.push_str("\"}}{\\fldrslt{\\ul\\cf1");
            face(run.face, out);
            out.push(' ');
            escape(&run.text, out);
            out.push_str("}}}");
        } else if run.face.is_plain() {
            escape(&run.text, out);
        } else {
            out.push('{');
            face(run.face, out);
            out.push(' ');
            escape(&run.text, out);
            out.push('}');
        }
    }
}

fn face(face: Face, out: &mut String) {
    let words = [
        (face.italic, "\\i"),
        (face.bold, "\\b"),
        (face.small_caps, "\\scaps"),
        (face.underline, "\\ul"),
        (face.height == Height::Super, "\\super"),
        (face.height == Height::Sub, "\\sub"),
    ];
    for (_, word) in words.iter().filter(|it| it.0) {
        out.push_str(word);
    }
}

/// ASCII as it is; all else as `\u`, a character beyond the basic plane as two.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '\\' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' | '\t' => out.push(' '),
            ' '..='~' => out.push(c),
            c if c.is_control() => {}
            c => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{}?", (*unit).cast_signed()));
                }
            }
        }
    }
}
