//! A finished reference as HTML, its title a link to the work's own page and marked with the
//! language it is in.

use crate::text::rich_text::html::escape;
use crate::text::rich_text::{Block, Display, RichText, Run};

/// `reference` as HTML in one paragraph. Labels in the margin are left out: a number says nothing
/// where the reference stands alone. Where `title` is found in it, it is marked as `tongue` and, with
/// `href`, becomes a link; the answer says whether it was found.
pub fn html(
    reference: &RichText,
    title: &str,
    tongue: Option<&str>,
    href: Option<&str>,
) -> (String, bool) {
    let mut out = String::new();
    let mut found = false;
    let blocks = reference.blocks.iter().filter(|it| it.display != Display::LeftMargin);
    for (at, block) in blocks.enumerate() {
        if at > 0 {
            out.push(' ');
        }
        let is_sought = !found && (tongue.is_some() || href.is_some());
        match is_sought.then(|| place(&block.runs, title)).flatten() {
            Some((from, to)) => {
                found = true;
                let [before, mut inside, after] = cut(&block.runs, from, to);
                if href.is_some() {
                    inside.iter_mut().for_each(|run| run.link = None);
                }
                out.push_str(&inline(before));
                let element = match (href, tongue) {
                    (Some(_), _) => "a",
                    (None, Some(_)) => "span",
                    (None, None) => "",
                };
                let marked = !element.is_empty();
                if marked {
                    out.push_str(&format!("<{element}"));
                    attribute("href", href, &mut out);
                    attribute("lang", tongue, &mut out);
                    out.push('>');
                }
                out.push_str(&inline(inside));
                if marked {
                    out.push_str(&format!("</{element}>"));
                }
                out.push_str(&inline(after));
            }
            None => out.push_str(&inline(block.runs.clone())),
        }
    }
    // Styles are attributes that the policy of the pages refuses; classes do the same.
    let out = out
        .replace("<span style=\"text-decoration:underline\">", "<span class=\"underline\">")
        .replace("<span style=\"font-variant:small-caps\">", "<span class=\"small-caps\">");
    (out, found)
}

fn attribute(name: &str, value: Option<&str>, out: &mut String) {
    if let Some(value) = value {
        out.push_str(&format!(" {name}=\""));
        escape(value, out);
        out.push('"');
    }
}

fn inline(runs: Vec<Run>) -> String {
    RichText { blocks: vec![Block { display: Display::Inline, runs }] }.to_html()
}

/// Where in the text of `runs` the title stands, in bytes: letters and digits are compared, case
/// and the signs between them not.
fn place(runs: &[Run], title: &str) -> Option<(usize, usize)> {
    let wanted: Vec<char> =
        title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if wanted.is_empty() {
        return None;
    }
    let length: usize = runs.iter().map(|run| run.text.len()).sum();
    let mut letters: Vec<(char, usize, usize)> = Vec::with_capacity(length);
    let mut base = 0;
    for run in runs {
        for (at, c) in run.text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            let span = (base + at, base + at + c.len_utf8());
            letters.extend(c.to_lowercase().map(|low| (low, span.0, span.1)));
        }
        base += run.text.len();
    }
    let at = letters
        .windows(wanted.len())
        .position(|window| window.iter().map(|it| it.0).eq(wanted.iter().copied()))?;
    let mut to = letters[at + wanted.len() - 1].2;
    let mut from = letters[at].1;
    // Quotation marks and the like that belong to the title go with it.
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    if title.ends_with(['?', '!']) && text[to..].starts_with(['?', '!']) {
        to += 1;
    }
    // A style may write quotation marks in the title otherwise than the entry does.
    let quotes = ['"', '\'', '“', '”', '„', '‘', '’', '«', '»', '‹', '›', '[', '('];
    if title.starts_with(|c: char| !c.is_alphanumeric())
        && let Some(open) = text[..from].chars().next_back().filter(|c| quotes.contains(c))
    {
        from -= open.len_utf8();
    }
    Some((from, to))
}

fn cut(runs: &[Run], from: usize, to: usize) -> [Vec<Run>; 3] {
    let mut out = [Vec::new(), Vec::new(), Vec::new()];
    let mut base = 0;
    for run in runs {
        let end = base + run.text.len();
        let ranges = [(base, from.min(end)), (from.max(base), to.min(end)), (to.max(base), end)];
        for (part, (start, stop)) in ranges.into_iter().enumerate() {
            if start < stop {
                let text = run.text[start - base..stop - base].to_owned();
                out[part].push(Run { text, ..run.clone() });
            }
        }
        base = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::rich_text::Face;

    #[test]
    fn the_title_is_linked_and_marked_wherever_it_stands() {
        let mut rich = RichText::plain("Berg (2012). ");
        let italic = Face { italic: true, ..Face::default() };
        rich.push("Self-help in <Norway>: A review", italic, None);
        rich.push(". https://x.no", Face::default(), None);
        let (html, found) =
            html(&rich, "Self-Help in {Norway>. A Review", Some("en"), Some("entry/b.html"));
        assert!(found);
        assert_eq!(
            html,
            "Berg (2012). <a href=\"entry/b.html\" lang=\"en\"><i>Self-help in &lt;Norway&gt;: A \
             review</i></a>. https://x.no"
        );
    }

    #[test]
    fn numbers_in_the_margin_are_left_out() {
        let mut rich = RichText::default();
        rich.begin(Display::LeftMargin);
        rich.push("1.", Face::default(), None);
        rich.begin(Display::RightInline);
        rich.push("Berg. T.", Face::default(), None);
        assert_eq!(html(&rich, "?", None, None), ("Berg. T.".to_owned(), false));
    }
}
