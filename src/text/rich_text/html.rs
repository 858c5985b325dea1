//! Rich text as HTML: semantic elements, everything escaped, links only to `http` and `https`.

use super::Display;
use super::Face;
use super::Height;
use super::RichText;
use super::Run;

/// HTML of the text, without an element around it. Blocks become `<div class="csl-…">` with the
/// class names that stylesheets for CSL know; characters that mean something in HTML are escaped;
/// a link that is not `http:` or `https:` is left out and its text kept.
pub fn write(text: &RichText) -> String {
    let mut out = String::new();
    for block in &text.blocks {
        let class = match block.display {
            Display::Inline => None,
            Display::Block => Some("csl-block"),
            Display::LeftMargin => Some("csl-left-margin"),
            Display::RightInline => Some("csl-right-inline"),
            Display::Indent => Some("csl-indent"),
        };
        if let Some(class) = class {
            out.push_str("<div class=\"");
            out.push_str(class);
            out.push_str("\">");
        }
        write_runs(&block.runs, &mut out);
        if class.is_some() {
            out.push_str("</div>");
        }
    }
    out
}

/// Runs one after the other; an element stays open as long as the runs share it.
fn write_runs(runs: &[Run], out: &mut String) {
    let mut open: Vec<Element> = Vec::new();
    for run in runs {
        let wanted = elements(run);
        let same = open.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
        while open.len() > same {
            if let Some(element) = open.pop() {
                element.close(out);
            }
        }
        for element in wanted.into_iter().skip(same) {
            element.open(out);
            open.push(element);
        }
        escape(&run.text, out);
    }
    while let Some(element) = open.pop() {
        element.close(out);
    }
}

#[derive(Clone, PartialEq, Eq)]
enum Element {
    Link(String),
    Italic,
    Bold,
    Underline,
    SmallCaps,
    Super,
    Sub,
}

impl Element {
    fn open(&self, out: &mut String) {
        match self {
            Element::Link(address) => {
                out.push_str("<a href=\"");
                escape(address, out);
                out.push_str("\">");
            }
            Element::Italic => out.push_str("<i>"),
            Element::Bold => out.push_str("<b>"),
            Element::Underline => out.push_str("<span style=\"text-decoration:underline\">"),
            Element::SmallCaps => out.push_str("<span style=\"font-variant:small-caps\">"),
            Element::Super => out.push_str("<sup>"),
            Element::Sub => out.push_str("<sub>"),
        }
    }

    fn close(&self, out: &mut String) {
        out.push_str(match self {
            Element::Link(_) => "</a>",
            Element::Italic => "</i>",
            Element::Bold => "</b>",
            Element::Underline | Element::SmallCaps => "</span>",
            Element::Super => "</sup>",
            Element::Sub => "</sub>",
        });
    }
}

fn elements(run: &Run) -> Vec<Element> {
    let Face { italic, bold, small_caps, underline, height } = run.face;
    let mut list = Vec::new();
    if let Some(link) = run.link.as_ref().filter(|link| is_web(link)) {
        list.push(Element::Link(link.clone()));
    }
    if italic {
        list.push(Element::Italic);
    }
    if bold {
        list.push(Element::Bold);
    }
    if underline {
        list.push(Element::Underline);
    }
    if small_caps {
        list.push(Element::SmallCaps);
    }
    match height {
        Height::Line => {}
        Height::Super => list.push(Element::Super),
        Height::Sub => list.push(Element::Sub),
    }
    list
}

/// Whether an address may be put where a reader can click on it.
pub fn is_web(address: &str) -> bool {
    let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://")
}

/// Appends text with `&`, `<`, `>`, `"` and `'` escaped: safe as content and within a quoted
/// attribute.
pub fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_only_text() {
        assert_eq!(RichText::plain("<script>").to_html(), "&lt;script&gt;");
    }

    #[test]
    fn a_javascript_address_is_not_a_link() {
        let mut rich = RichText::default();
        rich.push("here", Face::default(), Some("javascript:alert(1)"));
        assert_eq!(rich.to_html(), "here");
    }

    #[test]
    fn elements_stay_open_as_long_as_they_are_shared() {
        let italic = Face { italic: true, ..Face::default() };
        let mut rich = RichText::default();
        rich.push("a", italic, None);
        rich.push("b", Face { bold: true, ..italic }, None);
        rich.push("c", Face::default(), Some("https://x.no/?a&b"));
        assert_eq!(rich.to_html(), "<i>a<b>b</b></i><a href=\"https://x.no/?a&amp;b\">c</a>");
    }
}
