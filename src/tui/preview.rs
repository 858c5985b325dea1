//! One entry to read: the formatted reference, what it is about, links, and where it came from.

use super::canvas::Canvas;
use super::cells::{fit, width, wrap};
use super::find::Preview;
use super::paint::Role;
use crate::text::harmless;
use crate::text::rich_text::{Display, RichText};
use ratatui::layout::Rect;

/// A line of the preview: pieces of text, each with its role.
type Line = Vec<(Role, String)>;

/// Draws `preview` in `area`, from line `top` on.
pub fn view(preview: &Preview, top: usize, area: Rect, canvas: &mut Canvas<'_>) {
    if area.width < 3 {
        return;
    }
    let area = Rect { x: area.x + 1, width: area.width - 2, ..area };
    let lines = lines(preview, usize::from(area.width), canvas);
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

fn lines(preview: &Preview, room: usize, canvas: &Canvas<'_>) -> Vec<Line> {
    let mut lines = rich(&preview.reference, room);
    lines.push(Line::new());
    lines.extend(plain(&preview.head, Role::Faint, room));
    for problem in &preview.problems {
        lines.extend(plain(&format!("! {}", canvas.paint.words(problem)), Role::Warning, room));
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
