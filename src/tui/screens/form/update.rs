//! What follows from a command on a form.

use super::State;
use super::state::{Line, separator};
use crate::text::said::Language;
use crate::tui::change::Edit;
use crate::tui::command::Command;
use crate::tui::cursor;
use crate::tui::effect::{Effect, Look};
use crate::tui::input::Input;

/// Does what `command` says; `None` where the command is none of the form's.
pub fn run(state: &mut State, command: Command, size: (u16, u16)) -> Option<Vec<Effect>> {
    if state.input.is_some() {
        return edit(state, command, size);
    }
    let page = usize::from(super::view::areas(size).rows.height);
    if let Some(at) = cursor::moved(state.row, state.lines().len(), page, command) {
        state.row = at;
        return Some(Vec::new());
    }
    match command {
        Command::Accept => {
            let value = state.value();
            Some(begin(state, &value, false))
        }
        Command::AddItem => {
            separator(&state.field()?.name)?;
            Some(begin(state, "", true))
        }
        Command::RemoveField => {
            let (field, value) = state.without()?;
            Some(vec![set(state, field, value)])
        }
        Command::MoveDown | Command::MoveUp => {
            let down = command == Command::MoveDown;
            let Some((field, value)) = state.moved(down) else { return Some(Vec::new()) };
            state.row = if down { state.row + 1 } else { state.row.saturating_sub(1) };
            Some(vec![set(state, field, value)])
        }
        Command::EditText => Some(vec![Effect::Source { id: state.form.id.clone() }]),
        _ => None,
    }
}

/// Opens the value the cursor is on, or a new one behind it.
pub fn begin(state: &mut State, value: &str, is_new: bool) -> Vec<Effect> {
    let Some(field) = state.field().map(|it| it.name.clone()) else { return Vec::new() };
    state.input = Some(Input::new(value));
    (state.is_new, state.known, state.proposed) = (is_new, Vec::new(), None);
    vec![Effect::Values { field }]
}

fn edit(state: &mut State, command: Command, size: (u16, u16)) -> Option<Vec<Effect>> {
    let fitting = state.fitting().len();
    match command {
        Command::Back if state.proposed.is_some() => state.proposed = None,
        Command::Back => close(state),
        Command::Accept => {
            if state.proposed.is_some() {
                propose(state);
            }
            return Some(accept(state, false));
        }
        Command::Complete => {
            state.proposed = state.proposed.or(Some(0)).filter(|_| fitting > 0);
            propose(state);
        }
        Command::NewLine => {
            // A list has no lines inside its values: the next value begins.
            if separator(&state.field()?.name).is_some() {
                return Some(accept(state, true));
            }
            state.input.as_mut()?.insert("\n");
        }
        Command::Down if fitting > 0 => {
            state.proposed = Some(state.proposed.map_or(0, |at| (at + 1) % fitting));
        }
        Command::Up if state.proposed.is_some() => {
            state.proposed = state.proposed.and_then(|at| at.checked_sub(1));
        }
        Command::Down | Command::Up => {
            let room = super::view::room(size);
            state.input.as_mut()?.go_line(command == Command::Down, room);
        }
        other => {
            if !state.input.as_mut()?.run(other) {
                return None;
            }
            state.proposed = None;
        }
    }
    Some(Vec::new())
}

fn close(state: &mut State) {
    (state.input, state.is_new, state.proposed) = (None, false, None);
}

/// Takes what was typed; in a list goes on to a new value where that is wanted.
fn accept(state: &mut State, and_new: bool) -> Vec<Effect> {
    let (Some((field, value)), old) = (state.edited(), state.field().map(|it| it.value.clone()))
    else {
        return Vec::new();
    };
    let was_new = state.is_new;
    let is_list = separator(&field).is_some();
    close(state);
    let mut effects = Vec::new();
    if old.as_ref() != Some(&value) {
        // Shown at once; what was saved comes back and takes its place.
        let at = state.line().map(|it| it.field);
        if let Some(shown) = at.and_then(|at| state.form.fields.get_mut(at)) {
            shown.value.clone_from(&value);
            shown.from = None;
        }
        if was_new {
            state.row += 1;
        }
        effects.push(set(state, field, value));
    } else if was_new {
        return effects;
    }
    if and_new && is_list {
        effects.extend(begin(state, "", true));
    }
    effects
}

/// Puts the proposed value in the place of what was typed.
fn propose(state: &mut State) {
    let at = state.proposed.take();
    let value = at.and_then(|at| state.fitting().get(at).map(|it| (*it).to_owned()));
    if let (Some(value), Some(input)) = (value, &mut state.input) {
        input.replace(&value);
    }
}

fn set(state: &State, field: String, value: String) -> Effect {
    let edit = Edit::Set { id: state.form.id.clone(), field, value };
    Effect::Change { edits: vec![edit], sure: true }
}

/// Puts the cursor on the field called `name`; on its first value.
pub fn go_to(state: &mut State, name: &str) {
    let fields = &state.form.fields;
    let at = fields.iter().position(|it| it.name == name);
    let is_it = |line: &Line| Some(line.field) == at;
    state.row = state.lines().iter().position(is_it).unwrap_or(state.row);
}

/// Keeps the cursor in sight, and asks how the entry would look with what was typed.
pub fn settle(state: &mut State, size: (u16, u16), style: &str, language: Language) -> Vec<Effect> {
    state.row = state.row.min(state.lines().len().saturating_sub(1));
    state.top = super::view::top(state, size);
    let look = Look { style: style.to_owned(), language };
    let wanted = (state.edited(), look);
    if state.asked.as_ref() == Some(&wanted) {
        return Vec::new();
    }
    state.asked = Some(wanted.clone());
    state.ticket += 1;
    let (edit, look) = wanted;
    vec![Effect::Draft { ticket: state.ticket, id: state.form.id.clone(), edit, look }]
}
