//! State → frame. Reads only: the same state gives the same frame.

use super::canvas::Canvas;
use super::cells::width;
use super::command::Context;
use super::find::Completion;
use super::hints;
use super::keymap::Keymap;
use super::layout::{Areas, areas};
use super::paint::{Paint, Role};
use super::reply::Working;
use super::screens::{choice, confirm, form, list, page, problems, prompt, review};
use super::state::{Notice, Over, State};
use crate::text::said::plain;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Draws `state` into `frame`.
pub fn view(state: &State, keymap: &Keymap, paint: &Paint, frame: &mut Frame<'_>) {
    // While the terminal changes its size, frame and state may differ for a moment.
    if let Some(cursor) = draw(state, keymap, paint, frame.buffer_mut()) {
        frame.set_cursor_position(cursor);
    }
}

/// Draws `state` into `buffer`; gives where the cursor stands.
pub fn draw(
    state: &State,
    keymap: &Keymap,
    paint: &Paint,
    buffer: &mut Buffer,
) -> Option<Position> {
    let whole = buffer.area;
    let mut canvas = Canvas { buffer, paint, cursor: None };
    canvas.clear(whole, Role::Text);
    let areas = areas(state);
    list::view::view(state, &areas, &mut canvas);
    match state.over.last() {
        Some(Over::Choice(it)) => choice::view::view(it, state, &mut canvas),
        Some(Over::Prompt(it)) => prompt::view::view(it, state, &mut canvas),
        Some(Over::Confirm(it)) => confirm::view::view(it, state, &mut canvas),
        Some(Over::Page(it)) => page::view::view(it, state, &mut canvas),
        Some(Over::Form(it)) => form::view::view(it, state, &mut canvas),
        Some(Over::Review(it)) => review::view::view(it, state, &mut canvas),
        Some(Over::Problems(it)) => problems::view::view(it, state, &mut canvas),
        None => {}
    }
    foot(state, keymap, &areas, &mut canvas);
    which_key(state, keymap, &mut canvas);
    canvas.cursor
}

/// The line at the foot: what there is to say, else hints.
fn foot(state: &State, keymap: &Keymap, areas: &Areas, canvas: &mut Canvas<'_>) {
    // On the smallest screens something that must be said takes the last line of the list.
    let height = state.size.1;
    let last = Rect::new(0, height.saturating_sub(1), state.size.0, height.min(1));
    let area = match (areas.foot, &state.notice) {
        (Some(area), _) => area,
        (None, Some(_)) => last,
        (None, None) if state.working.is_some() => last,
        (None, None) => return,
    };
    if let Some(working) = &state.working {
        let text = going_on(working, canvas.paint);
        canvas.clear(area, Role::Text);
        canvas.put(area.x, area.y, area.width, Role::Notice, &text);
        return;
    }
    if let Some(notice) = &state.notice {
        let (role, sign, text) = said(notice, canvas.paint);
        canvas.clear(area, Role::Text);
        let x = canvas.put(area.x, area.y, area.width, role, sign);
        canvas.put(x, area.y, area.width.saturating_sub(x), role, &text);
        return;
    }
    if let (Context::Search, Some(completion)) = (state.context(), &state.list.completion) {
        offers(completion, state.list.taken, area, canvas);
        return;
    }
    for hint in hints::line(state, keymap, area.width) {
        let x = area.x + hint.x;
        let x = canvas.put(x, area.y, area.right().saturating_sub(x), Role::Key, &hint.keys) + 1;
        canvas.put(x, area.y, area.right().saturating_sub(x), Role::Faint, hint.name);
    }
}

/// What the query can go on with, each with how many entries have it.
fn offers(completion: &Completion, taken: Option<usize>, area: Rect, canvas: &mut Canvas<'_>) {
    let mut x = canvas.put(area.x, area.y, area.width, Role::Key, "Tab") + 1;
    let first = taken.unwrap_or(0).saturating_sub(3);
    for (at, (offer, count)) in completion.offers.iter().enumerate().skip(first) {
        let room = |x: u16| area.right().saturating_sub(x);
        if room(x) < 6 {
            return;
        }
        let role = if taken == Some(at) { Role::Selected } else { Role::Text };
        x = canvas.put(x, area.y, room(x), role, offer);
        if *count > 0 {
            x = canvas.put(x, area.y, room(x), Role::Count, &format!(" {count}"));
        }
        x = canvas.put(x, area.y, room(x), Role::Faint, "  ");
    }
}

/// What goes on, how far it has come, and that it can be stopped.
fn going_on(working: &Working, paint: &Paint) -> String {
    let what = paint.plain(working.what);
    let mut text = match working.all {
        Some(all) => format!("… {what} {} %", working.done * 100 / all.max(1)),
        None if working.done > 0 => format!("… {what} {}", working.done),
        None => format!("… {what}"),
    };
    if working.can_stop {
        text.push_str(" · ");
        text.push_str(paint.plain("tui.can-stop"));
    }
    text
}

/// What a notice says in one line, with a sign of its own for each kind.
pub fn said(notice: &Notice, paint: &Paint) -> (Role, &'static str, String) {
    match notice {
        Notice::Good(said) => (Role::Notice, "✓ ", paint.words(said)),
        Notice::Refused(said) => (Role::Warning, "– ", paint.words(said)),
        Notice::Trouble(trouble) => {
            let mut text = paint.words(&trouble.said);
            if let Some(cause) = &trouble.cause {
                text.push_str(": ");
                text.push_str(cause);
            }
            for hint in &trouble.hints {
                text.push_str(" · ");
                text.push_str(&paint.words(hint));
            }
            (Role::Error, "! ", text)
        }
    }
}

/// What may follow the presses made so far.
fn which_key(state: &State, keymap: &Keymap, canvas: &mut Canvas<'_>) {
    if state.chord.is_empty() {
        return;
    }
    let begun = state.chord.len();
    let follow = keymap.beginning(state.context(), &state.chord);
    let mut lines: Vec<(String, &str)> = Vec::new();
    for (chord, command) in &follow {
        let keys = super::keymap::shown(chord.get(begun..).unwrap_or_default());
        let about = plain(command.about(), state.language).unwrap_or_default();
        match lines.iter_mut().find(|(_, known)| *known == about) {
            Some((known, _)) => {
                known.push_str(", ");
                known.push_str(&keys);
            }
            None => lines.push((keys, about)),
        }
    }
    let keys_wide = lines.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0) as u16;
    let about_wide = lines.iter().map(|(_, about)| width(about)).max().unwrap_or(0) as u16;
    let size = state.size;
    let wide = (keys_wide + about_wide + 6).min(size.0);
    let high = (lines.len() as u16 + 2).min(size.1.saturating_sub(1));
    let area = Rect::new(size.0 - wide, size.1.saturating_sub(high + 1), wide, high);
    canvas.clear(area, Role::Popup);
    let id = format!("tui.prefix.{}", super::keymap::written(&state.chord));
    let title = plain(&id, state.language).unwrap_or_default();
    let inner = canvas.frame(area, title, "", true);
    for ((keys, about), y) in lines.iter().zip(inner.y..inner.bottom()) {
        canvas.put(inner.x + 1, y, keys_wide, Role::Key, keys);
        let x = inner.x + keys_wide + 3;
        canvas.put(x, y, inner.right().saturating_sub(x), Role::Text, about);
    }
}
