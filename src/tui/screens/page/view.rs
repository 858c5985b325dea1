//! What a page looks like.

use super::State;
use crate::text::harmless;
use crate::tui::canvas::Canvas;
use crate::tui::cells::wrap;
use crate::tui::layout::inside;
use crate::tui::paint::Role;
use crate::tui::state::State as Whole;
use ratatui::layout::Rect;

/// The page's area: everything but the line at the foot.
pub fn area(size: (u16, u16)) -> Rect {
    Rect::new(0, 0, size.0, size.1.saturating_sub(u16::from(size.1 >= 4)))
}

/// The lines of the page, broken to the width of `area`.
pub fn wrapped(state: &State, area: Rect) -> Vec<(Role, String)> {
    let room = usize::from(area.width.saturating_sub(4)).max(1);
    let mut out = Vec::new();
    for (role, line) in &state.lines {
        let line = harmless::one_line(line);
        out.extend(wrap(&line, room).into_iter().map(|range| (*role, line[range].to_owned())));
    }
    out
}

/// Draws the page.
pub fn view(state: &State, whole: &Whole, canvas: &mut Canvas<'_>) {
    let area = area(whole.size);
    canvas.clear(area, Role::Popup);
    let lines = wrapped(state, area);
    let framed = area.height >= 4;
    let title = canvas.paint.plain(state.title).to_owned();
    let height = usize::from(area.height.saturating_sub(2));
    let foot = format!("{}/{}", (state.top + height).min(lines.len()), lines.len());
    if framed {
        canvas.frame(area, &title, &foot, true);
    }
    let inner = inside(area, framed);
    for ((role, text), y) in lines.iter().skip(state.top).zip(inner.y..inner.bottom()) {
        canvas.put(inner.x + 1, y, inner.width.saturating_sub(2), *role, text);
    }
}
