//! Rich text of CSL-JSON (`<i>`, `<b>`, `<sup>`, `<sub>`, small capitals, protected letters) and
//! TeX, each as the other.

use super::record::Record;
use crate::text::rich_text::Height;
use crate::text::{escape, tex_markup};

/// The tags that mean something, and the command of TeX for each.
const TAGS: &[(&str, &str, &str)] = &[
    ("<i>", "</i>", "\\emph{"),
    ("<em>", "</em>", "\\emph{"),
    ("<b>", "</b>", "\\textbf{"),
    ("<strong>", "</strong>", "\\textbf{"),
    ("<sup>", "</sup>", "\\textsuperscript{"),
    ("<sub>", "</sub>", "\\textsubscript{"),
    ("<sc>", "</sc>", "\\textsc{"),
    ("<span style=\"font-variant:small-caps;\">", "</span>", "\\textsc{"),
    ("<span style=\"font-variant: small-caps;\">", "</span>", "\\textsc{"),
    ("<span class=\"nocase\">", "</span>", "{"),
];

/// The text with its tags taken away.
pub(super) fn plain(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut out = text.to_owned();
    for (open, close, _) in TAGS {
        if out.contains(open) {
            out = out.replace(open, "").replace(close, "");
        }
    }
    out
}

/// The text as TeX; `None` where it has no tags, or their pairs are wrong.
pub(super) fn to_tex(text: &str) -> Option<String> {
    if !text.contains('<') {
        return None;
    }
    let (mut out, mut rest, mut open) = (String::new(), text, Vec::new());
    let mut any = false;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        out.push_str(&kept_blanks(before));
        if let Some((tag, close, command)) = TAGS.iter().find(|(tag, _, _)| from.starts_with(tag)) {
            out.push_str(command);
            open.push(*close);
            any = true;
            rest = &from[tag.len()..];
        } else if let Some(close) = open.last().filter(|close| from.starts_with(**close)) {
            out.push('}');
            rest = &from[close.len()..];
            open.pop();
        } else {
            out.push('<');
            rest = &from[1..];
        }
    }
    out.push_str(&kept_blanks(rest));
    (any && open.is_empty()).then_some(out)
}

/// TeX of a piece of text, with the blanks at its ends.
fn kept_blanks(text: &str) -> String {
    let tex = escape::tex(text);
    let lead = if text.starts_with(' ') { " " } else { "" };
    let tail = if text.ends_with(' ') && !tex.is_empty() { " " } else { "" };
    format!("{lead}{tex}{tail}")
}

/// TeX as rich text.
pub(super) fn from_tex(tex: &str) -> String {
    let mut out = String::new();
    for piece in tex_markup::read(tex) {
        let mut tags: Vec<(&str, &str)> = Vec::new();
        if piece.kept && piece.text.chars().any(char::is_alphabetic) {
            tags.push(("<span class=\"nocase\">", "</span>"));
        }
        for (is, open, close) in [
            (piece.face.italic, "<i>", "</i>"),
            (piece.face.bold, "<b>", "</b>"),
            (piece.face.small_caps, "<span style=\"font-variant:small-caps;\">", "</span>"),
            (piece.face.height == Height::Super, "<sup>", "</sup>"),
            (piece.face.height == Height::Sub, "<sub>", "</sub>"),
        ] {
            if is {
                tags.push((open, close));
            }
        }
        tags.iter().for_each(|(open, _)| out.push_str(open));
        out.push_str(&escape(&piece.text));
        tags.iter().rev().for_each(|(_, close)| out.push_str(close));
    }
    out
}

/// Text in which nothing is a tag: CSL-JSON has no escape, so a tag in it is broken by a blank.
pub(super) fn escape(text: &str) -> String {
    let mut out = text.to_owned();
    for (open, _, _) in TAGS {
        if out.contains(open) {
            out = out.replace(open, &open.replacen('<', "< ", 1));
        }
    }
    out
}

/// A title with its subtitle as rich text.
pub(super) fn whole(record: &Record, name: &str) -> String {
    let one = |name: &str| {
        record.field(name).map(|field| match &field.tex {
            Some(tex) => from_tex(tex),
            None => escape(&field.value.text()),
        })
    };
    let title = one(name).unwrap_or_default();
    let sub = name.strip_suffix("title").and_then(|of| one(&format!("{of}subtitle")));
    match sub {
        Some(sub) if title.ends_with(['?', '!', '.', ':']) => format!("{title} {sub}"),
        Some(sub) if !title.is_empty() => format!("{title}: {sub}"),
        Some(sub) => sub,
        None => title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_there_and_back() {
        let rich = "H<sub>2</sub>O &amp; <i>care</i> of <span class=\"nocase\">WHO</span>";
        let tex = to_tex(rich).unwrap();
        assert_eq!(tex, r"H\textsubscript{2}O \&amp; \emph{care} of {WHO}");
        assert_eq!(from_tex(&tex), rich);
        assert_eq!(plain(rich), "H2O &amp; care of WHO");
        assert_eq!(to_tex("a < b <i>c"), None);
    }
}
