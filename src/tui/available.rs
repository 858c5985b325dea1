//! Which commands can be run now, and why the others cannot: nothing is greyed out without a word.

use super::change::Problem;
use super::command::{Command, Section};
use super::review::Kind;
use super::screens::review;
use super::state::{Over, State};

/// The id of why `command` cannot be run now; `None` when it can.
pub fn why_not(state: &State, command: Command) -> Option<&'static str> {
    let list = &state.list;
    let is_about_marked = matches!(command.section(), Section::Take | Section::Change);
    if list.is_marking && is_about_marked && state.over.is_empty() {
        // Which entries are meant is not known yet.
        return Some("tui.why.marking");
    }
    match command {
        Command::YankReference
        | Command::YankCitation
        | Command::YankKey
        | Command::YankBib
        | Command::YankDoi
        | Command::YankUrl
        | Command::YankHtml
        | Command::OpenFullText
        | Command::OpenDoi
        | Command::OpenUrl
        | Command::Edit
        | Command::EditText
        | Command::SetField
        | Command::Tag
        | Command::Status
        | Command::Rename
        | Command::Remove
        | Command::Fix
        | Command::Export
            if list.meant().is_empty() =>
        {
            Some("tui.why.no-entry")
        }
        Command::Decide
        | Command::TakeAsNew
        | Command::MergeInto
        | Command::LeaveOut
        | Command::Reject
            if review(state)
                .is_some_and(|it| it.review.kind == Kind::Duplicates && !it.in_fields) =>
        {
            Some("tui.why.only-import")
        }
        Command::KeepOther | Command::KeepApart
            if review(state).is_some_and(|it| it.review.kind == Kind::Import) =>
        {
            Some("tui.why.only-duplicates")
        }
        Command::SavedSearches if list.saved.is_empty() => Some("tui.why.no-saved"),
        saved if saved.number().is_some_and(|at| at >= list.saved.len()) => {
            Some("tui.why.no-such-saved")
        }
        Command::SaveSearch
            if list.question.query.trim().is_empty() && list.question.narrowings.is_empty() =>
        {
            Some("tui.why.no-query")
        }
        Command::Alike if list.current().is_none() => Some("tui.why.no-entry"),
        Command::FixThis | Command::FixRule if has_no_fix(state) => Some("tui.why.no-fix"),
        Command::EditText if is_outside_entries(state) => Some("tui.why.no-entry"),
        Command::Mark | Command::MarkRange | Command::MarkAll | Command::MarkInvert
            if list.total == 0 =>
        {
            Some("tui.why.no-entry")
        }
        Command::MarkNone if list.marks.is_empty() && list.anchor.is_none() => {
            Some("tui.why.no-mark")
        }
        Command::OnlyMarked if list.marks.is_empty() && list.question.only.is_none() => {
            Some("tui.why.no-mark")
        }
        Command::ClearFacets
            if list.question.narrowings.is_empty() && list.question.only.is_none() =>
        {
            Some("tui.why.no-narrowing")
        }
        Command::Cancel if state.indexing.is_none() && state.working.is_none() => {
            Some("tui.why.nothing-under-way")
        }
        Command::LastSearch | Command::SearchHistory if list.history.is_empty() => {
            Some("tui.why.no-history")
        }
        Command::Rename if list.marks.len() > 1 => Some("tui.why.one-entry"),
        Command::NextStyle | Command::PreviousStyle | Command::ChooseStyle
            if list.styles.len() < 2 =>
        {
            Some("tui.why.no-style")
        }
        Command::SortRelevance if list.question.query.trim().is_empty() => Some("tui.why.no-query"),
        _ => None,
    }
}

fn review(state: &State) -> Option<&review::State> {
    match state.over.last() {
        Some(Over::Review(it)) => Some(it),
        _ => None,
    }
}

fn problem(state: &State) -> Option<&Problem> {
    match state.over.last() {
        Some(Over::Problems(it)) => it.current().map(|(_, it)| it),
        _ => None,
    }
}

fn has_no_fix(state: &State) -> bool {
    problem(state).is_none_or(|it| it.fix.is_none())
}

fn is_outside_entries(state: &State) -> bool {
    problem(state).is_some_and(|it| it.id.is_empty())
}
