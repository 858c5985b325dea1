//! What the problems look like: a line each, and below what to do about the one the cursor is on.

use super::State;
use crate::tui::canvas::Canvas;
use crate::tui::cells::wrap;
use crate::tui::layout::inside;
use crate::tui::paint::Role;
use crate::tui::state::State as Whole;
use ratatui::layout::{Position, Rect};

/// Where what stands.
#[derive(Debug, Clone, Copy)]
pub struct Areas {
    /// The rows.
    pub rows: Rect,
    /// What to do about the one the cursor is on.
    pub help: Rect,
    whole: Rect,
    framed: bool,
}

/// Where what stands.
pub fn areas(size: (u16, u16)) -> Areas {
    let whole = Rect::new(0, 0, size.0, size.1.saturating_sub(u16::from(size.1 >= 4)));
    let framed = whole.height >= 6;
    let inner = inside(whole, framed);
    let below = if inner.height >= 9 { 4 } else { 0 };
    let rows = Rect { height: inner.height - below, ..inner };
    let help = Rect { y: rows.bottom(), height: below, ..inner };
    Areas { rows, help, whole, framed }
}

/// Draws the problems.
pub fn view(state: &State, whole: &Whole, canvas: &mut Canvas<'_>) {
    let areas = areas(whole.size);
    canvas.clear(areas.whole, Role::Popup);
    let shown = state.shown();
    if areas.framed {
        let title = canvas.paint.plain("tui.problems").to_owned();
        let title = match state.only {
            Some(rule) => format!("{title} · {rule}"),
            None => title,
        };
        let foot = format!("{}/{}", (state.row + 1).min(shown.len()), shown.len());
        canvas.frame(areas.whole, &title, &foot, true);
    }
    let rows = areas.rows;
    let names = if rows.width < 60 { 14 } else { 24 };
    for ((at, (_, problem)), y) in
        shown.iter().enumerate().skip(state.top).zip(rows.y..rows.bottom())
    {
        let role = if problem.sign == '!' { Role::Error } else { Role::Warning };
        canvas.put(rows.x + 1, y, 1, role, &problem.sign.to_string());
        // A letter says that there is a fix, and whether it should be looked at first.
        let fix = match problem.fix {
            Some(true) => "✓",
            Some(false) => "~",
            None => " ",
        };
        canvas.put(rows.x + 3, y, 1, Role::Mark, fix);
        let name = if problem.id.is_empty() { &problem.place } else { &problem.id };
        canvas.put(rows.x + 5, y, names, Role::Key, name);
        let x = rows.x + 6 + names;
        let text = canvas.paint.words(&problem.said);
        canvas.put(x, y, rows.right().saturating_sub(x), Role::Text, &text);
        if at == state.row {
            let line = Rect { y, height: 1, ..rows };
            canvas.look(line, Role::Selected);
            canvas.put(rows.x, y, 1, Role::Selected, "›");
            canvas.cursor = Some(Position::new(rows.x, y));
        }
    }
    if let Some((_, problem)) = state.current().filter(|_| areas.help.height > 0) {
        let mut lines = vec![(Role::Faint, format!("{} · {}", problem.rule, problem.place))];
        lines.push((Role::Text, canvas.paint.words(&problem.said)));
        lines.push((Role::Heading, canvas.paint.words(&problem.help)));
        let room = usize::from(areas.help.width.saturating_sub(2)).max(1);
        let wrapped = lines.iter().flat_map(|(role, text)| {
            wrap(text, room).into_iter().map(move |range| (*role, &text[range]))
        });
        for ((role, text), y) in wrapped.zip(areas.help.y..areas.help.bottom()) {
            canvas.put(areas.help.x + 1, y, areas.help.width.saturating_sub(2), role, text);
        }
    }
}
