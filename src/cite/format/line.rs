//! Rich text as the paragraphs that word processors know.

use crate::text::rich_text::{Display, Face, RichText, Run, html};

/// One paragraph of a reference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// What stands in the left margin: the number of a numbered list.
    pub label: Vec<Run>,
    /// The text.
    pub runs: Vec<Run>,
    /// Whether all of it is indented.
    pub indented: bool,
}

/// The paragraphs of `text`, without those that have nothing in them.
pub(super) fn lines(text: &RichText) -> Vec<Line> {
    let mut lines: Vec<Line> = vec![Line::default()];
    for block in &text.blocks {
        let begins = match block.display {
            Display::Inline | Display::RightInline => false,
            Display::Block | Display::Indent | Display::LeftMargin => {
                lines.last().is_some_and(|line| !line.runs.is_empty() || !line.label.is_empty())
            }
        };
        if begins {
            lines.push(Line::default());
        }
        let Some(line) = lines.last_mut() else { continue };
        line.indented |= block.display == Display::Indent;
        if block.display == Display::LeftMargin {
            line.label.extend(trimmed(&block.runs));
        } else {
            line.runs.extend(block.runs.iter().cloned());
        }
        if block.display == Display::Block {
            lines.push(Line::default());
        }
    }
    lines.retain(|line| !line.runs.is_empty() || !line.label.is_empty());
    lines
}

/// Runs without blanks at the end.
fn trimmed(runs: &[Run]) -> Vec<Run> {
    let mut runs = runs.to_vec();
    if let Some(last) = runs.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    runs
}

/// The link of a run, where it may be followed.
pub(super) fn link(run: &Run) -> Option<&str> {
    run.link.as_deref().filter(|address| html::is_web(address))
}

/// Splits a run's text into blanks, inner text and blanks: marks of emphasis stand at letters.
pub(super) fn at_letters(text: &str) -> (&str, &str, &str) {
    let inner = text.trim();
    if inner.is_empty() {
        return (text, "", "");
    }
    let from = text.len() - text.trim_start().len();
    (&text[..from], inner, &text[from + inner.len()..])
}

/// What opens and closes a face, from the outside in, by what each part of a face is written as.
pub(super) struct Marks {
    pub italic: (&'static str, &'static str),
    pub bold: (&'static str, &'static str),
    pub small_caps: (&'static str, &'static str),
    pub underline: (&'static str, &'static str),
    pub raised: (&'static str, &'static str),
    pub lowered: (&'static str, &'static str),
}

impl Marks {
    /// `inner`, already escaped, in the marks of a face.
    pub fn around(&self, face: Face, inner: &str) -> String {
        use crate::text::rich_text::Height;
        let wanted = [
            (face.underline, self.underline),
            (face.small_caps, self.small_caps),
            (face.height == Height::Super, self.raised),
            (face.height == Height::Sub, self.lowered),
            (face.bold, self.bold),
            (face.italic, self.italic),
        ];
        let mut out = String::new();
        for (open, _) in wanted.iter().filter(|it| it.0).map(|it| it.1) {
            out.push_str(open);
        }
        out.push_str(inner);
        for (_, close) in wanted.iter().rev().filter(|it| it.0).map(|it| it.1) {
            out.push_str(close);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_in_the_margin_and_a_note_on_its_own_line() {
        let mut rich = RichText::default();
        rich.begin(Display::LeftMargin);
        rich.push("[1] ", Face::default(), None);
        rich.begin(Display::RightInline);
        rich.push("Hagen", Face::default(), None);
        rich.begin(Display::Indent);
        rich.push("Note", Face::default(), None);
        let lines = lines(&rich);
        assert_eq!(lines.len(), 2);
        assert_eq!((lines[0].label[0].text.as_str(), lines[0].indented), ("[1]", false));
        assert!(lines[1].indented);
    }
}
