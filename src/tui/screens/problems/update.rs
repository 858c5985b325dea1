//! What follows from a command on the problems.

use super::State;
use crate::tui::change::Problem;
use crate::tui::command::Command;
use crate::tui::cursor;
use crate::tui::effect::Effect;
use crate::tui::layout::scrolled;

/// Does what `command` says; `None` where the command is none of ours.
pub fn run(state: &mut State, command: Command, size: (u16, u16)) -> Option<Vec<Effect>> {
    let page = usize::from(super::view::areas(size).rows.height);
    if let Some(at) = cursor::moved(state.row, state.shown().len(), page, command) {
        state.row = at;
        return Some(Vec::new());
    }
    match command {
        Command::Accept => {
            let (found, problem) = state.current()?;
            Some(vec![match problem.id.is_empty() {
                true => Effect::Excerpt { found },
                false => Effect::Form { id: problem.id.clone() },
            }])
        }
        Command::EditText => {
            let (_, problem) = state.current().filter(|(_, it)| !it.id.is_empty())?;
            Some(vec![Effect::Source { id: problem.id.clone() }])
        }
        Command::Excerpt => Some(vec![Effect::Excerpt { found: state.current()?.0 }]),
        Command::OnlyRule => {
            let (number, problem) = state.current()?;
            state.only = if state.only.is_some() { None } else { Some(problem.rule) };
            state.row = state.shown().iter().position(|(it, _)| *it == number).unwrap_or(0);
            Some(Vec::new())
        }
        Command::FixThis => {
            let (number, problem) = state.current()?;
            // What keeps the meaning is done at once; the rest is looked at first.
            Some(vec![Effect::FixFound { found: vec![number], sure: problem.fix == Some(true) }])
        }
        Command::FixRule => {
            let rule = state.current()?.1.rule;
            let all = state.problems.iter().enumerate();
            let found = all.filter(|(_, it)| it.rule == rule && it.fix.is_some());
            Some(vec![Effect::FixFound { found: found.map(|(at, _)| at).collect(), sure: false }])
        }
        _ => None,
    }
}

/// Takes in what was found anew; the cursor stays where it was.
pub fn found(state: &mut State, problems: Vec<Problem>) {
    state.problems = problems;
    if state.shown().is_empty() {
        state.only = None;
    }
}

/// Keeps the cursor in sight.
pub fn settle(state: &mut State, size: (u16, u16)) {
    let count = state.shown().len();
    state.row = state.row.min(count.saturating_sub(1));
    let height = usize::from(super::view::areas(size).rows.height);
    state.top = scrolled(state.top, state.row, height, count);
}
