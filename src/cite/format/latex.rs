//! LaTeX: a list that can be read into a document, or a document that can be typeset.

use super::ReferenceList;
use super::line::{Marks, lines, link};
use crate::text::rich_text::Run;
use std::collections::BTreeSet;

const MARKS: Marks = Marks {
    italic: ("\\textit{", "}"),
    bold: ("\\textbf{", "}"),
    small_caps: ("\\textsc{", "}"),
    underline: ("\\underline{", "}"),
    raised: ("\\textsuperscript{", "}"),
    lowered: ("\\textsubscript{", "}"),
};

/// The list; `whole`: with a preamble, for pdfLaTeX, XeLaTeX and LuaLaTeX.
pub(super) fn write(list: &ReferenceList, whole: bool) -> String {
    let body = body(list);
    if !whole {
        return format!("% Needs \\usepackage{{hyperref}}.\n{body}");
    }
    let mut letters = String::new();
    for c in body.chars().filter(|c| *c > '\u{17f}').collect::<BTreeSet<char>>() {
        let (code, stand_in) = (c as u32, stand_in(c));
        letters.push_str(&format!("  \\otherwise{{{c}}}{{{code:04X}}}{{{stand_in}}}\n"));
    }
    if !letters.is_empty() {
        letters = format!("{OTHERWISE}{letters}");
    }
    let breaks: String =
        ('0'..='9').chain('A'..='Z').chain('a'..='z').map(|c| format!("\\do\\{c}")).collect();
    format!(
        "\\documentclass{{article}}\n\\usepackage{{iftex}}\n\\ifPDFTeX\n  \\usepackage[T1]{{fontenc}}\n  \
         \\usepackage[utf8]{{inputenc}}\n  \\usepackage{{textcomp}}\n{letters}\\else\n  \
         \\usepackage{{fontspec}}\n\\fi\n\
         \\IfFileExists{{xurl.sty}}{{\\usepackage{{xurl}}}}{{\\usepackage{{url}}\
         \\expandafter\\def\\expandafter\\UrlBreaks\\expandafter{{\\UrlBreaks{breaks}}}}}\n\
         \\usepackage[hidelinks,unicode]{{hyperref}}\n\\begin{{document}}\n{body}\\end{{document}}\n"
    )
}

/// What pdfLaTeX shows for a letter that its fonts do not have, unless a package gives it one.
const OTHERWISE: &str = "  % XeLaTeX and LuaLaTeX set every letter that the font has.\n  \
     \\newcommand\\otherwise[3]{\\ifcsname u8:\\detokenize{#1}\\endcsname\\else\
     \\DeclareUnicodeCharacter{#2}{#3}\\fi}\n";

/// A Greek letter as mathematics has it, nothing for what has no width, and the code of any other.
fn stand_in(c: char) -> String {
    const GREEK: [&str; 25] = [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
        "lambda", "mu", "nu", "xi", "", "pi", "rho", "varsigma", "sigma", "tau", "upsilon", "phi",
        "chi", "psi", "omega",
    ];
    const CAPITAL: [(char, &str); 11] = [
        ('Γ', "Gamma"),
        ('Δ', "Delta"),
        ('Θ', "Theta"),
        ('Λ', "Lambda"),
        ('Ξ', "Xi"),
        ('Π', "Pi"),
        ('Σ', "Sigma"),
        ('Υ', "Upsilon"),
        ('Φ', "Phi"),
        ('Ψ', "Psi"),
        ('Ω', "Omega"),
    ];
    let small = (c as u32).checked_sub('α' as u32).and_then(|at| GREEK.get(at as usize));
    let name = small.or_else(|| CAPITAL.iter().find(|it| it.0 == c).map(|it| &it.1));
    let latin = "ΑΒΕΖΗΙΚΜΝΟΡΤΧο".chars().zip("ABEZHIKMNOPTXo".chars());
    if let Some((_, same)) = latin.into_iter().find(|it| it.0 == c) {
        return same.to_string();
    }
    match name {
        Some(name) => format!("\\ensuremath{{\\{name}}}"),
        _ if matches!(c as u32, 0x300..=0x36f | 0x200b..=0x200f | 0x2060 | 0xfe00..=0xfe0f) => {
            String::new()
        }
        _ => format!("{{\\tiny U+{:04X}}}", c as u32),
    }
}

fn body(list: &ReferenceList) -> String {
    let mut out = String::new();
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
            c if c.is_control() => {}
            c if !c.is_ascii() || "\\{}^~ <>".contains(c) => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    out.push_str(&format!("\\%{byte:02X}"));
                }
            }
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
