//! The lists from which one is chosen: made from the command table and the keymap, never by hand.

use super::available::why_not;
use super::command::{Command, Context};
use super::effect::Format;
use super::keymap::{Keymap, shown};
use super::screens::choice::State as Choice;
use super::screens::choice::state::{Item, Label, Pick};
use super::state::State;

/// Every command of the palette.
pub fn palette(state: &State, keymap: &Keymap) -> Choice {
    let mut commands: Vec<Command> =
        Command::ALL.iter().copied().filter(|command| command.in_palette()).collect();
    commands.sort_by_key(|command| command.section());
    let items = commands
        .into_iter()
        .map(|command| {
            let keys = keymap.keys(Context::List, command).into_iter().next();
            item(state, command, keys.unwrap_or_default())
        })
        .collect();
    Choice::new("tui.palette", items)
}

/// The keys of what is in front.
pub fn help(state: &State, keymap: &Keymap) -> Choice {
    let mut bound: Vec<(Command, Vec<String>)> = Vec::new();
    for (chord, command) in keymap.beginning(state.context(), &[]) {
        match bound.iter_mut().find(|(known, _)| *known == command) {
            Some((_, keys)) => keys.push(shown(&chord)),
            None => bound.push((command, vec![shown(&chord)])),
        }
    }
    bound.sort_by_key(|(command, _)| command.section());
    let items =
        bound.into_iter().map(|(command, keys)| item(state, command, keys.join("  "))).collect();
    Choice::new("tui.help", items)
}

/// The forms in which entries leave the program.
pub fn formats() -> Choice {
    let items = FORMATS
        .iter()
        .map(|(format, about)| Item {
            name: Label::Text(format.name.to_owned()),
            keys: format!(".{}", format.extension),
            about: Label::Id(about),
            why_not: None,
            pick: Pick::Format(format.clone()),
        })
        .collect();
    Choice::new("tui.formats", items)
}

const FORMATS: &[(Format, &str)] =
    &[(Format { name: "bib", extension: "bib", is_list: false }, "tui.format.bib")];

fn item(state: &State, command: Command, keys: String) -> Item {
    Item {
        name: Label::Id(command.id()),
        keys,
        about: Label::Id(command.about()),
        why_not: why_not(state, command),
        pick: Pick::Command(command),
    }
}
