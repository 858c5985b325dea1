//! The lists from which one is chosen: made from the command table and the keymap, never by hand.

use super::available::why_not;
use super::command::{Command, Context};
use super::effect::Format;
use super::find::Saved;
use super::keymap::{Keymap, shown};
use super::screens::choice::State as Choice;
use super::screens::choice::state::{Item, Label, Pick};
use super::state::State;
use crate::check::Model;
use crate::cite::format::Format as List;
use crate::exchange;
use crate::text::said::known;

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
        .map(|format| Item {
            name: Label::Text(match format {
                Format::List(list) => format!("{list:?}"),
                Format::Data(data) => data.name().to_owned(),
            }),
            keys: format!(".{}", extension(*format)),
            about: Label::Id(match format {
                Format::List(_) => "tui.format.list",
                Format::Data(exchange::Format::Biblatex) => "tui.format.bib",
                Format::Data(_) => "tui.format.data",
            }),
            why_not: None,
            pick: Pick::Format(*format),
        })
        .collect();
    Choice::new("tui.formats", items)
}

/// The forms in the order in which they are offered.
const FORMATS: &[Format] = &[
    Format::Data(exchange::Format::Biblatex),
    Format::Data(exchange::Format::Ris),
    Format::List(List::Docx),
    Format::List(List::Odt),
    Format::List(List::Html),
    Format::List(List::Markdown),
    Format::List(List::Text),
    Format::List(List::Rtf),
    Format::List(List::Latex),
    Format::List(List::Typst),
    Format::Data(exchange::Format::Bibtex),
    Format::Data(exchange::Format::CslJson),
    Format::Data(exchange::Format::EndnoteXml),
    Format::Data(exchange::Format::Csv),
    Format::Data(exchange::Format::Hayagriva),
    Format::Data(exchange::Format::Jsonl),
];

/// The end of the name of a file in this form.
pub fn extension(format: Format) -> &'static str {
    match format {
        Format::List(list) => match list {
            List::Text => "txt",
            List::Markdown => "md",
            List::Html => "html",
            List::Rtf => "rtf",
            List::Docx => "docx",
            List::Odt => "odt",
            List::Latex => "tex",
            List::Typst => "typ",
            List::JsonLines => "jsonl",
        },
        Format::Data(data) => match data {
            exchange::Format::Biblatex | exchange::Format::Bibtex => "bib",
            exchange::Format::Ris => "ris",
            exchange::Format::CslJson => "json",
            exchange::Format::EndnoteXml | exchange::Format::Mods | exchange::Format::MarcXml => {
                "xml"
            }
            exchange::Format::Csv => "csv",
            exchange::Format::Tsv => "tsv",
            exchange::Format::CslYaml | exchange::Format::Hayagriva => "yaml",
            exchange::Format::Enw => "enw",
            exchange::Format::Jsonl => "jsonl",
            _ => "txt",
        },
    }
}

/// The styles there are.
pub fn styles(state: &State) -> Choice {
    let item = |(at, (name, title)): (usize, &(String, String))| Item {
        name: Label::Text(title.clone()),
        keys: String::new(),
        about: Label::Text(name.clone()),
        why_not: None,
        pick: Pick::Style(at),
    };
    let items = state.list.styles.iter().enumerate().map(item).collect();
    Choice::new("tui.styles", items)
}

/// The saved searches, each with its key.
pub fn saved_searches(state: &State) -> Choice {
    let item = |(at, saved): (usize, &Saved)| Item {
        name: Label::Text(saved.name.clone()),
        keys: if at < 9 { (at + 1).to_string() } else { String::new() },
        about: Label::Text(saved.query.clone()),
        why_not: None,
        pick: Pick::Search { query: saved.query.clone(), saved: Some(saved.name.clone()) },
    };
    Choice::new("tui.saved", state.list.saved.iter().enumerate().map(item).collect())
}

/// Earlier searches, the last one first.
pub fn history(state: &State) -> Choice {
    let item = |query: &String| Item {
        name: Label::Text(query.clone()),
        keys: String::new(),
        about: Label::Text(String::new()),
        why_not: None,
        pick: Pick::Search { query: query.clone(), saved: None },
    };
    Choice::new("tui.history", state.list.history.iter().rev().map(item).collect())
}

/// The screening statuses.
pub fn statuses() -> Choice {
    let item = |(status, id)| Item {
        name: Label::Id(id),
        keys: String::new(),
        about: Label::Text(String::new()),
        why_not: None,
        pick: Pick::Status(status),
    };
    let known = [
        ("included", "tui.status.included"),
        ("borderline", "tui.status.borderline"),
        ("excluded", "tui.status.excluded"),
        ("", "tui.status.none"),
    ];
    Choice::new("tui.statuses", known.map(item).into())
}

/// The entry types, of which one is chosen for `pick`.
pub fn types(pick: fn(String) -> Pick) -> Choice {
    let mut names: Vec<&str> = Model::get().type_names().collect();
    names.sort_unstable();
    let item = |name: &str| Item {
        name: Label::Text(name.to_owned()),
        keys: String::new(),
        about: type_words(name),
        why_not: None,
        pick: pick(name.to_owned()),
    };
    Choice::new("tui.types", names.into_iter().map(item).collect())
}

/// What people call an entry type, where it is one of the usual ones.
fn type_words(name: &str) -> Label {
    let id = known(&format!("tui.type.{name}"));
    id.map_or_else(|| Label::Text(String::new()), Label::Id)
}

fn item(state: &State, command: Command, keys: String) -> Item {
    Item {
        name: Label::Id(command.id()),
        keys,
        about: Label::Id(command.about()),
        why_not: why_not(state, command),
        pick: Pick::Command(command),
    }
}
