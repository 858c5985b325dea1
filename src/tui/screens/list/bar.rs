//! The line at the top: the library, or what is asked of it.

use super::state::{Pane, State};
use super::view::facet_words;
use crate::text::said::Said;
use crate::tui::canvas::Canvas;
use crate::tui::cells::{cut, width};
use crate::tui::find::Narrowing;
use crate::tui::paint::Role;
use crate::tui::state::State as Whole;
use ratatui::layout::Rect;

/// Draws the line at the top.
pub fn view(whole: &Whole, area: Rect, canvas: &mut Canvas<'_>) {
    let state = &whole.list;
    canvas.clear(area, Role::Bar);
    let right = right(state, canvas);
    let most = usize::from(area.width / if right.is_empty() { 1 } else { 3 });
    let right = cut(&right, most.saturating_sub(2)).into_owned();
    let taken = if right.is_empty() { 0 } else { width(&right) as u16 + 2 };
    canvas.put(area.right().saturating_sub(taken), area.y, taken, Role::Bar, &right);
    let left = Rect { width: area.width.saturating_sub(taken), ..area };
    let narrowed = narrowed(state, canvas);
    if state.pane == Pane::Search {
        let x = canvas.put(left.x, left.y, left.width, Role::Bar, " / ");
        let (before, after) = state.input.parts();
        // The narrowings stand behind, where there is room for both.
        let room = left.right().saturating_sub(x);
        let typed = (width(before) + width(after)) as u16 + 2;
        let behind = width(&narrowed) as u16;
        let is_both = typed.saturating_add(behind) < room;
        let line = Rect { x, width: if is_both { room - behind } else { room }, ..left };
        canvas.input(line, Role::Bar, before, after);
        if is_both {
            canvas.put(x + typed, left.y, behind, Role::Bar, &narrowed);
        }
        return;
    }
    let query = state.question.query.trim();
    let mut text = match &state.question.like {
        Some(id) => format!(" ≈ {}", canvas.paint.words(&Said::new("tui.alike").with("key", id))),
        None if !query.is_empty() => format!(" / {query}"),
        None => format!(" kilde · {}", whole.title),
    };
    text.push_str(&narrowed);
    canvas.put(left.x, left.y, left.width, Role::Bar, &text);
}

/// What narrows the list beside the query.
fn narrowed(state: &State, canvas: &Canvas<'_>) -> String {
    let mut text = String::new();
    for Narrowing { facet, value, keeps } in &state.question.narrowings {
        text.push_str(if *keeps { " · " } else { " · ≠ " });
        text.push_str(&facet_words(*facet, value, canvas.paint.language));
    }
    if state.question.only.is_some() {
        text.push_str(" · ");
        text.push_str(canvas.paint.plain("tui.only-marked"));
    }
    text
}

/// What there is to know: how the words were widened, or that they were not, and what of the files
/// cannot be read.
fn right(state: &State, canvas: &Canvas<'_>) -> String {
    if state.question.query.trim().is_empty() {
        if state.problems == 0 {
            return String::new();
        }
        let said = Said::new("tui.unreadable-blocks").with("count", state.problems);
        return format!("! {}", canvas.paint.words(&said));
    }
    if state.question.exact {
        return canvas.paint.plain("tui.not-widened").to_owned();
    }
    if state.widened.is_empty() { String::new() } else { format!("+ {}", state.widened.join(", ")) }
}
