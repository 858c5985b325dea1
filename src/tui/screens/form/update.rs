//! What follows from a command on a form.

use super::State;
use crate::tui::change::Edit;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::input::Input;
use crate::tui::layout::scrolled;

/// Does what `command` says; `None` where the command is none of the form's.
pub fn run(state: &mut State, command: Command) -> Option<Vec<Effect>> {
    if state.input.is_some() {
        return edit(state, command);
    }
    let last = state.form.fields.len().saturating_sub(1);
    match command {
        Command::Down => state.row = (state.row + 1).min(last),
        Command::Up => state.row = state.row.saturating_sub(1),
        Command::PageDown => state.row = (state.row + 10).min(last),
        Command::PageUp => state.row = state.row.saturating_sub(10),
        Command::First => state.row = 0,
        Command::Last => state.row = last,
        Command::Accept => {
            let field = state.form.fields.get(state.row)?;
            state.input = Some(Input::new(&field.value));
            (state.known, state.proposed) = (Vec::new(), None);
            return Some(vec![Effect::Values { field: field.name.clone() }]);
        }
        Command::RemoveField => {
            let field = state.form.fields.get(state.row)?.name.clone();
            return Some(vec![set(state, field, String::new())]);
        }
        _ => return None,
    }
    Some(Vec::new())
}

fn edit(state: &mut State, command: Command) -> Option<Vec<Effect>> {
    match command {
        Command::Back => state.input = None,
        Command::Accept => {
            if state.proposed.is_some() {
                propose(state);
                return Some(Vec::new());
            }
            let value = state.input.take()?.text;
            let field = state.form.fields.get(state.row)?;
            if field.value != value {
                let name = field.name.clone();
                return Some(vec![set(state, name, value)]);
            }
        }
        Command::Complete => {
            state.proposed = state.proposed.or(Some(0)).filter(|_| !state.fitting().is_empty());
            propose(state);
        }
        Command::Down => {
            let count = state.fitting().len();
            state.proposed = match state.proposed {
                _ if count == 0 => None,
                None => Some(0),
                Some(at) => Some((at + 1) % count),
            };
        }
        Command::Up => state.proposed = state.proposed.and_then(|at| at.checked_sub(1)),
        other => {
            if !state.input.as_mut()?.run(other) {
                return None;
            }
            state.proposed = None;
        }
    }
    Some(Vec::new())
}

/// Puts the proposed value in the place of the piece at the caret.
fn propose(state: &mut State) {
    let piece = state.piece();
    let value =
        state.proposed.take().and_then(|at| state.fitting().get(at).map(|it| (*it).to_owned()));
    if let (Some(value), Some(input)) = (value, &mut state.input) {
        input.text.replace_range(piece.clone(), &value);
        input.caret = piece.start + value.len();
    }
}

fn set(state: &State, field: String, value: String) -> Effect {
    let edit = Edit::Set { id: state.form.id.clone(), field, value };
    Effect::Change { edits: vec![edit], sure: true }
}

/// Keeps the cursor in sight.
pub fn settle(state: &mut State, size: (u16, u16)) {
    let count = state.form.fields.len();
    state.row = state.row.min(count.saturating_sub(1));
    let height = usize::from(super::view::rows(size).height);
    state.top = scrolled(state.top, state.row, height, count);
}
