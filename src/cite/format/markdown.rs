//! Markdown, as CommonMark 0.31 has it: every character that could mean something is escaped.

use super::ReferenceList;
use super::line::{Line, Marks, at_letters, lines, link};
use crate::text::rich_text::Run;

const MARKS: Marks = Marks {
    italic: ("*", "*"),
    bold: ("**", "**"),
    small_caps: ("<span style=\"font-variant:small-caps\">", "</span>"),
    underline: ("<u>", "</u>"),
    raised: ("<sup>", "</sup>"),
    lowered: ("<sub>", "</sub>"),
};

/// The list in Markdown: a paragraph a reference.
pub(super) fn write(list: &ReferenceList) -> String {
    let mut out = String::new();
    if !list.heading.is_empty() {
        out.push_str(&format!("# {}\n\n", escape(&list.heading)));
    }
    for section in &list.sections {
        if !section.heading.is_empty() {
            out.push_str(&format!("## {}\n\n", escape(&section.heading)));
        }
        for reference in &section.references {
            for line in lines(&reference.text) {
                out.push_str(&paragraph(&line));
                out.push_str("\n\n");
            }
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn paragraph(line: &Line) -> String {
    let mut out = String::new();
    runs(&line.label, &mut out);
    if !line.label.is_empty() {
        out.push(' ');
    }
    runs(&line.runs, &mut out);
    at_line_start(&out)
}

fn runs(runs: &[Run], out: &mut String) {
    // The last character within marks that have just been closed.
    let mut closed = None;
    for run in runs {
        let (before, inner, after) = at_letters(&run.text);
        let Some(first) = inner.chars().next() else {
            out.push_str(before);
            closed = None;
            continue;
        };
        let marked = run.face.italic || run.face.bold;
        let previous = out.chars().last().filter(|_| before.is_empty());
        // CommonMark 6.2: where a mark would not open or close, an empty comment stands between.
        let is_word = |c: char| c.is_alphanumeric();
        let opens_badly =
            marked && previous.is_some_and(|c| c == '*' || is_word(c) && !is_word(first));
        let closed_badly = closed.filter(|_| before.is_empty());
        let closed_badly = closed_badly.is_some_and(|end: char| !is_word(end) && is_word(first));
        if opens_badly || closed_badly {
            out.push_str("<!-- -->");
        }
        let text = escape(inner);
        let text = match link(run) {
            Some(address) if address == inner && !inner.contains(['<', '>', ' ']) => {
                format!("<{inner}>")
            }
            Some(address) => format!("[{text}](<{}>)", destination(address)),
            None => text,
        };
        out.push_str(&escape(before));
        out.push_str(&MARKS.around(run.face, &text));
        out.push_str(&escape(after));
        closed = inner.chars().last().filter(|_| marked && after.is_empty());
    }
}

/// An address between `<` and `>`.
fn destination(address: &str) -> String {
    let mut out = String::new();
    for c in address.chars() {
        match c {
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            ' ' => out.push_str("%20"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Text of which nothing means anything in Markdown. Line ends become blanks.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '$' | '~' | '^' | '|' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '&' if is_entity(&text[at..]) => out.push_str("&amp;"),
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Whether text begins with a character reference: `&amp;`, `&#38;`.
fn is_entity(text: &str) -> bool {
    let name = text[1..].split_once(';').map(|it| it.0);
    name.is_some_and(|name| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    })
}

/// A paragraph that must not begin a list, a heading or a rule.
fn at_line_start(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    if digits > 0 && digits < 10 && rest.starts_with(['.', ')']) {
        return format!("{}\\{rest}", &text[..digits]);
    }
    if text.starts_with(['-', '+', '=']) { format!("\\{text}") } else { text.to_owned() }
}
