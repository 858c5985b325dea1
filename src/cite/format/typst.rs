//! Typst: a list that can be put into a document; it needs nothing before it.

use super::ReferenceList;
use super::line::{Marks, lines, link};
use crate::text::rich_text::Run;

const MARKS: Marks = Marks {
    italic: ("#emph[", "]"),
    bold: ("#strong[", "]"),
    small_caps: ("#smallcaps[", "]"),
    underline: ("#underline[", "]"),
    raised: ("#super[", "]"),
    lowered: ("#sub[", "]"),
};

/// The list; `whole`: with the language of the document set.
pub(super) fn write(list: &ReferenceList, whole: bool) -> String {
    let mut out = String::new();
    if whole {
        let mut parts = list.language.split('-');
        let lang = parts.next().filter(|it| !it.is_empty()).unwrap_or("en");
        let region = parts.next().map(|it| format!(", region: {}", string(it)));
        let lang = string(lang);
        out.push_str(&format!("#set text(lang: {lang}{})\n", region.unwrap_or_default()));
    }
    if !list.heading.is_empty() {
        out.push_str(&format!("#heading(level: 1, numbering: none)[{}]\n", escape(&list.heading)));
    }
    let hang = if list.layout.hanging_indent { "1.27cm" } else { "0pt" };
    for section in &list.sections {
        if !section.heading.is_empty() {
            let text = escape(&section.heading);
            out.push_str(&format!("#heading(level: 2, numbering: none)[{text}]\n"));
        }
        for reference in &section.references {
            for line in lines(&reference.text) {
                let mut text = String::new();
                runs(&line.label, &mut text);
                if !line.label.is_empty() {
                    text.push_str("#h(0.5em);");
                }
                runs(&line.runs, &mut text);
                if line.indented {
                    out.push_str(&format!("#pad(left: 1.27cm)[{text}]\n\n"));
                } else {
                    out.push_str(&format!("#par(hanging-indent: {hang})[{text}]\n\n"));
                }
            }
        }
    }
    out
}

/// Runs one after the other. A bracket or a semicolon right behind a call would belong to it: a
/// semicolon of its own ends the call.
fn runs(runs: &[Run], out: &mut String) {
    let mut is_call = false;
    for run in runs {
        let text = MARKS.around(run.face, &escape(&run.text));
        if is_call && text.starts_with(['(', ';']) {
            out.push(';');
        }
        is_call = text.starts_with('#');
        match link(run) {
            Some(address) => {
                out.push_str(&format!("#link({})[{text}]", string(address)));
                is_call = true;
            }
            None => out.push_str(&text),
        }
    }
}

/// A string of Typst's.
fn string(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    format!("\"{}\"", clean.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Text of which nothing means anything in Typst's markup: a backslash takes the meaning of any
/// character that has one.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut previous = ' ';
    for c in text.chars() {
        match c {
            '\\' | '*' | '_' | '`' | '$' | '#' | '@' | '<' | '>' | '[' | ']' | '~' | '"' | '\''
            | '/' => {
                out.push('\\');
                out.push(c);
            }
            // A list, a heading, a dash, an ellipsis.
            '-' | '+' | '=' if out.is_empty() => {
                out.push('\\');
                out.push(c);
            }
            '-' | '?' if previous == '-' => {
                out.push('\\');
                out.push(c);
            }
            '.' if previous == '.' || out.bytes().all(|b| b.is_ascii_digit()) => {
                out.push_str("\\.");
            }
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
        previous = c;
    }
    out
}
