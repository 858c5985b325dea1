//! Scrolling a page.

use super::State;
use crate::tui::command::Command;

/// Does what `command` says on a page `height` rows high; `false` where the command is none of
/// ours.
pub fn run(state: &mut State, command: Command, height: usize) -> bool {
    let page = height.saturating_sub(1).max(1);
    match command {
        Command::Down => state.top += 1,
        Command::Up => state.top = state.top.saturating_sub(1),
        Command::PageDown => state.top += page,
        Command::PageUp => state.top = state.top.saturating_sub(page),
        Command::First => state.top = 0,
        Command::Last => state.top = usize::MAX / 2,
        _ => return false,
    }
    true
}

/// Keeps the page from being scrolled past its end.
pub fn settle(state: &mut State, size: (u16, u16)) {
    let area = super::view::area(size);
    let lines = super::view::wrapped(state, area).len();
    let height = usize::from(area.height.saturating_sub(2));
    state.top = state.top.min(lines.saturating_sub(height));
}
