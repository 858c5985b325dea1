//! Pieces of TeX as the rich text of CSL-JSON.

use crate::text::rich_text::{Face, Height};
use crate::text::tex_markup::{self, Piece};

/// What `tex` says, with CSL-JSON's markup. Letters that braces protect are marked `nocase` where
/// `protect` says so.
pub(super) fn from_tex(tex: &str, protect: bool) -> String {
    write(&tex_markup::read(tex), protect)
}

/// The markup of pieces that are read already.
pub(super) fn write(pieces: &[Piece], protect: bool) -> String {
    let mut out = String::new();
    for piece in pieces {
        let kept = protect && piece.kept && piece.text.chars().any(char::is_alphabetic);
        let tags = tags(piece.face, kept);
        for (open, _) in &tags {
            out.push_str(open);
        }
        out.push_str(&piece.text);
        for (_, close) in tags.iter().rev() {
            out.push_str(close);
        }
    }
    out
}

fn tags(face: Face, kept: bool) -> Vec<(&'static str, &'static str)> {
    let mut tags = Vec::new();
    if kept {
        tags.push(("<span class=\"nocase\">", "</span>"));
    }
    if face.italic {
        tags.push(("<i>", "</i>"));
    }
    if face.bold {
        tags.push(("<b>", "</b>"));
    }
    if face.small_caps {
        tags.push(("<span style=\"font-variant:small-caps;\">", "</span>"));
    }
    match face.height {
        Height::Line => {}
        Height::Super => tags.push(("<sup>", "</sup>")),
        Height::Sub => tags.push(("<sub>", "</sub>")),
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_and_protection_become_markup() {
        assert_eq!(
            from_tex("H$_2$O in \\emph{care} of {WHO}", true),
            "H<sub>2</sub>O in <i>care</i> of <span class=\"nocase\">WHO</span>"
        );
        assert_eq!(from_tex("The {WHO}", false), "The WHO");
    }
}
