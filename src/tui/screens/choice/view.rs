//! What a choice looks like: a line to type in, and what fits.

use super::State;
use super::state::Label;
use crate::tui::canvas::Canvas;
use crate::tui::cells::width;
use crate::tui::layout::popup;
use crate::tui::paint::Role;
use crate::tui::state::State as Whole;
use ratatui::layout::Rect;

/// The popup's area.
pub fn area(state: &State, size: (u16, u16)) -> Rect {
    let room = (size.0, size.1.saturating_sub(1));
    popup(room, 90.min(size.0), (state.items.len() as u16).saturating_add(3).clamp(5, 24))
}

/// The rows that can be clicked.
pub fn rows(state: &State, size: (u16, u16)) -> Rect {
    let area = area(state, size);
    let framed = area.height >= 5;
    let inner = crate::tui::layout::inside(area, framed);
    Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner }
}

/// Draws the choice.
pub fn view(state: &State, whole: &Whole, canvas: &mut Canvas<'_>) {
    let language = whole.language;
    let area = area(state, whole.size);
    canvas.clear(area, Role::Popup);
    let fitting = state.fitting(language);
    let title = canvas.paint.plain(state.title).to_owned();
    let foot = format!("{}/{}", (state.row + 1).min(fitting.len()), fitting.len());
    if area.height >= 5 {
        canvas.frame(area, &title, &foot, true);
    }
    let rows = rows(state, whole.size);
    let line = Rect { y: rows.y.saturating_sub(1), height: 1, ..rows };
    let x = canvas.put(line.x, line.y, 2, Role::Key, "> ");
    let (before, after) = state.input.parts();
    let room = line.right().saturating_sub(x);
    canvas.input(Rect { x, width: room, ..line }, Role::Input, before, after);
    let cells = |label: &Label| width(label.words(language)) as u16;
    let names = fitting.iter().map(|item| cells(&item.name)).max().unwrap_or(0).min(22);
    let keys = fitting.iter().map(|item| width(&item.keys) as u16).max().unwrap_or(0).min(20);
    let keys = if rows.width < 60 { keys.min(8) } else { keys };
    for ((at, item), y) in fitting.iter().enumerate().skip(state.top).zip(rows.y..rows.bottom()) {
        let role = if item.why_not.is_some() { Role::Disabled } else { Role::Text };
        let x = rows.x + 2;
        let room = |x: u16, wide: u16| wide.min(rows.right().saturating_sub(x));
        canvas.put(x, y, room(x, names), role, item.name.words(language));
        let x = x + names + 2;
        canvas.put(x, y, room(x, keys), Role::Key, &item.keys);
        let x = x + keys + 2;
        match item.why_not {
            Some(why) => {
                let text = format!("– {}", canvas.paint.plain(why));
                canvas.put(x, y, room(x, u16::MAX), Role::Disabled, &text);
            }
            None => {
                let text = item.about.words(language);
                canvas.put(x, y, room(x, u16::MAX), Role::Faint, text);
            }
        }
        if at == state.row {
            canvas.look(Rect { y, height: 1, ..rows }, Role::Selected);
            canvas.put(rows.x, y, 1, Role::Selected, "›");
        }
    }
}
