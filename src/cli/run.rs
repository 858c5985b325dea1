//! From the arguments to the exit code.

use super::args::{Args, Command, Global};
use super::localize::localize;
use super::refused::{no_command, refused};
use super::{Context, ExitCode, commands};
use crate::session::Error;
use crate::text::said::{Language, Said};
use crate::world::Opening;
use crate::world::change::Way;
use clap::{CommandFactory, FromArgMatches};
use std::io::{self, IsTerminal as _, Write};
use std::path::PathBuf;

/// Opens the interface for people.
pub type Interface = fn(Opening) -> Result<(), Error>;

/// Runs the program with `arguments` (the program's own name first). Without a command, and when
/// standard output is a terminal, `interface` is opened.
pub fn run(
    arguments: impl IntoIterator<Item = std::ffi::OsString>,
    interface: Interface,
) -> ExitCode {
    let arguments = help_last(arguments.into_iter().collect());
    let language = asked_language(&arguments);
    let mut command = localize(Args::command(), language);
    let args = match command
        .try_get_matches_from_mut(&arguments)
        .and_then(|matches| Args::from_arg_matches(&matches))
    {
        Ok(args) => args,
        Err(error) if error.use_stderr() => {
            let error = refused(&error, &asked_command(&command, &arguments));
            return tell(&mut io::stderr().lock(), &error, language);
        }
        Err(help) => {
            // A closed pipe while printing help is no failure of ours.
            let _printed = help.print();
            return ExitCode::Fine;
        }
    };
    if args.command.is_none()
        && let Some(error) = args.paths.first().and_then(|path| no_command(&command, path))
    {
        return tell(&mut io::stderr().lock(), &error, language);
    }
    let is_for_people = args.plain || (!args.global.json && io::stdout().is_terminal());
    if args.command.is_none() && is_for_people {
        return open(args.global, args.paths, args.plain, interface);
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut err = io::stderr().lock();
    let mut global = args.global;
    if !args.paths.is_empty() {
        global.library.extend(args.paths);
    }
    let mut context = Context::new(&mut out, &mut err, global);
    let done = dispatch(args.command, &mut context);
    let language = context.language;
    match done.and_then(|code| out.flush().map(|()| code).map_err(Failure::Io)) {
        Ok(code) => code,
        // Whoever read our output has had enough.
        Err(Failure::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::Fine,
        Err(Failure::Io(error)) => {
            let error = Error::world(Said::new("app.cannot-write")).because(error);
            tell(&mut err, &error, language)
        }
        Err(Failure::Told(error)) => {
            let _flushed = out.flush();
            tell(&mut err, &error, language)
        }
    }
}

fn open(mut global: Global, paths: Vec<PathBuf>, plain: bool, interface: Interface) -> ExitCode {
    global.library.extend(paths);
    let (mut out, mut err) = (io::sink(), io::sink());
    let context = Context::new(&mut out, &mut err, global);
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let opened = context.folder().and_then(|folder| {
        interface(Opening {
            folder,
            language: context.language,
            language_asked: !context.global.lang.is_empty() || set("KILDE_LANG"),
            plain,
            color: context.color,
        })
    });
    match opened {
        Ok(()) => ExitCode::Fine,
        Err(error) => tell(&mut io::stderr().lock(), &error, context.language),
    }
}

fn tell(err: &mut dyn Write, error: &Error, language: Language) -> ExitCode {
    let told = error.told(language);
    let _written = writeln!(err, "{}", crate::text::harmless::lines(&told));
    ExitCode::of(error)
}

/// What ends a command early.
#[derive(Debug)]
pub enum Failure {
    /// Something a person must be told.
    Told(Error),
    /// Standard output or error did not take what was written.
    Io(io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Told(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

fn dispatch(command: Option<Command>, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    match command {
        None => commands::list::run(commands::list::Args::default(), context),
        Some(Command::Search(args)) => commands::search::run(args, context),
        Some(Command::Stats(args)) => commands::stats::run(args, context),
        Some(Command::Thesaurus(args)) => commands::thesaurus::run(args, context),
        Some(Command::Searches(args)) => commands::searches::run(args, context),
        Some(Command::Complete(args)) => commands::complete::run(args, context),
        Some(Command::Index(args)) => commands::index::run(args, context),
        Some(Command::List(args)) => commands::list::run(args, context),
        Some(Command::Show(args)) => commands::show::run(args, context),
        Some(Command::Cite(args)) => commands::cite::run(args, context),
        Some(Command::Styles(args)) => commands::styles::run(args, context),
        Some(Command::Export(args)) => commands::export::run(args, context),
        Some(Command::Import(args)) => commands::import::run(args, context),
        Some(Command::Convert(args)) => commands::convert::run(args, context),
        Some(Command::Subset(args)) => commands::subset::run(args, context),
        Some(Command::Set(args)) => commands::set::run(args, context),
        Some(Command::Unset(args)) => commands::unset::run(args, context),
        Some(Command::Rename(args)) => commands::rename::run(args, context),
        Some(Command::Rm(args)) => commands::rm::run(args, context),
        Some(Command::Move(args)) => commands::move_to::run(args, context),
        Some(Command::Add(args)) => commands::add::run(args, context),
        Some(Command::Edit(args)) => commands::edit::run(args, context),
        Some(Command::Undo(args)) => commands::undo::run(args, Way::Undo, context),
        Some(Command::Redo(args)) => commands::undo::run(args, Way::Redo, context),
        Some(Command::Log(args)) => commands::log::run(args, context),
        Some(Command::Format(args)) => commands::format::run(args, context),
        Some(Command::Check(args)) => commands::check::run(args, context),
        Some(Command::Keys(args)) => commands::keys::run(args, context),
        Some(Command::Git(args)) => commands::git::run(args, context),
        Some(Command::Dedupe(args)) => commands::dedupe::run(args, context),
        Some(Command::Publish(args)) => commands::publish::run(args, context),
        Some(Command::Release(args)) => commands::release::run(args, context),
        Some(Command::Doctor(args)) => commands::doctor::run(args, context),
        Some(Command::Completions(args)) => commands::completions::run(args, context),
        Some(Command::Man(args)) => commands::man::run(args, context),
    }
}

/// `kilde help COMMAND` is `kilde COMMAND --help`, in every language.
fn help_last(mut arguments: Vec<std::ffi::OsString>) -> Vec<std::ffi::OsString> {
    if arguments.get(1).is_some_and(|word| word == "help") {
        arguments.remove(1);
        arguments.push("--help".into());
    }
    arguments
}

/// `kilde`, with the name of the command that the arguments hold, as its help is asked for.
fn asked_command(command: &clap::Command, arguments: &[std::ffi::OsString]) -> String {
    let mut name = String::from("kilde");
    let mut command = command;
    for word in arguments.iter().skip(1) {
        if let Some(found) = word.to_str().and_then(|word| command.find_subcommand(word)) {
            name.push(' ');
            name.push_str(found.get_name());
            command = found;
        }
    }
    name
}

/// The language `--lang` asks for, before the arguments are read, so that the help speaks it.
fn asked_language(arguments: &[std::ffi::OsString]) -> Language {
    let mut words = arguments.iter().map(|word| word.to_string_lossy());
    let mut asked = None;
    while let Some(word) = words.next() {
        if word == "--lang" {
            asked = words.next().map(std::borrow::Cow::into_owned);
        } else if let Some(value) = word.strip_prefix("--lang=") {
            asked = Some(value.to_owned());
        }
    }
    let environment = || {
        ["KILDE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty())
    };
    let asked = asked.map(|tags| tags.split(',').next().unwrap_or_default().to_owned());
    asked.or_else(environment).and_then(|tag| Language::from_tag(&tag)).unwrap_or_default()
}
