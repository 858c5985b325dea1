//! Which commands can be run now, and why the others cannot: nothing is greyed out without a word.

use super::command::Command;
use super::state::State;

/// The id of why `command` cannot be run now; `None` when it can.
pub fn why_not(state: &State, command: Command) -> Option<&'static str> {
    let list = &state.list;
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
        Command::Cancel if state.indexing.is_none() => Some("tui.why.nothing-under-way"),
        Command::LastSearch if list.history.is_empty() => Some("tui.why.no-history"),
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
