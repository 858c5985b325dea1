//! The help in the language of the interface: the English text stands with the arguments, the
//! other languages in the catalogues as `help.COMMAND` and `help.COMMAND.ARGUMENT`.

use crate::text::said::{Language, plain};
use clap::{Arg, ArgAction, Command};

/// `command` with every text that the catalogue of `language` has.
pub(super) fn localize(command: Command, language: Language) -> Command {
    if language == Language::En {
        return command.disable_help_subcommand(true);
    }
    branch(command, "help", language)
}

fn branch(command: Command, id: &str, language: Language) -> Command {
    let word = |id: &str| plain(id, language).unwrap_or_default();
    let mut command = match plain(id, language) {
        Some(about) => command.about(about).long_about(None::<&str>),
        None => command,
    };
    let args: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    for name in args {
        // An argument's help: the command's own, else the one shared by all commands.
        let text = plain(&format!("{id}.{name}"), language)
            .or_else(|| plain(&format!("help.any.{name}"), language));
        command = command.mut_arg(name, |arg| {
            let positional = arg.get_long().is_none() && arg.get_short().is_none();
            let heading = if positional { "help.arguments" } else { "help.options" };
            let hidden = arg.get_action().takes_values();
            let arg = arg.help_heading(word(heading)).hide_possible_values(hidden);
            let preset: Vec<_> =
                arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
            let preset = match preset.join(", ") {
                values if hidden && !values.is_empty() => {
                    format!(" [{}: {values}]", word("help.preset"))
                }
                _ => String::new(),
            };
            match text {
                Some(text) => arg
                    .help(format!("{text}{preset}"))
                    .long_help(None::<&str>)
                    .hide_default_value(hidden),
                None => arg,
            }
        });
    }
    let names: Vec<String> =
        command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        let id = format!("{id}.{name}");
        command = command.mut_subcommand(name, |sub| branch(sub, &id, language));
    }
    if id == "help" {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        let version = version.help(word("help.any.version")).help_heading(word("help.options"));
        command = command.disable_version_flag(true).arg(version);
    }
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}",
        word("help.usage")
    );
    command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .arg(help.help(word("help.any.help")).help_heading(word("help.options")))
        .subcommand_help_heading(word("help.commands"))
        .help_template(template)
}
