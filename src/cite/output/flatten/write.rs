//! The string with decorations as HTML in the manner of the reference implementation, and as
//! [`RichText`].

use super::ADDRESS_END;
use super::CLOSE;
use super::LINK;
use super::decoration;
use crate::cite::output::blob::Decoration;
use crate::text::rich_text::Display;
use crate::text::rich_text::Face;
use crate::text::rich_text::Height;
use crate::text::rich_text::RichText;

/// Rich text; decorations within decorations are resolved.
pub(in crate::cite) fn rich(text: &str) -> RichText {
    let mut out = RichText::default();
    // What to go back to at the end of each decoration.
    let mut stack: Vec<(Face, Option<String>, bool)> = Vec::new();
    let (mut face, mut link) = (Face::default(), None::<String>);
    let mut run = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let decoration = decoration(c);
        if decoration.is_none() && c != CLOSE && c != LINK {
            run.push(c);
            continue;
        }
        push(&mut out, &std::mem::take(&mut run), face, link.as_deref());
        if c == CLOSE {
            if let Some((old_face, old_link, is_block)) = stack.pop() {
                (face, link) = (old_face, old_link);
                if is_block {
                    out.begin(Display::Inline);
                }
            }
            continue;
        }
        let block = match decoration {
            Some(Decoration::Block) => Some(Display::Block),
            Some(Decoration::LeftMargin) => Some(Display::LeftMargin),
            Some(Decoration::RightInline) => Some(Display::RightInline),
            Some(Decoration::Indent) => Some(Display::Indent),
            _ => None,
        };
        stack.push((face, link.clone(), block.is_some()));
        if let Some(block) = block {
            out.begin(block);
        }
        if c == LINK {
            link = Some(chars.by_ref().take_while(|c| *c != ADDRESS_END).collect());
        }
        match decoration {
            Some(Decoration::Italic | Decoration::Oblique) => face.italic = true,
            Some(Decoration::Upright) => face.italic = false,
            Some(Decoration::SmallCaps) => face.small_caps = true,
            Some(Decoration::NoSmallCaps) => face.small_caps = false,
            Some(Decoration::Bold) => face.bold = true,
            Some(Decoration::NotBold) => face.bold = false,
            Some(Decoration::Underline) => face.underline = true,
            Some(Decoration::NoUnderline) => face.underline = false,
            Some(Decoration::Sup) => face.height = Height::Super,
            Some(Decoration::Sub) => face.height = Height::Sub,
            Some(Decoration::Baseline) => face.height = Height::Line,
            _ => {}
        }
    }
    push(&mut out, &run, face, link.as_deref());
    out.blocks.retain(|block| !block.runs.is_empty());
    out
}

/// Puts characters at the end. Punctuation that the style put behind an address is no part of the
/// link.
fn push(out: &mut RichText, text: &str, face: Face, link: Option<&str>) {
    let bare = text.trim_end_matches(['.', ',', ';', ':']);
    match link {
        Some(address) if !bare.is_empty() && address.ends_with(bare) => {
            out.push(bare, face, link);
            out.push(&text[bare.len()..], face, None);
        }
        _ => out.push(text, face, link),
    }
}

/// HTML as citeproc-js writes it, element for element.
pub(in crate::cite) fn reference_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut stack: Vec<&str> = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            CLOSE => out.push_str(stack.pop().unwrap_or_default()),
            LINK => {
                chars.by_ref().take_while(|c| *c != ADDRESS_END).for_each(drop);
                stack.push("");
            }
            '&' => out.push_str("&#38;"),
            '<' => out.push_str("&#60;"),
            '>' => out.push_str("&#62;"),
            ' ' if chars.peek() == Some(&' ') => {
                chars.next();
                out.push_str("\u{a0} ");
            }
            _ => match decoration(c) {
                Some(decoration) => {
                    let (open, close) = element(decoration);
                    out.push_str(open);
                    stack.push(close);
                }
                None => match superscript(c) {
                    Some(letters) => {
                        out.push_str("<sup>");
                        out.push_str(letters);
                        out.push_str("</sup>");
                    }
                    None => out.push(c),
                },
            },
        }
    }
    out
}

fn element(decoration: Decoration) -> (&'static str, &'static str) {
    match decoration {
        Decoration::Italic => ("<i>", "</i>"),
        Decoration::Oblique => ("<em>", "</em>"),
        Decoration::Upright => ("<span style=\"font-style:normal;\">", "</span>"),
        Decoration::SmallCaps => ("<span style=\"font-variant:small-caps;\">", "</span>"),
        Decoration::NoSmallCaps => ("<span style=\"font-variant:normal;\">", "</span>"),
        Decoration::Bold => ("<b>", "</b>"),
        Decoration::NotBold => ("<span style=\"font-weight:normal;\">", "</span>"),
        Decoration::Underline => ("<span style=\"text-decoration:underline;\">", "</span>"),
        Decoration::NoUnderline => ("<span style=\"text-decoration:none;\">", "</span>"),
        Decoration::Sup => ("<sup>", "</sup>"),
        Decoration::Sub => ("<sub>", "</sub>"),
        Decoration::Baseline => ("<span style=\"baseline\">", "</span>"),
        Decoration::Block => ("\n\n    <div class=\"csl-block\">", "</div>\n"),
        Decoration::LeftMargin => ("\n    <div class=\"csl-left-margin\">", "</div>"),
        Decoration::RightInline => ("<div class=\"csl-right-inline\">", "</div>\n  "),
        Decoration::Indent => ("<div class=\"csl-indent\">", "</div>\n  "),
        Decoration::Light | Decoration::Quotes | Decoration::InnerQuotes | Decoration::NoQuotes => {
            ("", "")
        }
    }
}

/// The letters that a raised character stands for.
fn superscript(c: char) -> Option<&'static str> {
    const TABLE: &str = include_str!("../../../../data/builtin/csl/superscripts.txt");
    if (c as u32) < 0xAA
        || !matches!(c as u32, 0xAA..=0xBA | 0x2B0..=0x2E4 | 0x6E5..=0x6E6 | 0x1D2C..=0x1D61 | 0x2070..=0x207F | 0x2120..=0x2122 | 0x3192..=0x319F)
    {
        return None;
    }
    TABLE.lines().find_map(|line| line.strip_prefix(c)?.strip_prefix('\t'))
}
