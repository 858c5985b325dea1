//! What follows from yes.

use super::State;
use crate::tui::command::Command;
use crate::tui::effect::Effect;

/// The effect, when `command` says yes.
pub fn run(state: &State, command: Command) -> Option<Effect> {
    (command == Command::Yes).then(|| state.effect.clone())
}
