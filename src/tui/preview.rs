//! One entry to read: the formatted reference, what it is about, links, and where it came from.

use super::canvas::Canvas;
use super::cells::{fit, width, wrap};
use super::find::{Preview, Row};
use super::paint::Role;
use crate::text::harmless;
use crate::text::rich_text::{Display, RichText};
use ratatui::layout::Rect;
use std::ops::Range;

/// A line of the preview: pieces of text, each with its role.
type Line = Vec<(Role, String)>;

/// Draws `preview` in `area`, from line `top` on; `row` says what the query found in it.
pub fn view(preview: &Preview, row: &Row, top: usize, area: Rect, canvas: &mut Canvas<'_>) {
    if area.width < 3 {
        return;
    }
    let area = Rect { x: area.x + 1, width: area.width - 2, ..area };
    let lines = lines(preview, row, usize::from(area.width), canvas);
    let top = top.min(lines.len().saturating_sub(usize::from(area.height)));
    for (line, y) in lines.iter().skip(top).zip(area.y..area.bottom()) {
        let mut x = area.x;
        for (role, text) in line {
            x = canvas.put(x, y, area.right().saturating_sub(x), *role, text);
        }
    }
}

/// Fields that the reference already shows or that are said elsewhere.
const SHOWN: &[&str] = &["title", "subtitle", "author", "abstract", "crossref", "langid"];

fn lines(preview: &Preview, row: &Row, room: usize, canvas: &Canvas<'_>) -> Vec<Line> {
    let mut lines = rich(&preview.reference, room);
    lines.push(Line::new());
    lines.extend(plain(&preview.head, Role::Faint, room));
    for problem in &preview.problems {
        lines.extend(plain(&format!("! {}", canvas.paint.words(problem)), Role::Warning, room));
    }
    if row.id == preview.id {
        lines.extend(why(row, room, canvas));
    }
    if let Some((_, text, _)) = preview.fields.iter().find(|(name, ..)| name == "abstract") {
        lines.push(Line::new());
        lines.extend(plain(text, Role::Text, room));
    }
    lines.push(Line::new());
    let names = preview.fields.iter().filter(|(name, ..)| !SHOWN.contains(&name.as_str()));
    let wide = names.clone().map(|(name, ..)| width(name)).max().unwrap_or(0).min(14) + 1;
    for (name, value, from) in names {
        field(name, value, from.as_deref(), wide, room, &mut lines);
    }
    lines
}

/// Why the query found the entry: what it is near, and where the words stand.
fn why(row: &Row, room: usize, canvas: &Canvas<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    if row.reasons.is_empty() && row.passages.is_empty() {
        return lines;
    }
    lines.push(Line::new());
    lines.push(vec![(Role::Heading, canvas.paint.plain("tui.why-here").to_owned())]);
    for reason in &row.reasons {
        lines.extend(plain(&format!("← {}", canvas.paint.words(reason)), Role::Text, room));
    }
    for passage in &row.passages {
        let head = format!("{}: ", passage.field);
        let text = format!("{head}{}", passage.text);
        let hits: Vec<_> =
            passage.hits.iter().map(|it| it.start + head.len()..it.end + head.len()).collect();
        for line in wrap(&text, room) {
            lines.push(marked(&text, line, head.len(), &hits));
        }
    }
    lines
}

/// A line of `text` with its hits in their own look; the first `head` bytes name the field.
fn marked(text: &str, line: Range<usize>, head: usize, hits: &[Range<usize>]) -> Line {
    let mut edges: Vec<usize> = vec![line.start, line.end, head];
    edges.extend(hits.iter().flat_map(|it| [it.start, it.end]));
    edges.retain(|at| line.contains(at) || *at == line.end);
    edges.sort_unstable();
    edges.dedup();
    edges
        .windows(2)
        .filter_map(|pair| {
            let (from, to) = (pair[0], pair[1]);
            let role = if hits.iter().any(|it| it.contains(&from)) {
                Role::Hit
            } else if from < head {
                Role::Field
            } else {
                Role::Text
            };
            Some((role, harmless::one_line(text.get(from..to)?).into_owned()))
        })
        .collect()
}

fn field(
    name: &str,
    value: &str,
    from: Option<&str>,
    wide: usize,
    room: usize,
    lines: &mut Vec<Line>,
) {
    let is_link = value.starts_with("http://") || value.starts_with("https://") || name == "doi";
    let role = if is_link { Role::Link } else { Role::Text };
    let value = harmless::one_line(value);
    let inherited = from.map(|from| format!("  ← {from}")).unwrap_or_default();
    let value = format!("{value}{inherited}");
    if room < wide * 3 {
        // Too narrow for two columns: the name on a line of its own.
        lines.push(vec![(Role::Field, name.to_owned())]);
        lines.extend(plain(&value, role, room));
        return;
    }
    let indent = " ".repeat(wide);
    for (at, range) in wrap(&value, room - wide).into_iter().enumerate() {
        let head = if at == 0 { fit(name, wide - 1) + " " } else { indent.clone() };
        lines.push(vec![(Role::Field, head), (role, value[range].to_owned())]);
    }
}

fn plain(text: &str, role: Role, room: usize) -> Vec<Line> {
    let text = harmless::lines(text);
    wrap(&text, room).into_iter().map(|range| vec![(role, text[range].to_owned())]).collect()
}

/// A reference in lines of at most `room` cells, with its italics.
pub fn rich(reference: &RichText, room: usize) -> Vec<Line> {
    let mut text = String::new();
    let mut roles: Vec<(std::ops::Range<usize>, Role)> = Vec::new();
    for (at, block) in reference.blocks.iter().enumerate() {
        if at > 0 {
            // A number in the margin stands on the line of what it numbers.
            text.push(if block.display == Display::RightInline { ' ' } else { '\n' });
        }
        for run in &block.runs {
            let start = text.len();
            text.push_str(&harmless::one_line(&run.text));
            let role = if run.face.italic {
                Role::Emphasis
            } else if run.face.bold {
                Role::Strong
            } else if run.link.is_some() {
                Role::Link
            } else {
                Role::Text
            };
            roles.push((start..text.len(), role));
        }
    }
    wrap(&text, room)
        .into_iter()
        .map(|line| {
            roles
                .iter()
                .filter_map(|(range, role)| {
                    let start = range.start.max(line.start);
                    let end = range.end.min(line.end);
                    (start < end).then(|| (*role, text[start..end].to_owned()))
                })
                .collect()
        })
        .collect()
}
