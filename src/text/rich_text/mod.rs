//! Text with a look: what a formatted reference is made of, before a format writes it down.
//!
//! A [`RichText`] is a list of [`Block`]s (CSL's `display`), a block is a list of [`Run`]s, and a run
//! is characters with one [`Face`] and perhaps a link. Faces are resolved: italics within italics
//! have become upright already, quotation marks are characters. A writer therefore needs no stack.

pub mod html;
pub mod plain;

/// Where a block of a reference stands on the page (CSL 1.0.2, "Display").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Display {
    /// In the line; what a reference without `display` is.
    #[default]
    Inline,
    /// A paragraph of its own.
    Block,
    /// In the left margin: the number of a numbered list, or its label.
    LeftMargin,
    /// The text to the right of [`Display::LeftMargin`].
    RightInline,
    /// A paragraph of its own, indented.
    Indent,
}

/// Whether characters stand on the line, above it or below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Height {
    /// On the line.
    #[default]
    Line,
    /// Raised: `<sup>`.
    Super,
    /// Lowered: `<sub>`.
    Sub,
}

/// How characters look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Face {
    /// Italic or oblique.
    pub italic: bool,
    /// Bold.
    pub bold: bool,
    /// Small capitals.
    pub small_caps: bool,
    /// Underlined.
    pub underline: bool,
    /// On, above or below the line.
    pub height: Height,
}

impl Face {
    /// Whether the characters look as all others do.
    pub fn is_plain(&self) -> bool {
        *self == Face::default()
    }
}

/// Characters that share a look and a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The characters, never escaped.
    pub text: String,
    /// Their look.
    pub face: Face,
    /// Where they lead: an `http:` or `https:` address. `None` is the usual case.
    pub link: Option<String>,
}

/// Runs that share a place on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// The place.
    pub display: Display,
    /// The runs in order; neighbours differ in look or link.
    pub runs: Vec<Run>,
}

/// Text with a look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RichText {
    /// The blocks in order. A plain reference has one, [`Display::Inline`]; an empty text has none.
    pub blocks: Vec<Block>,
}

impl RichText {
    /// Text without any look.
    pub fn plain(text: &str) -> RichText {
        let mut rich = RichText::default();
        rich.push(text, Face::default(), None);
        rich
    }

    /// Puts characters at the end, joined with the last run where face and link are the same.
    pub fn push(&mut self, text: &str, face: Face, link: Option<&str>) {
        if text.is_empty() {
            return;
        }
        if self.blocks.is_empty() {
            self.blocks.push(Block::default());
        }
        let Some(block) = self.blocks.last_mut() else { return };
        match block.runs.last_mut() {
            Some(last) if last.face == face && last.link.as_deref() == link => {
                last.text.push_str(text);
            }
            _ => block.runs.push(Run { text: text.into(), face, link: link.map(str::to_owned) }),
        }
    }

    /// Begins a new block, so that what is pushed next stands there.
    pub fn begin(&mut self, display: Display) {
        match self.blocks.last_mut() {
            Some(last) if last.runs.is_empty() => last.display = display,
            Some(last) if last.display == display && display == Display::Inline => {}
            _ => self.blocks.push(Block { display, runs: Vec::new() }),
        }
    }

    /// All runs in order, across blocks.
    pub fn runs(&self) -> impl Iterator<Item = &Run> {
        self.blocks.iter().flat_map(|block| block.runs.iter())
    }

    /// Whether there is no character in it.
    pub fn is_empty(&self) -> bool {
        self.runs().all(|run| run.text.is_empty())
    }

    /// The characters alone, blocks separated by a space where there is none.
    /// See [`plain::write`].
    pub fn to_plain(&self) -> String {
        plain::write(self)
    }

    /// HTML with everything escaped. See [`html::write`].
    pub fn to_html(&self) -> String {
        html::write(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_with_the_same_look_become_one_run() {
        let mut rich = RichText::plain("a");
        rich.push("b", Face::default(), None);
        rich.push("c", Face { italic: true, ..Face::default() }, None);
        assert_eq!(rich.runs().map(|run| run.text.as_str()).collect::<Vec<_>>(), ["ab", "c"]);
    }

    #[test]
    fn an_empty_text_has_no_blocks() {
        assert!(RichText::plain("").blocks.is_empty());
        assert!(RichText::plain("").is_empty());
    }
}
