//! The help in the language of the interface: the English text stands with the arguments, the
//! other languages in the catalogues as `help.COMMAND` and `help.COMMAND.ARGUMENT`.

use crate::text::said::{Language, plain};
use clap::Command;

/// `command` with every text that the catalogue of `language` has.
pub(super) fn localize(command: Command, language: Language) -> Command {
    if language == Language::En {
        return command;
    }
    branch(command, "help", language)
}

fn branch(command: Command, id: &str, language: Language) -> Command {
    let mut command = match plain(id, language) {
        Some(about) => command.about(about).long_about(None::<&str>),
        None => command,
    };
    let args: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    for name in args {
        // An argument's help: the command's own, else the one shared by all commands.
        let text = plain(&format!("{id}.{name}"), language)
            .or_else(|| plain(&format!("help.any.{name}"), language));
        if let Some(text) = text {
            command = command.mut_arg(name, |arg| arg.help(text).long_help(None::<&str>));
        }
    }
    let names: Vec<String> =
        command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        let id = format!("{id}.{name}");
        command = command.mut_subcommand(name, |sub| branch(sub, &id, language));
    }
    command
}
