//! What a question for a text looks like.

use super::State;
use crate::tui::canvas::Canvas;
use crate::tui::layout::{inside, popup};
use crate::tui::paint::Role;
use crate::tui::state::State as Whole;
use ratatui::layout::Rect;

/// Draws the question.
pub fn view(state: &State, whole: &Whole, canvas: &mut Canvas<'_>) {
    let size = whole.size;
    let framed = size.1 >= 6;
    let room = (size.0, size.1.saturating_sub(1));
    let area = popup(room, 70, if framed { 4 } else { 2 });
    canvas.clear(area, Role::Popup);
    if framed {
        canvas.frame(area, "", "", true);
    }
    let inner = inside(area, framed);
    let question = canvas.paint.words(&state.question);
    canvas.put(inner.x, inner.y, inner.width, Role::Heading, &question);
    let line = Rect { y: inner.y + 1, height: 1, ..inner };
    let x = canvas.put(line.x, line.y, 2, Role::Key, "> ");
    let (before, after) = state.input.parts();
    let room = line.right().saturating_sub(x);
    canvas.input(Rect { x, width: room, ..line }, Role::Input, before, after);
}
