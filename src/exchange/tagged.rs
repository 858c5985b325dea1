//! Formats of tagged lines: RIS, MEDLINE, Web of Science's field-tagged text, Refer/EndNote. This
//! part cuts the text into records; what a tag means is the format's own.

use super::lines::Lines;
use std::io::{self, BufRead};
use std::ops::Range;

/// How lines are tagged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `TY  - JOUR` … `ER  - `
    Ris,
    /// `PMID- 123`, records between blank lines.
    Medline,
    /// `PT J` … `ER`
    WebOfScience,
    /// `%0 Journal Article`, records between blank lines.
    Refer,
}

impl Style {
    /// A line with its end, as the style writes it.
    pub(super) fn line(self, tag: &str, value: &str) -> String {
        match self {
            Self::Ris => format!("{tag}  - {value}\n"),
            Self::Medline => format!("{tag:<4}- {value}\n"),
            Self::WebOfScience => format!("{tag} {value}\n"),
            Self::Refer => format!("%{tag} {value}\n"),
        }
    }
}

/// The most that one record may hold, in bytes; the lines after it are passed over.
const MAX_RECORD: usize = 8 << 20;

/// The lines of one record, in one text.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The number of its first line.
    pub(super) line: usize,
    text: String,
    parts: Vec<Part>,
    /// Whether it ended as the format says.
    pub(super) is_ended: bool,
    /// Whether something did not fit in and was left out.
    pub(super) is_cut: bool,
    /// Whether it has the line that begins a record.
    pub(super) is_begun: bool,
}

#[derive(Debug)]
struct Part {
    tag: Range<usize>,
    value: Range<usize>,
    line: usize,
}

impl Block {
    /// Tag, value and line; continued lines stand in the value after `\n`.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&str, &str, usize)> {
        self.parts
            .iter()
            .map(|it| (&self.text[it.tag.clone()], &self.text[it.value.clone()], it.line))
    }

    /// The first value with this tag.
    pub(super) fn first(&self, tag: &str) -> Option<&str> {
        self.parts().find(|(known, _, _)| *known == tag).map(|(_, value, _)| value)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether every value is empty.
    fn says_nothing(&self) -> bool {
        self.parts.iter().all(|it| it.value.is_empty())
    }

    /// Whether a line of Refer with this tag, behind a blank line, begins another record: such
    /// records begin with who or what, and have only one title.
    fn is_new(&self, tag: &str) -> bool {
        matches!(tag, "A" | "E" | "T" | "J" | "B" | "Q") && self.first("T").is_some()
    }

    fn clear(&mut self) {
        self.text.clear();
        self.parts.clear();
        (self.is_ended, self.is_cut, self.is_begun) = (false, false, false);
    }

    fn push(&mut self, tag: &str, value: &str, line: usize) {
        if self.parts.is_empty() {
            self.line = line;
        }
        if self.text.len() + tag.len() + value.len() > MAX_RECORD {
            self.is_cut = true;
            return;
        }
        let start = self.text.len();
        self.text.push_str(tag);
        let tag = start..self.text.len();
        self.text.push_str(value);
        self.parts.push(Part { value: tag.end..self.text.len(), tag, line });
    }

    fn go_on(&mut self, value: &str) {
        if self.text.len() + value.len() >= MAX_RECORD {
            self.is_cut = true;
        } else if let Some(last) = self.parts.last_mut() {
            self.text.push('\n');
            self.text.push_str(value);
            last.value.end = self.text.len();
        }
    }
}

/// The records of a tagged text.
pub(super) struct Blocks<R> {
    lines: Lines<R>,
    style: Style,
    line: Vec<u8>,
    /// A line that belongs to the next record.
    is_kept: bool,
}

impl<R: BufRead> Blocks<R> {
    pub(super) fn new(input: R, style: Style) -> Self {
        Self { lines: Lines::new(input), style, line: Vec::new(), is_kept: false }
    }

    /// The number of the line that was read last.
    pub(super) fn line(&self) -> usize {
        self.lines.number()
    }

    /// Reads the next record into `block`; `false` at the end.
    pub(super) fn read(&mut self, block: &mut Block) -> io::Result<bool> {
        block.clear();
        // Whether a blank line of Refer was the last.
        let mut is_parted = false;
        loop {
            if !self.is_kept {
                match self.lines.read(&mut self.line)? {
                    None => return Ok(!block.is_empty()),
                    Some(cut) => block.is_cut |= cut,
                }
            }
            self.is_kept = false;
            let line = String::from_utf8_lossy(&self.line);
            let number = self.lines.number();
            let line = line.trim_end_matches(['\u{0}', ' ', '\t']);
            match split(self.style, line) {
                Some(("", _)) => {}
                Some((tag, value)) => {
                    // JabRef begins a record of no type, and then one of a type.
                    if begins(self.style, tag) && block.says_nothing() {
                        block.clear();
                    }
                    let is_new = std::mem::take(&mut is_parted) && block.is_new(tag);
                    if !block.is_empty() && (is_new || begins(self.style, tag)) {
                        self.is_kept = true;
                        return Ok(true);
                    }
                    if ends(self.style, tag) {
                        if block.is_empty() {
                            continue;
                        }
                        block.is_ended = true;
                        return Ok(true);
                    }
                    block.is_begun |= begins(self.style, tag);
                    block.push(tag, value, number);
                }
                None if line.trim().is_empty() => {
                    // With a type before each record, blank lines may stand within one.
                    is_parted = self.style == Style::Refer && block.is_begun;
                    let blank_ends = matches!(self.style, Style::Medline | Style::Refer);
                    if blank_ends && !is_parted && !block.is_empty() {
                        block.is_ended = true;
                        return Ok(true);
                    }
                }
                // Text between records belongs to none.
                None => block.go_on(line.trim()),
            }
        }
    }
}

fn begins(style: Style, tag: &str) -> bool {
    match style {
        Style::Ris => tag == "TY",
        Style::Medline => tag == "PMID",
        Style::WebOfScience => tag == "PT",
        Style::Refer => tag == "0",
    }
}

fn ends(style: Style, tag: &str) -> bool {
    matches!(style, Style::Ris | Style::WebOfScience) && tag == "ER"
}

/// Tag and value of a line; `None` for one that goes on or is no line of the format. An empty tag
/// is a line that says nothing of a record.
fn split(style: Style, line: &str) -> Option<(&str, &str)> {
    let bytes = line.as_bytes();
    match style {
        Style::Ris => {
            let line = line.trim_start_matches(['\u{feff}', ' ']);
            // Cochrane's exports have one tag of three letters.
            if let Some(value) = line.strip_prefix("DOI - ") {
                return Some(("DO", value.trim_start()));
            }
            // The end of a file of Web of Science.
            if line.trim_end() == "EF  -" {
                return Some(("", ""));
            }
            let bytes = line.as_bytes();
            let tag = bytes.get(..2)?;
            if !tag[0].is_ascii_uppercase()
                || !(tag[1].is_ascii_uppercase() || tag[1].is_ascii_digit())
            {
                return None;
            }
            let rest = line.get(2..)?;
            let after = rest.trim_start_matches(' ');
            // At least one blank stands before the hyphen: `AB-initio` is text.
            let spaced = after.len() < rest.len() || after == "-";
            let value = after.strip_prefix('-').filter(|_| spaced)?;
            (value.is_empty() || value.starts_with(' ')).then(|| (&line[..2], value.trim_start()))
        }
        Style::Medline => {
            let (tag, value) = line.get(..4).zip(line.get(4..))?;
            let value = value.strip_prefix('-')?;
            let name = tag.trim_end();
            let is_tag = !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
            is_tag.then(|| (name, value.trim_start()))
        }
        Style::WebOfScience => {
            let tag = line.get(..2)?;
            let is_tag = bytes[0].is_ascii_uppercase()
                && (bytes[1].is_ascii_uppercase() || bytes[1].is_ascii_digit());
            let value = line.get(2..)?;
            if !is_tag || !(value.is_empty() || value.starts_with(' ')) {
                return None;
            }
            if matches!(tag, "FN" | "VR" | "EF") {
                return Some(("", ""));
            }
            Some((tag, value.trim_start()))
        }
        Style::Refer => {
            let rest = line.strip_prefix('%')?;
            let mut chars = rest.char_indices();
            let (_, tag) = chars.next()?;
            let end = chars.next().map_or(rest.len(), |(at, _)| at);
            let value = &rest[end..];
            let is_tag = !tag.is_whitespace() && (value.is_empty() || value.starts_with(' '));
            is_tag.then(|| (&rest[..end], value.trim()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(style: Style, text: &str) -> Vec<Vec<String>> {
        let mut blocks = Blocks::new(text.as_bytes(), style);
        let (mut block, mut out) = (Block::default(), Vec::new());
        while blocks.read(&mut block).unwrap() {
            out.push(
                block.parts().map(|(tag, value, line)| format!("{line}{tag}={value}")).collect(),
            );
        }
        out
    }

    #[test]
    fn records_of_ris_end_with_er_or_where_the_next_begins() {
        let text =
            "1.\nTY  - JOUR\nTI  - A\n  more\nER  - \n\n\nTY - BOOK\nTY  - GEN\nAB-initio\nER  -";
        assert_eq!(
            blocks(Style::Ris, text),
            [vec!["2TY=JOUR", "3TI=A\nmore"], vec!["8TY=BOOK"], vec!["9TY=GEN\nAB-initio"]]
        );
    }

    #[test]
    fn the_other_styles() {
        assert_eq!(
            blocks(Style::Medline, "\nPMID- 1\nTI  - A\n      b\n\nPMID- 2\n"),
            [vec!["2PMID=1", "3TI=A\nb"], vec!["6PMID=2"]]
        );
        assert_eq!(
            blocks(Style::WebOfScience, "FN X\nVR 1.0\nPT J\nAU A, B\n   C, D\nER\n\nEF"),
            [vec!["3PT=J", "4AU=A, B\nC, D"]]
        );
        assert_eq!(
            blocks(Style::Refer, "%0 Book\n%A A, B\n%X t\nu\n\n%0 Thesis"),
            [vec!["10=Book", "2A=A, B", "3X=t\nu"], vec!["60=Thesis"]]
        );
    }

    #[test]
    fn a_record_without_end_is_cut() {
        let text = format!("TY  - JOUR\n{}", "AB  - x\n".repeat(4 << 20));
        let mut blocks = Blocks::new(text.as_bytes(), Style::Ris);
        let mut block = Block::default();
        assert!(blocks.read(&mut block).unwrap());
        assert!(block.is_cut && block.text.len() <= MAX_RECORD);
    }
}
