//! From the tree of parts to one string in which decorations are single characters that no text
//! has: Unicode sets them aside for programs (noncharacters), and values lose them on the way in.

mod write;

use super::blob::Blob;
use super::blob::Content;
use super::blob::Decoration;
use crate::cite::locale::Locale;
pub(in crate::cite) use write::reference_html;
pub(in crate::cite) use write::rich;

const FIRST: u32 = 0xFDD0;
/// Ends the innermost decoration.
const CLOSE: char = '\u{FDEF}';
/// Begins a link; its address follows, then [`ADDRESS_END`].
const LINK: char = '\u{FDEE}';
const ADDRESS_END: char = '\u{FDED}';

const ORDER: [Decoration; 17] = [
    Decoration::Italic,
    Decoration::Oblique,
    Decoration::Upright,
    Decoration::SmallCaps,
    Decoration::NoSmallCaps,
    Decoration::Bold,
    Decoration::Light,
    Decoration::NotBold,
    Decoration::Underline,
    Decoration::NoUnderline,
    Decoration::Sup,
    Decoration::Sub,
    Decoration::Baseline,
    Decoration::Block,
    Decoration::LeftMargin,
    Decoration::RightInline,
    Decoration::Indent,
];

fn mark(decoration: Decoration) -> Option<char> {
    let at = ORDER.iter().position(|known| *known == decoration)?;
    char::from_u32(FIRST + at as u32)
}

fn decoration(mark: char) -> Option<Decoration> {
    let at = (mark as u32).checked_sub(FIRST)?;
    ORDER.get(at as usize).copied()
}

/// Whether it is a character that values may not hold.
pub(in crate::cite) fn is_reserved(c: char) -> bool {
    ('\u{FDD0}'..='\u{FDEF}').contains(&c)
}

/// The decorations that count as being around a part's own: for parts in a row those of the last
/// one too, as the reference implementation has it.
fn around<'s>(
    blob: &Blob,
    stack: &'s [Decoration],
    seen: &'s mut Vec<Decoration>,
) -> &'s [Decoration] {
    let normal = blob.decorations.iter().any(|it| it.is_normal());
    match blob.parts().last() {
        Some(last) if normal && !last.decorations.is_empty() => {
            seen.clear();
            seen.extend(stack);
            seen.extend(&last.decorations);
            seen
        }
        _ => stack,
    }
}

/// What writing needs to know.
pub(in crate::cite) struct Flattener<'a> {
    pub(in crate::cite) locale: &'a Locale,
    /// Whether fonts and quotation marks are left out, for comparing citations.
    pub(in crate::cite) bare: bool,
    /// Decorations of the layout, within which the tree stands.
    pub(in crate::cite) around: &'a [Decoration],
    /// Whether addresses become links.
    pub(in crate::cite) links: bool,
}

impl Flattener<'_> {
    /// The parts one after the other.
    pub(in crate::cite) fn all(&self, blobs: &[Blob]) -> String {
        let mut out = String::new();
        let mut stack = self.around.to_vec();
        for blob in blobs {
            self.one(blob, &mut out, &mut stack);
        }
        out
    }

    /// Appends one part; nothing where it is empty.
    pub(in crate::cite) fn one(&self, blob: &Blob, out: &mut String, stack: &mut Vec<Decoration>) {
        if blob.is_empty() {
            return;
        }
        let start = out.len();
        let depth = stack.len();
        let mut seen = Vec::new();
        if !blob.is_wrapper {
            stack.extend(&blob.decorations);
        }
        let display = blob.decorations.iter().find_map(|it| {
            matches!(it.aspect(), super::blob::Aspect::Display).then(|| mark(*it)).flatten()
        });
        if let Some(display) = display {
            out.push(display);
        }
        let link = blob.link.as_ref().filter(|_| self.links);
        let before =
            link.and_then(|_| blob.prefix.find("https://doi.org/")).unwrap_or(blob.prefix.len());
        out.push_str(&blob.prefix[..before]);
        if let Some(link) = link {
            out.push(LINK);
            out.push_str(link);
            out.push(ADDRESS_END);
            out.push_str(&blob.prefix[before..]);
        }
        for decoration in blob.decorations.iter().rev() {
            self.open(*decoration, out, around(blob, &stack[..depth], &mut seen));
        }
        let content = out.len();
        match &blob.content {
            Content::Text(text) => out.push_str(text),
            Content::Number(number) => out.push_str(&number.written(self.locale)),
            Content::List(parts) => {
                for part in parts {
                    let before = out.len();
                    let is_glued =
                        matches!(&part.content, Content::Number(number) if number.no_delimiter);
                    if before > content && !is_glued {
                        out.push_str(&blob.delimiter);
                    }
                    let delimited = out.len();
                    self.one(part, out, stack);
                    if out.len() == delimited {
                        out.truncate(before);
                    }
                }
            }
        }
        if out.len() == content {
            out.truncate(start);
            stack.truncate(depth);
            return;
        }
        for decoration in &blob.decorations {
            self.close(*decoration, out, around(blob, &stack[..depth], &mut seen));
        }
        if link.is_some() {
            out.push(CLOSE);
        }
        out.push_str(&blob.suffix);
        if display.is_some() {
            out.push(CLOSE);
        }
        stack.truncate(depth);
    }

    /// Whether the decoration is written at all: taking back needs something to take back.
    fn shows(&self, decoration: Decoration, around: &[Decoration]) -> bool {
        if self.bare || decoration.aspect() == super::blob::Aspect::Display {
            return false;
        }
        !decoration.is_normal()
            || around.iter().any(|it| it.aspect() == decoration.aspect() && !it.is_normal())
    }

    /// Begins a decoration.
    pub(in crate::cite) fn open(
        &self,
        decoration: Decoration,
        out: &mut String,
        around: &[Decoration],
    ) {
        if self.shows(decoration, around) {
            match decoration {
                Decoration::Quotes => out.push_str(self.locale.quotes(false).0),
                Decoration::InnerQuotes => out.push_str(self.locale.quotes(true).0),
                Decoration::NoQuotes => {}
                other => out.extend(mark(other)),
            }
        }
    }

    /// Ends a decoration.
    pub(in crate::cite) fn close(
        &self,
        decoration: Decoration,
        out: &mut String,
        around: &[Decoration],
    ) {
        if self.shows(decoration, around) {
            match decoration {
                Decoration::Quotes => out.push_str(self.locale.quotes(false).1),
                Decoration::InnerQuotes => out.push_str(self.locale.quotes(true).1),
                Decoration::NoQuotes => {}
                _ => out.push(CLOSE),
            }
        }
    }
}
