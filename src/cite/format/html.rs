//! HTML: escaped, with a list's roles, a stable anchor for each reference and, for a page that
//! stands alone, a small style sheet.

use super::{Layout, ReferenceList};
use crate::text::rich_text::html::escape;

/// The list as HTML; `whole`: as a page.
pub(super) fn write(list: &ReferenceList, whole: bool) -> String {
    let mut out = String::new();
    if whole {
        out.push_str("<!DOCTYPE html>\n<html lang=\"");
        escape(&list.language, &mut out);
        out.push_str("\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.push_str(
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
        );
        escape(&list.heading, &mut out);
        out.push_str("</title>\n<style>\n");
        out.push_str(&style(list.layout));
        out.push_str("</style>\n</head>\n<body>\n<main>\n");
    }
    let levels = if whole { ("h1", "h2") } else { ("h2", "h3") };
    heading(&list.heading, levels.0, &mut out);
    for section in &list.sections {
        heading(&section.heading, levels.1, &mut out);
        out.push_str("<div class=\"csl-bib-body\" role=\"list\">\n");
        for reference in &section.references {
            out.push_str("<div class=\"csl-entry\" role=\"listitem\" id=\"ref-");
            escape(&anchor(&reference.id), &mut out);
            out.push_str("\">");
            out.push_str(&reference.text.to_html());
            if !reference.coins.is_empty() {
                out.push_str("<span class=\"Z3988\" title=\"");
                escape(&reference.coins, &mut out);
                out.push_str("\"></span>");
            }
            out.push_str("</div>\n");
        }
        out.push_str("</div>\n");
    }
    if whole {
        out.push_str("</main>\n</body>\n</html>\n");
    }
    out
}

fn heading(text: &str, element: &str, out: &mut String) {
    if !text.is_empty() {
        out.push_str(&format!("<{element}>"));
        escape(text, out);
        out.push_str(&format!("</{element}>\n"));
    }
}

/// A citation key as the end of an `id`: white space may not stand in one.
fn anchor(key: &str) -> String {
    key.chars().map(|c| if c.is_whitespace() || c.is_control() { '-' } else { c }).collect()
}

fn style(layout: Layout) -> String {
    let hang = if layout.hanging_indent { "padding-left: 2em; text-indent: -2em; " } else { "" };
    let spacing = f32::from(layout.entry_spacing) * 0.75;
    let line = 1.5_f32.max(f32::from(layout.line_spacing));
    format!(
        "body {{ font-family: Georgia, serif; line-height: {line}; margin: 2rem auto; \
         max-width: 44rem; padding: 0 1rem; }}\n\
         .csl-entry {{ {hang}margin-bottom: {spacing}em; overflow-wrap: anywhere; }}\n\
         .csl-left-margin {{ float: left; min-width: 2.5em; padding-right: .5em; \
         text-indent: 0; }}\n\
         .csl-right-inline {{ margin-left: 3em; text-indent: 0; }}\n\
         .csl-indent {{ margin-left: 2em; text-indent: 0; }}\n\
         @media (prefers-color-scheme: dark) {{ body {{ background: #111; color: #eee; }} \
         a {{ color: #8cf; }} }}\n"
    )
}
