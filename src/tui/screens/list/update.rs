//! What follows from a command on the list.

use super::State;
use super::finding;
use super::state::{FacetLine, Pane};
use crate::text::said::Language;
use crate::tui::command::Command;
use crate::tui::effect::{Effect, Look, Marking};
use crate::tui::find::{Narrowing, Question, Sort};
use crate::tui::input::Input;
use crate::tui::layout::{Areas, inside, scrolled};

/// Does what `command` says; `None` where the command is none of the list's.
pub fn run(state: &mut State, command: Command, height: usize) -> Option<Vec<Effect>> {
    let half = (height / 2).max(1);
    let page = height.saturating_sub(1).max(1);
    match command {
        Command::Down => go(state, 1),
        Command::Up => go(state, -1),
        Command::HalfPageDown => go(state, half as isize),
        Command::HalfPageUp => go(state, -(half as isize)),
        Command::PageDown => go(state, page as isize),
        Command::PageUp => go(state, -(page as isize)),
        Command::First => go(state, isize::MIN),
        Command::Last => go(state, isize::MAX),
        Command::ScrollDown => state.preview_top += 1,
        Command::ScrollUp => state.preview_top = state.preview_top.saturating_sub(1),
        Command::NextPane | Command::PreviousPane => next_pane(state, command),
        Command::Right | Command::Open => state.pane = right_of(state.pane),
        Command::Left => left(state),
        Command::Back => back(state),
        Command::Search => {
            state.pane = Pane::Search;
            state.input = Input::new(&state.question.query);
            (state.recalled, state.completed) = (None, Default::default());
            finding::end(state);
            if state.input.text.is_empty() {
                state.completed.1 = usize::MAX;
            }
        }
        Command::Accept if state.pane == Pane::Search => {
            state.pane = Pane::List;
            return Some(remember(state));
        }
        Command::ClearSearch => {
            let effects = remember(state);
            state.pane = Pane::List;
            state.input = Input::default();
            ask_for(state, String::new());
            return Some(effects);
        }
        Command::Alike => finding::alike(state),
        Command::Complete if state.pane == Pane::Search => finding::complete(state),
        saved if saved.number().is_some() => {
            finding::saved(state, saved.number().unwrap_or_default());
        }
        Command::LastSearch => {
            if let Some(last) = state.history.last().cloned() {
                ask_for(state, last);
            }
        }
        Command::TextPrevious => recall(state, true),
        Command::TextNext => recall(state, false),
        Command::Facets => {
            let shown = state.pane == Pane::Facets;
            state.room.facets = Some(!shown);
            state.pane = if shown { Pane::List } else { Pane::Facets };
        }
        Command::ToggleFacet => narrow(state, true),
        Command::ExcludeFacet => narrow(state, false),
        Command::ClearFacets => {
            state.question.narrowings.clear();
            state.question.only = None;
            asked_anew(state);
        }
        Command::Mark => {
            if let Some(id) = state.current().map(|row| row.id.clone()) {
                if !state.marks.remove(&id) {
                    state.marks.insert(id);
                }
                go(state, 1);
            }
        }
        Command::MarkRange => match state.anchor.take() {
            None => state.anchor = Some(state.row),
            Some(anchor) => {
                let rows = anchor.min(state.row)..anchor.max(state.row) + 1;
                return Some(vec![ids(state, rows, Marking::Add)]);
            }
        },
        Command::MarkAll => {
            let rows = 0..state.total;
            return Some(vec![ids(state, rows, Marking::Add)]);
        }
        Command::MarkInvert => {
            let rows = 0..state.total;
            return Some(vec![ids(state, rows, Marking::Invert)]);
        }
        Command::MarkNone => {
            state.marks.clear();
            state.anchor = None;
        }
        Command::OnlyMarked => {
            state.question.only = match state.question.only {
                None if !state.marks.is_empty() => Some(state.marks.clone()),
                _ => None,
            };
            asked_anew(state);
        }
        Command::NextStyle => {
            state.style = (state.style + 1) % state.styles.len().max(1);
        }
        Command::PreviousStyle => {
            let count = state.styles.len().max(1);
            state.style = (state.style + count - 1) % count;
        }
        Command::Widening => {
            state.question.exact = !state.question.exact;
            asked_anew(state);
        }
        Command::SortAuthor => sort(state, Sort::Author),
        Command::SortYear => sort(state, Sort::Year),
        Command::SortTitle => sort(state, Sort::Title),
        Command::SortRelevance => sort(state, Sort::Relevance),
        Command::TogglePreview => {
            let shown = state.room.preview.unwrap_or(true);
            state.room.preview = Some(!shown);
            if shown && state.pane == Pane::Preview {
                state.pane = Pane::List;
            }
        }
        Command::Widen => resize(state, 4),
        Command::Narrow => resize(state, -4),
        Command::Zoom => state.room.zoomed = !state.room.zoomed,
        other if state.pane == Pane::Search => {
            let before = state.input.text.clone();
            if !state.input.run(other) {
                return None;
            }
            finding::end(state);
            if state.input.text != before {
                let query = state.input.text.clone();
                ask_for(state, query);
            }
        }
        _ => return None,
    }
    Some(Vec::new())
}

/// Takes in text that was typed or pasted into the search line.
pub fn typed(state: &mut State, text: &str) {
    finding::end(state);
    state.input.insert(text);
    let query = state.input.text.clone();
    ask_for(state, query);
}

/// Puts the cursor on the entry at `position`.
pub fn go_to(state: &mut State, position: usize) {
    state.row = position.min(state.total.saturating_sub(1));
}

/// Keeps the cursor in sight and asks for what is missing: rows and preview.
pub fn settle(state: &mut State, areas: &Areas, frame: bool, language: Language) -> Vec<Effect> {
    let height = |area: Option<ratatui::layout::Rect>| {
        area.map_or(1, |area| usize::from(inside(area, frame).height).max(1))
    };
    let rows = height(areas.list);
    state.row = state.row.min(state.total.saturating_sub(1));
    state.top = scrolled(state.top, state.row, rows, state.total);
    let lines = state.facet_lines().len();
    state.facet_row = state.facet_row.min(lines.saturating_sub(1));
    state.facet_top = scrolled(state.facet_top, state.facet_row, height(areas.facets), lines);
    let mut effects: Vec<Effect> = finding::settle(state).into_iter().collect();
    let shown = state.top..(state.top + rows).min(state.total);
    let has = |range: &std::ops::Range<usize>| range.start <= shown.start && shown.end <= range.end;
    let at_hand = state.from..state.from + state.rows.len();
    let is_asked = state.answered < state.ticket && has(&state.wanted);
    if state.is_stale || (state.is_open && !has(&at_hand) && !is_asked) {
        effects.push(find(state, rows, None));
    }
    if state.answered < state.ticket {
        return effects;
    }
    let look = Look { style: state.style_name().to_owned(), language };
    if let Some(id) = state.current().map(|row| row.id.clone())
        && areas.preview.is_some()
        && (&state.previewed.0, &state.previewed.1) != (&id, &look)
    {
        if state.previewed.0 != id {
            state.preview_top = 0;
        }
        state.previewed = (id.clone(), look.clone());
        state.preview_ticket += 1;
        effects.push(Effect::Preview { ticket: state.preview_ticket, id, look });
    }
    effects
}

/// The question as it stands, for the rows around the cursor; `keep` names an entry on which the
/// cursor should stay.
pub fn find(state: &mut State, height: usize, keep: Option<String>) -> Effect {
    // A few screens around what is shown, so that scrolling does not ask at every step.
    let from = state.top.saturating_sub(height * 2);
    state.wanted = from..state.top + height * 3 + 50;
    state.ticket += 1;
    state.is_stale = false;
    let is_typing = state.pane == Pane::Search;
    let question =
        Question { rows: state.wanted.clone(), keep, is_typing, ..state.question.clone() };
    Effect::Find { ticket: state.ticket, question }
}

/// Marks what was asked for.
pub fn mark(state: &mut State, ids: Vec<String>, marking: Marking) {
    state.is_marking = false;
    for id in ids {
        if marking == Marking::Add || !state.marks.remove(&id) {
            state.marks.insert(id);
        }
    }
}

fn ids(state: &mut State, rows: std::ops::Range<usize>, marking: Marking) -> Effect {
    state.is_marking = true;
    Effect::Ids { question: Question { rows, ..state.question.clone() }, marking }
}

/// Asks `query`, from the top.
pub(super) fn ask_for(state: &mut State, query: String) {
    if state.question.like.take().is_some() {
        asked_anew(state);
    }
    let was_empty = state.question.query.trim().is_empty();
    let is_empty = query.trim().is_empty();
    if was_empty && !is_empty && state.question.sort == Sort::Author {
        state.question.sort = Sort::Relevance;
    } else if is_empty && state.question.sort == Sort::Relevance {
        state.question.sort = Sort::Author;
    }
    if state.question.query != query {
        state.question.query = query;
        asked_anew(state);
    }
}

/// What was at hand no longer answers the question.
pub(super) fn asked_anew(state: &mut State) {
    (state.row, state.top, state.anchor) = (0, 0, None);
    // `settle` asks; the old rows stay until the answer comes.
    state.is_stale = true;
}

fn sort(state: &mut State, sort: Sort) {
    if state.question.sort != sort {
        state.question.sort = sort;
        asked_anew(state);
    }
}

fn go(state: &mut State, by: isize) {
    let moved = |at: usize, count: usize| at.saturating_add_signed(by).min(count.saturating_sub(1));
    match state.pane {
        Pane::List | Pane::Search => state.row = moved(state.row, state.total),
        Pane::Facets => state.facet_row = moved(state.facet_row, state.facet_lines().len()),
        Pane::Preview => {
            state.preview_top = state.preview_top.saturating_add_signed(by).min(usize::MAX / 2);
        }
    }
}

fn next_pane(state: &mut State, command: Command) {
    let panes: &[Pane] = if state.room.facets == Some(false) {
        &[Pane::List, Pane::Preview]
    } else {
        &[Pane::List, Pane::Preview, Pane::Facets]
    };
    let at = panes.iter().position(|it| *it == state.pane).unwrap_or(0);
    let step = if command == Command::NextPane { 1 } else { panes.len() - 1 };
    state.pane = panes[(at + step) % panes.len()];
}

fn right_of(pane: Pane) -> Pane {
    match pane {
        Pane::Facets => Pane::List,
        Pane::List | Pane::Search | Pane::Preview => Pane::Preview,
    }
}

fn left(state: &mut State) {
    state.pane = match state.pane {
        Pane::Preview => Pane::List,
        Pane::List if state.room.facets != Some(false) => Pane::Facets,
        other => other,
    };
}

/// Out of whatever is in front, one step at a time, and last of all out of the search.
fn back(state: &mut State) {
    if state.room.zoomed {
        state.room.zoomed = false;
    } else if state.pane != Pane::List {
        state.pane = Pane::List;
    } else if state.anchor.is_some() {
        state.anchor = None;
    } else if !state.question.query.is_empty() || state.question.like.is_some() {
        ask_for(state, String::new());
    } else if !state.question.narrowings.is_empty() || state.question.only.is_some() {
        state.question.narrowings.clear();
        state.question.only = None;
        asked_anew(state);
    }
}

/// How many searches are remembered.
const HISTORY: usize = 50;

/// Puts the query into the history, which is kept for the next start.
fn remember(state: &mut State) -> Vec<Effect> {
    let query = state.question.query.trim().to_owned();
    if query.is_empty() || state.history.last() == Some(&query) {
        return Vec::new();
    }
    state.history.retain(|it| *it != query);
    state.history.push(query);
    let older = state.history.len().saturating_sub(HISTORY);
    state.history.drain(..older);
    vec![Effect::Remember { name: "history", value: state.history.join("\n") }]
}

fn recall(state: &mut State, earlier: bool) {
    let count = state.history.len();
    let at = match (state.recalled, earlier) {
        (None, true) => count.checked_sub(1),
        (Some(at), true) => Some(at.saturating_sub(1)),
        (Some(at), false) if at + 1 < count => Some(at + 1),
        (_, false) => None,
    };
    state.recalled = at;
    let query = at.and_then(|at| state.history.get(at)).cloned().unwrap_or_default();
    state.input = Input::new(&query);
    ask_for(state, query);
}

fn narrow(state: &mut State, keeps: bool) {
    let lines = state.facet_lines();
    match lines.get(state.facet_row) {
        Some(FacetLine::Head(facet)) => {
            let facet = *facet;
            if !state.closed.remove(&facet) {
                state.closed.insert(facet);
            }
        }
        Some(FacetLine::Value(facet, value, ..)) => {
            let wanted = Narrowing { facet: *facet, value: (*value).to_owned(), keeps };
            let same = |it: &Narrowing| it.facet == wanted.facet && it.value == wanted.value;
            let was = state.question.narrowings.iter().position(same);
            match was.map(|at| state.question.narrowings.remove(at)) {
                Some(old) if old.keeps == keeps => {}
                _ => state.question.narrowings.push(wanted),
            }
            asked_anew(state);
        }
        Some(FacetLine::Saved(at, ..)) => {
            let at = *at;
            finding::saved(state, at);
        }
        Some(FacetLine::SavedHead) | None => {}
    }
}

fn resize(state: &mut State, by: i16) {
    let room = &mut state.room;
    match state.pane {
        Pane::Facets => room.facets_by = (room.facets_by + by).clamp(-200, 200),
        Pane::Preview => room.preview_by = (room.preview_by + by).clamp(-200, 200),
        // Wider list, smaller preview.
        Pane::List | Pane::Search => room.preview_by = (room.preview_by - by).clamp(-200, 200),
    }
}
