//! What a yes-or-no question looks like.

use super::State;
use crate::tui::canvas::Canvas;
use crate::tui::cells::wrap;
use crate::tui::layout::{inside, popup};
use crate::tui::paint::Role;
use crate::tui::state::State as Whole;

/// Draws the question.
pub fn view(state: &State, whole: &Whole, canvas: &mut Canvas<'_>) {
    let size = whole.size;
    let question = canvas.paint.words(&state.question);
    let framed = size.1 >= 6;
    let wide = 64.min(size.0);
    let lines = wrap(&question, usize::from(wide.saturating_sub(4)).max(1));
    let high = lines.len() as u16 + if framed { 2 } else { 0 };
    let area = popup((size.0, size.1.saturating_sub(1)), wide, high);
    canvas.clear(area, Role::Popup);
    if framed {
        canvas.frame(area, "", "", true);
    }
    let inner = inside(area, framed);
    for (line, y) in lines.into_iter().zip(inner.y..inner.bottom()) {
        canvas.put(inner.x + 1, y, inner.width, Role::Heading, &question[line]);
    }
}
