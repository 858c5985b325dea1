//! What follows when a text was asked for.

use super::State;
use super::state::Purpose;
use crate::tui::command::Command;

/// Does what `command` says: `Some(Some(…))` when the text is ready, `None` where the command is
/// none of ours.
pub fn run(state: &mut State, command: Command) -> Option<Option<(Purpose, String)>> {
    if command == Command::Accept {
        return Some(Some((state.purpose.clone(), state.input.text.trim().to_owned())));
    }
    state.input.run(command).then_some(None)
}
