//! What a form looks like.

use super::State;
use crate::tui::canvas::Canvas;
use crate::tui::change::Need;
use crate::tui::layout::{inside, popup};
use crate::tui::paint::Role;
use crate::tui::state::State as Whole;
use ratatui::layout::Rect;

fn area(size: (u16, u16)) -> Rect {
    popup((size.0, size.1.saturating_sub(1)), 110.min(size.0), size.1.saturating_sub(1).min(34))
}

/// Where the fields stand.
pub fn rows(size: (u16, u16)) -> Rect {
    let area = area(size);
    let framed = area.height >= 5;
    let inner = inside(area, framed);
    // Two lines at the foot for what the rules say.
    let height = inner.height.saturating_sub(if inner.height >= 8 { 2 } else { 0 });
    Rect { height, ..inner }
}

/// Draws the form.
pub fn view(state: &State, whole: &Whole, canvas: &mut Canvas<'_>) {
    let area = area(whole.size);
    canvas.clear(area, Role::Popup);
    let title = format!("@{} {}", state.form.kind, state.form.id);
    let count = state.form.fields.len();
    if area.height >= 5 {
        canvas.frame(area, &title, &format!("{}/{count}", (state.row + 1).min(count)), true);
    }
    let rows = rows(whole.size);
    let fields = state.form.fields.iter().enumerate().skip(state.top);
    for ((at, field), y) in fields.zip(rows.y..rows.bottom()) {
        // The need is shown by a sign, not by colour alone.
        let (sign, role) = match (field.need, field.value.is_empty()) {
            (Need::Required, true) => ("!", Role::Error),
            (Need::Required, false) => ("*", Role::Field),
            (Need::Recommended, _) => ("+", Role::Field),
            (Need::Other, _) => (" ", Role::Field),
        };
        canvas.put(rows.x + 1, y, 1, role, sign);
        canvas.put(rows.x + 3, y, 14, role, &field.name);
        let x = rows.x + 18.min(rows.width);
        let room = rows.right().saturating_sub(x);
        let editing = state.input.as_ref().filter(|_| at == state.row);
        if let Some(input) = editing {
            let (before, after) = input.parts();
            canvas.input(Rect { x, y, width: room, height: 1 }, Role::Input, before, after);
            continue;
        }
        match &field.from {
            Some(from) => {
                let text = format!("{}  ← {from}", field.value);
                canvas.put(x, y, room, Role::Faint, &text);
            }
            None => drop(canvas.put(x, y, room, Role::Text, &field.value)),
        }
        if at == state.row {
            canvas.look(Rect { y, height: 1, ..rows }, Role::Selected);
            canvas.put(rows.x, y, 1, Role::Selected, "›");
        }
    }
    let foot = inside(area, area.height >= 5);
    for (problem, y) in state.form.problems.iter().zip(rows.bottom()..foot.bottom()) {
        let text = format!("! {}", canvas.paint.words(problem));
        canvas.put(rows.x + 1, y, rows.width.saturating_sub(2), Role::Warning, &text);
    }
    proposals(state, rows, canvas);
}

/// The values of the library that would complete what is typed, below the line.
fn proposals(state: &State, rows: Rect, canvas: &mut Canvas<'_>) {
    let fitting = state.fitting();
    let x = rows.x + 18.min(rows.width);
    let first = rows.y + (state.row - state.top.min(state.row)) as u16 + 1;
    for ((at, value), y) in fitting.iter().enumerate().zip(first..rows.bottom()) {
        let line = Rect { x, y, width: rows.right().saturating_sub(x).min(50), height: 1 };
        canvas.clear(line, Role::Bar);
        let role = if state.proposed == Some(at) { Role::Selected } else { Role::Bar };
        canvas.look(line, role);
        let sign = if state.proposed == Some(at) { "› " } else { "  " };
        canvas.put(x, y, line.width, role, &format!("{sign}{value}"));
    }
}
