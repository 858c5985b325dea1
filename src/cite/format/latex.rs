//! LaTeX: a list that can be read into a document, or a document that can be typeset.

use super::ReferenceList;
use super::line::{Marks, lines, link};
use crate::text::rich_text::Run;

const MARKS: Marks = Marks {
    italic: ("\\textit{", "}"),
    bold: ("\\textbf{", "}"),
    small_caps: ("\\textsc{", "}"),
    underline: ("\\underline{", "}"),
    raised: ("\\textsuperscript{", "}"),
    lowered: ("\\textsubscript{", "}"),
};

/// The list; `whole`: with a preamble.
pub(super) fn write(list: &ReferenceList, whole: bool) -> String {
    let mut out = String::new();
    if whole {
        out.push_str(
            "\\documentclass{article}\n\\usepackage[T1]{fontenc}\n\\usepackage[utf8]{inputenc}\n\
             \\usepackage{textcomp}\n\\usepackage{xurl}\n\
             \\usepackage[hidelinks,unicode]{hyperref}\n\\begin{document}\n",
        );
    } else {
        out.push_str("% Needs \\usepackage{hyperref}.\n");
    }
    let (hang, first) = if list.layout.hanging_indent { ("2em", "-2em") } else { ("0pt", "0pt") };
    if !list.heading.is_empty() {
        out.push_str(&format!("\\section*{{{}}}\n", escape(&list.heading)));
    }
    for section in &list.sections {
        if !section.heading.is_empty() {
            out.push_str(&format!("\\subsection*{{{}}}\n", escape(&section.heading)));
        }
        if section.references.is_empty() {
            continue;
        }
        out.push_str(&format!(
            "\\begin{{list}}{{}}{{\\setlength{{\\leftmargin}}{{{hang}}}\
             \\setlength{{\\itemindent}}{{{first}}}\\setlength{{\\labelwidth}}{{0pt}}\
             \\setlength{{\\labelsep}}{{0pt}}}}\n"
        ));
        for reference in &section.references {
            out.push_str("\\item ");
            for (at, line) in lines(&reference.text).iter().enumerate() {
                if at > 0 {
                    out.push_str("\\par ");
                }
                runs(&line.label, &mut out);
                if !line.label.is_empty() {
                    out.push_str("\\quad ");
                }
                runs(&line.runs, &mut out);
                out.push('\n');
            }
        }
        out.push_str("\\end{list}\n");
    }
    if whole {
        out.push_str("\\end{document}\n");
    }
    out
}

fn runs(runs: &[Run], out: &mut String) {
    for run in runs {
        let text = MARKS.around(run.face, &escape(&run.text));
        match link(run) {
            Some(address) if address == run.text => {
                out.push_str(&format!("\\url{{{}}}", destination(address)));
            }
            Some(address) => {
                out.push_str(&format!("\\href{{{}}}{{{text}}}", destination(address)));
            }
            None => out.push_str(&text),
        }
    }
}

/// An address within `\url` or `\href`: what could end it or begin a command is per-cent coded.
fn destination(address: &str) -> String {
    let mut out = String::new();
    for c in address.chars() {
        match c {
            '%' | '#' | '&' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '\\' | '{' | '}' | '^' | '~' | ' ' => out.push_str(&format!("\\%{:02X}", c as u32)),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Text of which nothing means anything in LaTeX; other characters stay Unicode.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '|' => out.push_str("\\textbar{}"),
            '"' => out.push_str("\\textquotedbl{}"),
            '`' => out.push_str("\\textasciigrave{}"),
            '[' | ']' => {
                out.push('{');
                out.push(c);
                out.push('}');
            }
            '\u{a0}' => out.push('~'),
            '\n' | '\r' | '\t' => out.push(' '),
            // Two hyphens would become a dash.
            '-' if out.ends_with('-') => out.push_str("{}-"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
