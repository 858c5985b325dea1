//! What follows from the mouse: everything it does can be done with keys too.

use super::command::{Command, Context};
use super::effect::Effect;
use super::event::Mouse;
use super::hints;
use super::keymap::Keymap;
use super::layout::{areas, inside};
use super::screens::choice;
use super::screens::form;
use super::screens::list;
use super::screens::list::state::Pane;
use super::screens::problems;
use super::screens::review;
use super::state::{Over, State};
use super::update::command_given;
use ratatui::layout::{Position, Rect};

/// How many rows one notch of the wheel moves.
const NOTCH: usize = 3;

/// Takes in what the mouse did at `column`, `row`.
pub fn update(
    state: &mut State,
    keymap: &Keymap,
    mouse: Mouse,
    column: u16,
    row: u16,
) -> Vec<Effect> {
    let at = Position::new(column, row);
    match mouse {
        Mouse::WheelUp => wheel(state, keymap, at, Command::Up, Command::ScrollUp),
        Mouse::WheelDown => wheel(state, keymap, at, Command::Down, Command::ScrollDown),
        Mouse::Down => down(state, keymap, at),
        Mouse::Drag => {
            drag(state, at);
            Vec::new()
        }
        Mouse::Up => Vec::new(),
    }
}

fn wheel(
    state: &mut State,
    keymap: &Keymap,
    at: Position,
    step: Command,
    scroll: Command,
) -> Vec<Effect> {
    let areas = areas(state);
    let over = |area: Option<Rect>| area.is_some_and(|area| area.contains(at));
    let mut effects = Vec::new();
    for _ in 0..NOTCH {
        if state.over.is_empty() && over(areas.preview) {
            effects.extend(command_given(state, keymap, scroll));
        } else if state.over.is_empty() && over(areas.facets) && state.list.pane != Pane::Facets {
            state.list.facet_row = match step {
                Command::Down => state.list.facet_row + 1,
                _ => state.list.facet_row.saturating_sub(1),
            };
        } else {
            effects.extend(command_given(state, keymap, step));
        }
    }
    effects
}

fn down(state: &mut State, keymap: &Keymap, at: Position) -> Vec<Effect> {
    state.notice = None;
    let areas = areas(state);
    if let Some(foot) = areas.foot
        && foot.contains(at)
    {
        return match hints::at(state, keymap, foot.width, at.x) {
            Some(command) => command_given(state, keymap, command),
            None => Vec::new(),
        };
    }
    if let Some(over) = state.over.last_mut() {
        if let Over::Choice(it) = over {
            let area = choice::view::rows(it, state.size);
            if area.contains(at) {
                it.row = it.top + usize::from(at.y - area.y);
                return command_given(state, keymap, Command::Accept);
            }
            return Vec::new();
        }
        return clicked_over(state, keymap, at);
    }
    let inside = |area: Option<Rect>| {
        area.map(|area| inside(area, areas.framed)).filter(|area| area.contains(at))
    };
    if let Some(area) = inside(areas.list) {
        state.list.pane = Pane::List;
        let position = state.list.top + usize::from(at.y - area.y);
        if position < state.list.total {
            list::update::go_to(&mut state.list, position);
            // The two cells at the left hold cursor and mark.
            if at.x < area.x + 2 {
                return command_given(state, keymap, Command::Mark);
            }
        }
    } else if let Some(area) = inside(areas.facets) {
        state.list.pane = Pane::Facets;
        state.list.facet_row = state.list.facet_top + usize::from(at.y - area.y);
        if state.list.facet_row < state.list.facet_lines().len() {
            return command_given(state, keymap, Command::ToggleFacet);
        }
    } else if inside(areas.preview).is_some() {
        state.list.pane = Pane::Preview;
    } else if areas.bar.is_some_and(|bar| bar.contains(at)) && state.context() != Context::Search {
        return command_given(state, keymap, Command::Search);
    }
    Vec::new()
}

/// A click on a row of what stands above the list puts the cursor there; on the row the cursor is on
/// it does what Enter does (on a record that comes in: what the space bar does).
fn clicked_over(state: &mut State, keymap: &Keymap, at: Position) -> Vec<Effect> {
    let size = state.size;
    let mut command = None;
    let row = |area: Rect, top: usize| area.contains(at).then(|| top + usize::from(at.y - area.y));
    match state.over.last_mut() {
        Some(Over::Form(it)) if it.input.is_none() => {
            let rows = form::view::areas(size).rows;
            if let Some(row) = row(rows, it.top).filter(|row| *row < it.lines().len()) {
                command = (it.row == row).then_some(Command::Accept);
                it.row = row;
            }
        }
        Some(Over::Problems(it)) => {
            let rows = problems::view::areas(size).rows;
            if let Some(row) = row(rows, it.top).filter(|row| *row < it.shown().len()) {
                command = (it.row == row).then_some(Command::Accept);
                it.row = row;
            }
        }
        Some(Over::Review(it)) => {
            let areas = review::view::areas(it, size);
            if let Some(row) = row(areas.items, it.top).filter(|row| *row < it.review.items.len()) {
                command = (it.row == row && !it.in_fields).then_some(Command::Decide);
                (it.row, it.in_fields) = (row, false);
            } else if let Some(field) = review::view::field_at(it, areas.fields, at.y) {
                command = (it.field == field && it.in_fields).then_some(Command::Decide);
                (it.field, it.in_fields) = (field, true);
            }
        }
        _ => {}
    }
    command.map(|it| command_given(state, keymap, it)).unwrap_or_default()
}

/// A frame between two panes that is dragged makes one larger and the other smaller.
fn drag(state: &mut State, at: Position) {
    let areas = areas(state);
    let near = |edge: u16, here: u16| edge.abs_diff(here) <= 2;
    if let (Some(list), Some(preview)) = (areas.list, areas.preview) {
        if preview.x > list.x && near(preview.x, at.x) {
            state.list.room.preview_by += preview.x as i16 - at.x as i16;
        } else if preview.y > list.y && near(preview.y, at.y) {
            state.list.room.preview_by += preview.y as i16 - at.y as i16;
        }
    }
    if let Some(facets) = areas.facets
        && near(facets.right(), at.x)
    {
        state.list.room.facets_by += at.x as i16 - facets.right() as i16;
    }
}
