//! Arguments that kilde cannot take, told like every other error: what is so and what to do, in the
//! language of the interface.

use crate::session::Error;
use crate::text::said::Said;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::path::Path;

/// The error a person is told for what the parser of the arguments refused.
pub(super) fn refused(error: &clap::Error, command: &str) -> Error {
    // Several are each between marks, as the catalogue's texts have one.
    let of = |kind| error.get(kind).map(words).filter(|words| !words.is_empty());
    let argument = of(ContextKind::InvalidArg).unwrap_or_default();
    let value = of(ContextKind::InvalidValue).unwrap_or_default();
    let said = match error.kind() {
        ErrorKind::UnknownArgument => Said::new("arguments.unknown").with("argument", argument),
        ErrorKind::InvalidSubcommand => Said::new("arguments.no-such-command")
            .with("name", of(ContextKind::InvalidSubcommand).unwrap_or_default()),
        ErrorKind::InvalidValue if value.is_empty() => {
            Said::new("arguments.needs-value").with("argument", argument)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            Said::new("arguments.value").with("argument", argument).with("value", value)
        }
        ErrorKind::MissingRequiredArgument => {
            Said::new("arguments.missing").with("argument", argument)
        }
        ErrorKind::ArgumentConflict => Said::new("arguments.conflict")
            .with("argument", argument)
            .with("other", of(ContextKind::PriorArg).unwrap_or_default()),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Said::new("arguments.needs-command")
        }
        ErrorKind::TooManyValues => {
            Said::new("arguments.no-value").with("argument", argument).with("value", value)
        }
        ErrorKind::InvalidUtf8 => Said::new("arguments.not-utf-8"),
        _ => Said::new("arguments.do-not-fit"),
    };
    let mut told = Error::usage(said);
    for kind in
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
    {
        if let Some(near) = of(kind) {
            told = told.hint(Said::new("arguments.near").with("near", near));
        }
    }
    if let Some(ContextValue::Strings(values)) = error.get(ContextKind::ValidValue) {
        let values = values.join(", ");
        told = told.hint(Said::new("arguments.values").with("values", values));
    }
    told.hint(Said::new("arguments.see-help").with("command", command))
}

/// The error for a first `word` that is no path and looks like the name of a command; none where it
/// may well be a path.
pub(super) fn no_command(command: &clap::Command, word: &Path) -> Option<Error> {
    let name =
        word.to_str().filter(|name| name.chars().all(|c| c.is_alphanumeric() || c == '-'))?;
    if word.exists() {
        return None;
    }
    let commands = clap::Command::new("kilde").subcommands(command.get_subcommands().cloned());
    let error = commands.try_get_matches_from(["kilde", name]).err()?;
    Some(refused(&error, "kilde").hint(Said::new("arguments.no-such-path").with("path", name)))
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("`, `"),
        _ => String::new(),
    }
}
