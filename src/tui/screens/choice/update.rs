//! What follows when one of many is chosen.

use super::State;
use super::state::Pick;
use crate::text::said::Language;
use crate::tui::command::Command;
use crate::tui::layout;

/// What the choice came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It goes on.
    Open,
    /// This was chosen.
    Picked(Pick),
    /// What was chosen cannot be done now: why.
    Refused(&'static str),
}

/// How many rows a page has here.
const PAGE: usize = 10;

/// Does what `command` says; `None` where the command is none of ours.
pub fn run(state: &mut State, command: Command, language: Language) -> Option<Outcome> {
    let count = state.fitting(language).len();
    let last = count.saturating_sub(1);
    match command {
        Command::Down => state.row = if state.row >= last { 0 } else { state.row + 1 },
        Command::Up => state.row = if state.row == 0 { last } else { state.row - 1 },
        Command::PageDown => state.row = (state.row + PAGE).min(last),
        Command::PageUp => state.row = state.row.saturating_sub(PAGE),
        Command::Accept => {
            return Some(match state.fitting(language).get(state.row) {
                Some(item) => match item.why_not {
                    Some(why) => Outcome::Refused(why),
                    None => Outcome::Picked(item.pick.clone()),
                },
                None => Outcome::Open,
            });
        }
        other => {
            if !state.input.run(other) {
                return None;
            }
            state.row = 0;
        }
    }
    Some(Outcome::Open)
}

/// Keeps the cursor in sight.
pub fn settle(state: &mut State, size: (u16, u16), language: Language) {
    let count = state.fitting(language).len();
    state.row = state.row.min(count.saturating_sub(1));
    let height = usize::from(super::view::area(state, size).height.saturating_sub(3));
    state.top = layout::scrolled(state.top, state.row, height, count);
}
