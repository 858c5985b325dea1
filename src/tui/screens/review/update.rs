//! What follows from a command on a review.

use super::State;
use crate::tui::command::Command;
use crate::tui::cursor;
use crate::tui::effect::Effect;
use crate::tui::layout::scrolled;
use crate::tui::review::{Decision, Kind, Standing};

/// Does what `command` says; `None` where the command is none of ours.
pub fn run(state: &mut State, command: Command, size: (u16, u16)) -> Option<Vec<Effect>> {
    let areas = super::view::areas(state, size);
    if state.in_fields {
        let count = state.shown().map_or(0, |it| it.fields.len());
        let page = usize::from(areas.fields.height / 2);
        if let Some(at) = cursor::moved(state.field, count, page, command) {
            state.field = at;
            return Some(Vec::new());
        }
        match command {
            Command::Right => choose(state, 1),
            Command::Left => choose(state, -1),
            Command::Decide => choose(state, 1),
            Command::NextPane | Command::PreviousPane | Command::Back => state.in_fields = false,
            other => return everywhere(state, other),
        }
        return Some(Vec::new());
    }
    let page = usize::from(areas.items.height);
    if let Some(at) = cursor::moved(state.row, state.review.items.len(), page, command) {
        go(state, at);
        return Some(Vec::new());
    }
    match command {
        Command::NextPane | Command::PreviousPane | Command::Right => state.in_fields = true,
        Command::ScrollDown => state.field += 1,
        Command::ScrollUp => state.field = state.field.saturating_sub(1),
        other => return everywhere(state, other),
    }
    Some(Vec::new())
}

fn everywhere(state: &mut State, command: Command) -> Option<Vec<Effect>> {
    let is_import = state.review.kind == Kind::Import;
    match command {
        Command::Accept => return Some(accepted(state)),
        Command::KeepOther if !is_import => {
            let count = state.shown().map_or(1, |it| it.heads.len());
            let kept = state.shown().map_or(0, |it| it.kept);
            let item = state.review.items.get_mut(state.row)?;
            item.chosen.keep = Some((kept + 1) % count.max(1));
        }
        Command::KeepApart if !is_import => {
            let ids = state.item()?.ids.clone();
            remove(state, &ids);
            return Some(vec![Effect::Apart { ids }]);
        }
        Command::Decide if is_import => decide(state, None),
        Command::TakeAsNew if is_import => decide(state, Some(Decision::Add)),
        Command::MergeInto if is_import => decide(state, Some(Decision::Merge)),
        Command::LeaveOut if is_import => decide(state, Some(Decision::Skip)),
        Command::Reject if is_import => decide(state, Some(Decision::Reject)),
        _ => return None,
    }
    Some(Vec::new())
}

/// What follows from Enter: an import comes in, two entries become one.
fn accepted(state: &State) -> Vec<Effect> {
    match state.review.kind {
        Kind::Import => {
            let items = state.review.items.iter();
            let decided: Vec<_> = items.map(|it| (it.decision, it.chosen.clone())).collect();
            let changed = state.review.count(Decision::Add) + state.review.count(Decision::Merge);
            vec![Effect::TakeIn { decided, sure: changed <= 1 }]
        }
        Kind::Duplicates => {
            let merge = |item: &crate::tui::review::Item| Effect::Merge {
                ids: item.ids.clone(),
                chosen: item.chosen.clone(),
                sure: false,
            };
            state.item().map(merge).into_iter().collect()
        }
    }
}

/// Decides on the record the cursor is on (or goes to the next decision) and goes on to the next.
fn decide(state: &mut State, decision: Option<Decision>) {
    let Some(item) = state.review.items.get_mut(state.row) else { return };
    let can_merge = matches!(item.standing, Standing::Same | Standing::Perhaps);
    let next = match item.decision {
        Decision::Add if can_merge => Decision::Merge,
        Decision::Add | Decision::Merge => Decision::Skip,
        Decision::Skip | Decision::Reject => Decision::Add,
    };
    item.decision = match decision {
        Some(Decision::Merge) if !can_merge => item.decision,
        Some(decision) => decision,
        None => next,
    };
    if decision.is_some() {
        go(state, (state.row + 1).min(state.review.items.len().saturating_sub(1)));
    }
}

/// Takes the value of the field the cursor is on from the next one that has one.
fn choose(state: &mut State, step: isize) {
    let Some(side) = state.shown().and_then(|it| it.fields.get(state.field)) else { return };
    let has: Vec<usize> =
        (0..side.values.len()).filter(|at| !side.values[*at].trim().is_empty()).collect();
    let at = has.iter().position(|at| Some(*at) == side.from);
    let next = match at {
        Some(at) => (at as isize + step).rem_euclid(has.len().max(1) as isize) as usize,
        None => 0,
    };
    let (Some(from), name) = (has.get(next).copied(), side.name.clone()) else { return };
    if let Some(item) = state.review.items.get_mut(state.row) {
        item.chosen.fields.insert(name, from);
        // What a person chooses from should come in.
        if item.standing != Standing::New && state.review.kind == Kind::Import {
            item.decision = Decision::Merge;
        }
    }
}

fn go(state: &mut State, row: usize) {
    if row != state.row {
        (state.row, state.field, state.field_top) = (row, 0, 0);
    }
}

/// Takes the items out that are about any of `ids`: what was decided on is done.
pub fn remove(state: &mut State, ids: &[String]) {
    state.review.items.retain(|item| !item.ids.iter().any(|id| ids.contains(id)));
    (state.comparison, state.asked, state.in_fields) = (None, None, false);
    (state.field, state.field_top) = (0, 0);
    state.row = state.row.min(state.review.items.len().saturating_sub(1));
}

/// Keeps the cursors in sight and asks for the comparison that is missing.
pub fn settle(state: &mut State, size: (u16, u16)) -> Vec<Effect> {
    let areas = super::view::areas(state, size);
    let count = state.review.items.len();
    state.row = state.row.min(count.saturating_sub(1));
    state.top = scrolled(state.top, state.row, usize::from(areas.items.height), count);
    let fields = state.shown().map_or(0, |it| it.fields.len());
    state.field = state.field.min(fields.saturating_sub(1));
    state.field_top = super::view::field_top(state, areas.fields);
    let Some(item) = state.item() else { return Vec::new() };
    let wanted = (state.row, item.chosen.clone());
    if state.asked.as_ref() == Some(&wanted) {
        return Vec::new();
    }
    let ids = match state.review.kind {
        Kind::Import => Vec::new(),
        Kind::Duplicates => item.ids.clone(),
    };
    let (item, chosen) = wanted.clone();
    state.asked = Some(wanted);
    vec![Effect::Compare { item, ids, chosen }]
}
