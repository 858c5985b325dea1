//! The arguments, exactly as typed. A command is a file in `commands/`.

use super::commands;
use crate::text::said::Language;
use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// A research bibliography and reference manager for the terminal.
#[derive(Debug, Parser)]
#[command(name = "kilde", version, max_term_width = 100, subcommand_precedence_over_arg = true)]
pub struct Args {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// Open the interface line by line, for screen readers and Braille.
    #[arg(long)]
    pub plain: bool,
    /// A library folder, a folder with .bib files, or .bib files; nothing: the nearest library.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// What to do; nothing opens the interface.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What holds for every command.
#[derive(Debug, Clone, clap::Args)]
pub struct Global {
    /// The library: a folder or .bib files (several: give it again); `-` is standard input.
    #[arg(short = 'L', long, global = true, value_name = "PATH")]
    pub library: Vec<PathBuf>,
    /// One JSON object a line instead of text for people.
    #[arg(long, global = true)]
    pub json: bool,
    /// When to use colours.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
    /// The language of the interface: nb, nn or en; of several the first.
    #[arg(long, global = true, value_enum, value_delimiter = ',', value_name = "LANG")]
    pub lang: Vec<Lang>,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Bokmål.
    Nb,
    /// Nynorsk.
    Nn,
    /// English.
    En,
}

impl Lang {
    /// The language.
    pub fn language(self) -> Language {
        match self {
            Self::Nb => Language::Nb,
            Self::Nn => Language::Nn,
            Self::En => Language::En,
        }
    }
}

/// The commands, in the order in which the help lists them.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Search the library, the best hits first.
    Search(commands::search::Args),
    /// List the entries in alphabetical order.
    List(commands::list::Args),
    /// Show an entry whole.
    Show(commands::show::Args),
    /// Format a reference list, or what a document cites.
    Cite(commands::cite::Args),
    /// List the citation styles.
    Styles(commands::styles::Args),
    /// Write entries in another program's format.
    Export(commands::export::Args),
    /// Take records of other programs into the library.
    Import(commands::import::Args),
    /// Turn one format into another, without a library.
    Convert(commands::convert::Args),
    /// Write the entries that documents cite.
    Subset(commands::subset::Args),
    /// Set fields of an entry.
    Set(commands::set::Args),
    /// Take fields of an entry away.
    Unset(commands::unset::Args),
    /// Give an entry another citation key, or a field another name.
    Rename(commands::rename::Args),
    /// Take entries away.
    Rm(commands::rm::Args),
    /// Move entries to another file.
    Move(commands::move_to::Args),
    /// Add entries: BibTeX, RIS, JSON, a reference, a DOI, an ISBN.
    Add(commands::add::Args),
    /// Edit an entry as text in your own editor.
    Edit(commands::edit::Args),
    /// Take the last change back.
    Undo(commands::undo::Args),
    /// Make the change again that was taken back.
    Redo(commands::undo::Args),
    /// Show what was changed, the newest first.
    Log(commands::log::Args),
    /// Write entries as most of their file is.
    Format(commands::format::Args),
    /// Hold the entries against rules, and mend what can be mended.
    Check(commands::check::Args),
    /// Make citation keys by a pattern; nothing gets another key unasked.
    Keys(commands::keys::Args),
    /// Have git merge .bib files by entry and field.
    Git(commands::git::Args),
    /// Find entries that describe the same work, and say why.
    Dedupe(commands::dedupe::Args),
    /// Publish the overview as a folder of web pages.
    Publish(commands::publish::Args),
    /// Freeze an edition of the overview, so that it can be said what is new since.
    Release(commands::release::Args),
    /// Count the library by year, type, language, project, keyword and author.
    Stats(commands::stats::Args),
    /// Check, list or import the thesaurus by which searches are widened.
    Thesaurus(commands::thesaurus::Args),
    /// List the saved searches or take some away.
    Searches(commands::searches::Args),
    /// Make the search index or bring it up to date, and say where it is.
    Index(commands::index::Args),
    /// Say what was found, where things are kept, and what is wrong with that.
    Doctor(commands::doctor::Args),
    /// Say what a half-typed query can go on with.
    Complete(commands::complete::Args),
    /// Print a shell's completion script.
    Completions(commands::completions::Args),
    /// Print a manual page.
    Man(commands::man::Args),
}
