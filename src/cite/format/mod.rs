//! Reference lists as documents: each format is a file here.

mod coins;
mod docx;
mod html;
mod json_lines;
mod latex;
mod line;
mod markdown;
mod odt;
mod rtf;
mod text;
mod typst;
mod xml;

pub use coins::coins;
pub use markdown::escape as escape_markdown;

use crate::text::rich_text::RichText;

/// A reference list that is formatted already, with what a document must know to set it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReferenceList {
    /// The heading above all; empty for none.
    pub heading: String,
    /// The parts of the list: one without a heading where it is not grouped.
    pub sections: Vec<Section>,
    /// The tag of its language, such as `nb-NO`.
    pub language: String,
    /// How the style sets it.
    pub layout: Layout,
}

/// A part of the list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    /// The heading above it; empty for none.
    pub heading: String,
    /// Its references in order.
    pub references: Vec<Reference>,
}

/// One reference.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reference {
    /// The citation key.
    pub id: String,
    /// The reference.
    pub text: RichText,
    /// The tag of the language of the work; empty where it is not known.
    pub language: String,
    /// What COinS say of it (see [`coins`]); empty for none.
    pub coins: String,
}

/// How a style sets its list (CSL 1.0.2, "Bibliography-specific options").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Whether all lines but the first are indented.
    pub hanging_indent: bool,
    /// The distance between two references, in empty lines.
    pub entry_spacing: u8,
    /// The distance between two lines, in lines: 1 is single.
    pub line_spacing: u8,
}

impl Default for Layout {
    fn default() -> Self {
        Self { hanging_indent: true, entry_spacing: 1, line_spacing: 1 }
    }
}

/// A format for reference lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text without any look, a reference a line.
    Text,
    /// Markdown (CommonMark).
    Markdown,
    /// HTML.
    Html,
    /// Rich Text Format.
    Rtf,
    /// Office Open XML, for Word.
    Docx,
    /// OpenDocument text, for LibreOffice.
    Odt,
    /// LaTeX.
    Latex,
    /// Typst.
    Typst,
    /// One JSON object a line: `{"id","text","html"}`.
    JsonLines,
}

impl Format {
    /// Every format, with the name it has on the command line.
    pub const ALL: [(&'static str, Format); 9] = [
        ("text", Format::Text),
        ("md", Format::Markdown),
        ("html", Format::Html),
        ("rtf", Format::Rtf),
        ("docx", Format::Docx),
        ("odt", Format::Odt),
        ("latex", Format::Latex),
        ("typst", Format::Typst),
        ("jsonl", Format::JsonLines),
    ];

    /// The format that a file's name asks for by its ending.
    pub fn from_extension(extension: &str) -> Option<Format> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "txt" => Format::Text,
            "md" | "markdown" => Format::Markdown,
            "html" | "htm" => Format::Html,
            "rtf" => Format::Rtf,
            "docx" => Format::Docx,
            "odt" => Format::Odt,
            "tex" | "latex" => Format::Latex,
            "typ" => Format::Typst,
            "jsonl" | "ndjson" => Format::JsonLines,
            _ => return None,
        })
    }

    /// Whether what it writes is no text that a terminal could show.
    pub fn is_binary(self) -> bool {
        matches!(self, Format::Docx | Format::Odt)
    }
}

/// The list in a format, as UTF-8 or as the bytes of a document. `whole`: HTML, LaTeX and Typst as
/// a document that stands alone; the others do not differ.
pub fn write(list: &ReferenceList, format: Format, whole: bool) -> Vec<u8> {
    match format {
        Format::Text => text::write(list).into_bytes(),
        Format::Markdown => markdown::write(list).into_bytes(),
        Format::Html => html::write(list, whole).into_bytes(),
        Format::Rtf => rtf::write(list).into_bytes(),
        Format::Docx => docx::write(list),
        Format::Odt => odt::write(list),
        Format::Latex => latex::write(list, whole).into_bytes(),
        Format::Typst => typst::write(list, whole).into_bytes(),
        Format::JsonLines => json_lines::write(list).into_bytes(),
    }
}

#[cfg(test)]
mod tests;
