//! What helps in finding: completion of the query, saved searches, entries like one.

use super::State;
use super::state::Pane;
use super::update::{ask_for, asked_anew};
use crate::tui::effect::Effect;
use crate::tui::find::{Completion, Saved, Sort};
use crate::tui::input::Input;

/// Asks what the query can go on with, where that is not known yet.
pub fn settle(state: &mut State) -> Option<Effect> {
    let now = (state.input.text.clone(), state.input.caret);
    if state.pane != Pane::Search || state.taken.is_some() || state.completed == now {
        return None;
    }
    state.completed.clone_from(&now);
    let (query, caret) = now;
    if query.is_empty() {
        state.completion = earlier(&state.history);
        return None;
    }
    Some(Effect::Complete { query, caret })
}

/// Earlier searches, where nothing is typed yet.
fn earlier(history: &[String]) -> Option<Completion> {
    let offers: Vec<(String, usize)> = history.iter().rev().map(|it| (it.clone(), 0)).collect();
    (!offers.is_empty()).then(|| Completion { offers, ..Completion::default() })
}

/// Takes in what the query can go on with; a late answer is dropped.
pub fn came(state: &mut State, completion: Completion) {
    if (&completion.query, completion.caret) == (&state.input.text, state.input.caret) {
        state.completion = Some(completion).filter(|it| !it.offers.is_empty());
    }
}

/// Puts the first (or the next) of what the query can go on with in its place.
pub fn complete(state: &mut State) {
    let Some(completion) = &state.completion else { return };
    let next = state.taken.map_or(0, |at| (at + 1) % completion.offers.len().max(1));
    let Some((offer, _)) = completion.offers.get(next) else { return };
    let (before, after) = (
        completion.query.get(..completion.at.start).unwrap_or_default(),
        completion.query.get(completion.at.end..).unwrap_or_default(),
    );
    let text = format!("{before}{offer}{after}");
    let caret = before.len() + offer.len();
    state.input.replace(&text);
    state.input.caret = caret;
    state.taken = Some(next);
    ask_for(state, text);
}

/// What was typed or moved ends the completion that goes on.
pub fn end(state: &mut State) {
    state.taken = None;
    state.completion = None;
}

/// Runs a search that was made before.
pub fn run(state: &mut State, query: &str) {
    state.pane = if state.pane == Pane::Facets { Pane::Facets } else { Pane::List };
    state.input = Input::new(query);
    end(state);
    ask_for(state, query.to_owned());
}

/// Runs the saved search with this number, from 0; `false` where there is none.
pub fn saved(state: &mut State, number: usize) -> bool {
    let Some(Saved { query, .. }) = state.saved.get(number).cloned() else { return false };
    run(state, &query);
    true
}

/// Shows entries like the one the cursor is on.
pub fn alike(state: &mut State) {
    let Some(id) = state.current().map(|row| row.id.clone()) else { return };
    state.question.query = String::new();
    state.question.narrowings.clear();
    state.question.like = Some(id);
    state.question.sort = Sort::Relevance;
    state.pane = Pane::List;
    asked_anew(state);
}
