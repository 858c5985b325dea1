//! What a form looks like: the fields, and below what the entry looks like with them.

use super::State;
use super::state::{Line, items};
use crate::tui::canvas::Canvas;
use crate::tui::cells::wrap;
use crate::tui::change::Need;
use crate::tui::layout::{inside, popup};
use crate::tui::paint::Role;
use crate::tui::preview;
use crate::tui::state::State as Whole;
use ratatui::layout::Rect;

/// How many lines a value may take while it is edited.
const MOST: usize = 10;

/// Where the names end and the values begin.
const NAMES: u16 = 18;

/// Where what stands, inside the frame.
#[derive(Debug, Clone, Copy)]
pub struct Areas {
    /// The fields.
    pub rows: Rect,
    /// The reference and what the rules say.
    pub below: Rect,
    whole: Rect,
}

/// Where what stands.
pub fn areas(size: (u16, u16)) -> Areas {
    let height = size.1.saturating_sub(1);
    let whole = popup((size.0, height), 110.min(size.0), height.min(42));
    let inner = inside(whole, whole.height >= 5);
    let below = match inner.height {
        0..8 => 0,
        8..16 => 2,
        16..26 => 6,
        _ => 9,
    };
    let rows = Rect { height: inner.height - below, ..inner };
    Areas { rows, below: Rect { y: rows.bottom(), height: below, ..inner }, whole }
}

/// How many cells a line of a value has.
pub fn room(size: (u16, u16)) -> usize {
    usize::from(areas(size).rows.width.saturating_sub(NAMES + 1)).max(1)
}

/// How many lines the value that is edited takes.
fn edited_height(state: &State, size: (u16, u16)) -> usize {
    let text = state.input.as_ref().map(|it| it.text.as_str()).unwrap_or_default();
    wrap(text, room(size)).len().clamp(1, MOST)
}

/// The first line shown, so that the one the cursor is on (and all of what is edited) is in sight.
pub fn top(state: &State, size: (u16, u16)) -> usize {
    let height = usize::from(areas(size).rows.height).max(1);
    let mut below = 0;
    if state.input.is_some() {
        below = edited_height(state, size) - usize::from(!state.is_new);
    }
    let first = (state.row + 1 + below).saturating_sub(height).min(state.row);
    let last = state.lines().len().saturating_sub(height.saturating_sub(below));
    state.top.clamp(first, state.row).min(last.max(first))
}

/// Draws the form.
pub fn view(state: &State, whole: &Whole, canvas: &mut Canvas<'_>) {
    let areas = areas(whole.size);
    canvas.clear(areas.whole, Role::Popup);
    let title = format!("@{} {}", state.form.kind, state.form.id);
    let count = state.form.fields.len();
    let lines = state.lines();
    let at = lines.get(state.row).map_or(0, |it| it.field + 1);
    if areas.whole.height >= 5 {
        canvas.frame(areas.whole, &title, &format!("{at}/{count}"), true);
    }
    let rows = areas.rows;
    let mut y = rows.y;
    let mut caret_at = None;
    for (at, line) in lines.iter().enumerate().skip(state.top) {
        if y >= rows.bottom() {
            break;
        }
        let is_edited = at == state.row && state.input.is_some();
        if !is_edited || state.is_new {
            one(state, *line, at == state.row && !is_edited, Rect { y, height: 1, ..rows }, canvas);
            y += 1;
        }
        if is_edited {
            if !state.is_new && line.item == 0 {
                name(state, *line, Rect { y, height: 1, ..rows }, canvas);
            }
            let high =
                (edited_height(state, whole.size) as u16).min(rows.bottom().saturating_sub(y));
            editor(state, Rect { y, height: high, ..rows }, canvas);
            y += high;
            caret_at = Some(y);
        }
    }
    below(state, areas.below, canvas);
    if let Some(y) = caret_at {
        let below = areas.below.bottom().saturating_sub(y);
        proposals(state, Rect { y, height: below, ..rows }, canvas);
    }
}

/// The name of a field, with a sign of how much it is needed: not by colour alone.
fn name(state: &State, line: Line, area: Rect, canvas: &mut Canvas<'_>) {
    let field = &state.form.fields[line.field];
    let (sign, role) = match (field.need, field.value.trim().is_empty()) {
        (Need::Required, true) => ("!", Role::Error),
        (Need::Required, false) => ("*", Role::Field),
        (Need::Recommended, _) => ("+", Role::Field),
        (Need::Other, _) => (" ", Role::Field),
    };
    canvas.put(area.x + 1, area.y, 1, role, sign);
    canvas.put(area.x + 3, area.y, NAMES - 4, role, &field.name);
}

fn one(state: &State, line: Line, is_current: bool, area: Rect, canvas: &mut Canvas<'_>) {
    if line.item == 0 {
        name(state, line, area, canvas);
    }
    let field = &state.form.fields[line.field];
    let x = area.x + NAMES.min(area.width);
    let room = area.right().saturating_sub(x);
    let value = items(field).get(line.item).cloned().unwrap_or_default().replace('\n', " ");
    match &field.from {
        Some(from) => drop(canvas.put(x, area.y, room, Role::Faint, &format!("{value}  ← {from}"))),
        None => drop(canvas.put(x, area.y, room, Role::Text, &value)),
    }
    if is_current {
        canvas.look(area, Role::Selected);
        canvas.put(area.x, area.y, 1, Role::Selected, "›");
        canvas.cursor = Some(ratatui::layout::Position::new(area.x, area.y));
    }
}

fn editor(state: &State, area: Rect, canvas: &mut Canvas<'_>) {
    let Some(input) = &state.input else { return };
    let x = area.x + NAMES.min(area.width);
    let area = Rect { x, width: area.right().saturating_sub(x), ..area };
    canvas.put(x.saturating_sub(2), area.y, 1, Role::Key, "│");
    canvas.text_area(area, Role::Input, &input.text, input.caret);
}

/// The reference with what was typed, and what the rules say of it.
fn below(state: &State, area: Rect, canvas: &mut Canvas<'_>) {
    let room = usize::from(area.width.saturating_sub(2)).max(1);
    let mut y = area.y;
    let problems: Vec<String> = state
        .problems
        .iter()
        .flat_map(|it| {
            let text = format!("! {}", canvas.paint.words(it));
            let lines = wrap(&text, room);
            lines.into_iter().map(|line| text[line].to_owned()).collect::<Vec<_>>()
        })
        .collect();
    if area.height >= 6 {
        let rule = "─".repeat(usize::from(area.width));
        canvas.put(area.x, y, area.width, Role::Border, &rule);
        y += 1;
        let kept = problems.len().clamp(1, 4) as u16;
        let lines = preview::rich(&state.reference, room);
        for line in lines.iter().take(usize::from(area.height.saturating_sub(1 + kept))) {
            let mut x = area.x + 1;
            for (role, text) in line {
                x = canvas.put(x, y, area.right().saturating_sub(x), *role, text);
            }
            y += 1;
        }
    }
    for (text, y) in problems.iter().zip(y..area.bottom()) {
        canvas.put(area.x + 1, y, area.width.saturating_sub(2), Role::Warning, text);
    }
}

/// The values of the library that would complete what is typed, below the line.
fn proposals(state: &State, area: Rect, canvas: &mut Canvas<'_>) {
    let fitting = state.fitting();
    let x = area.x + NAMES.min(area.width);
    for ((at, value), y) in fitting.iter().enumerate().zip(area.y..area.bottom()) {
        let line = Rect { x, y, width: area.right().saturating_sub(x).min(60), height: 1 };
        canvas.clear(line, Role::Bar);
        let role = if state.proposed == Some(at) { Role::Selected } else { Role::Bar };
        canvas.look(line, role);
        let sign = if state.proposed == Some(at) { "› " } else { "  " };
        canvas.put(x, y, line.width, role, &format!("{sign}{value}"));
    }
}
