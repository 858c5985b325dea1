//! The hints at the foot: what is most worth knowing in this context, as many as there is room for.

use super::available::why_not;
use super::cells::width;
use super::command::{Command, Context};
use super::keymap::Keymap;
use super::state::State;
use crate::text::said::plain;

/// One hint and where it stands in the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The first cell.
    pub x: u16,
    /// The key.
    pub keys: String,
    /// The short name.
    pub name: &'static str,
    /// What a click does.
    pub command: Command,
}

/// What is most worth knowing in each context, the most important first; the last two always fit
/// last: help and the way out.
fn worth(context: Context) -> &'static [Command] {
    match context {
        Context::Search => {
            &[Command::Accept, Command::ClearSearch, Command::TextPrevious, Command::Down]
        }
        Context::Facets => &[
            Command::ToggleFacet,
            Command::ExcludeFacet,
            Command::ClearFacets,
            Command::Back,
            Command::Help,
        ],
        Context::Choice => &[Command::Accept, Command::Back, Command::Down],
        Context::Prompt => &[Command::Accept, Command::Back],
        Context::Confirm => &[Command::Yes, Command::Back],
        Context::Page => &[Command::Accept, Command::Back, Command::PageDown],
        Context::Form => &[
            Command::Accept,
            Command::AddField,
            Command::RemoveField,
            Command::AddItem,
            Command::ChangeType,
            Command::Undo,
            Command::Back,
            Command::Help,
        ],
        Context::Field => &[
            Command::Accept,
            Command::Back,
            Command::Complete,
            Command::NewLine,
            Command::TextUndo,
        ],
        Context::Review => &[
            Command::Accept,
            Command::Decide,
            Command::TakeAsNew,
            Command::MergeInto,
            Command::LeaveOut,
            Command::Reject,
            Command::KeepOther,
            Command::KeepApart,
            Command::AcceptSure,
            Command::NextPane,
            Command::Back,
            Command::Help,
        ],
        Context::Problems => &[
            Command::FixThis,
            Command::Accept,
            Command::FixRule,
            Command::FixAll,
            Command::OnlyRule,
            Command::Excerpt,
            Command::Undo,
            Command::Back,
            Command::Help,
        ],
        Context::List | Context::Preview | Context::Text | Context::Any => &[
            Command::Help,
            Command::Quit,
            Command::Search,
            Command::Mark,
            Command::YankReference,
            Command::Export,
            Command::Edit,
            Command::Facets,
            Command::NextStyle,
            Command::Add,
            Command::SortAuthor,
            Command::Palette,
        ],
    }
}

/// The hints that fit in `room` cells.
pub fn line(state: &State, keymap: &Keymap, room: u16) -> Vec<Hint> {
    let context = state.context();
    let mut out = Vec::new();
    let mut x = 0_usize;
    for command in worth(context) {
        if super::available::why_not(state, *command).is_some() {
            continue;
        }
        let Some(mut keys) = keymap.keys(context, *command).into_iter().next() else { continue };
        // A review of duplicates has not what a review of an import has.
        if context == Context::Review && why_not(state, *command).is_some() {
            continue;
        }
        let mut name = plain(command.id(), state.language).unwrap_or_default();
        // A chord is hinted at by its first press and the name of what it opens.
        if let Some((first, _)) = keys.split_once(' ') {
            let id = format!("tui.prefix.{first}");
            if let Some(opens) = plain(&id, state.language) {
                name = opens;
                keys = first.to_owned();
            }
        }
        let takes = width(&keys) + 1 + width(name) + 2;
        if x + takes > usize::from(room) + 2 {
            break;
        }
        out.push(Hint { x: x as u16, keys, name, command: *command });
        x += takes;
    }
    out
}

/// The command of the hint at cell `x`.
pub fn at(state: &State, keymap: &Keymap, room: u16, x: u16) -> Option<Command> {
    line(state, keymap, room)
        .into_iter()
        .find(|hint| {
            let end = usize::from(hint.x) + width(&hint.keys) + 1 + width(hint.name);
            (usize::from(hint.x)..end).contains(&usize::from(x))
        })
        .map(|hint| hint.command)
}
