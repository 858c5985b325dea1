//! What every command is handed: where to write, in which language, and the library when asked.

use super::args::{Color, Global};
use crate::model::Library;
use crate::session::Error;
use crate::settings::Settings;
use crate::store::folder::Folder;
use crate::text::said::{Language, Said, words};
use crate::world::{self, place, settings};
use std::io::{self, IsTerminal, Write};

/// What a command works with.
pub struct Context<'a> {
    /// Standard output: data and nothing else.
    pub out: &'a mut dyn Write,
    /// Standard error: talk.
    pub err: &'a mut dyn Write,
    /// What holds for every command.
    pub global: Global,
    /// The language of the interface.
    pub language: Language,
    /// Whether standard output is coloured.
    pub color: bool,
    /// Whether standard output is a terminal: then what comes from a file is made harmless.
    pub is_terminal: bool,
    /// The user's own settings.
    pub settings: Settings,
}

impl<'a> Context<'a> {
    /// A context for standard output and error as they are.
    pub fn new(out: &'a mut dyn Write, err: &'a mut dyn Write, global: Global) -> Self {
        let (settings, passed) = settings::load(None);
        let language = language(&global, settings.language);
        let is_terminal = io::stdout().is_terminal();
        let color = match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        };
        for (path, it) in passed {
            let text = words(&it.said, language);
            let _told = writeln!(err, "{}:{}: {text}", path.display(), it.line);
        }
        Self { out, err, global, language, color, is_terminal, settings }
    }

    /// The settings in force for the library in `folder`: the user's own with the library's laid
    /// over them.
    pub fn settings_for(&self, folder: &Folder) -> Settings {
        settings::load(Some(folder)).0
    }

    /// The words of `said` in the language of the interface.
    pub fn words(&self, said: &Said) -> String {
        words(said, self.language)
    }

    /// Says `said` on standard error.
    pub fn say(&mut self, said: &Said) -> io::Result<()> {
        let text = self.words(said);
        writeln!(self.err, "{}", crate::text::harmless::lines(&text))
    }

    /// `text` as it may be printed: harmless when standard output is a terminal.
    pub fn harmless<'t>(&self, text: &'t str) -> std::borrow::Cow<'t, str> {
        if self.is_terminal { crate::text::harmless::lines(text) } else { text.into() }
    }

    /// The library that is meant.
    pub fn folder(&self) -> Result<Folder, Error> {
        place::library(&self.global.library)
    }

    /// The library that is meant, read whole.
    pub fn library(&mut self) -> Result<Library, Error> {
        let folder = self.recovered()?;
        world::read(&folder)
    }

    /// The library that is meant, as far as is needed to edit its files.
    pub fn outline(&mut self) -> Result<Library, Error> {
        let folder = self.recovered()?;
        world::outline(&folder)
    }

    /// The library that is meant, after what a crash left behind was cleared up and told.
    fn recovered(&mut self) -> Result<Folder, Error> {
        let folder = self.folder()?;
        for path in world::change::recover(&folder.files) {
            let said = Said::new("edit.recovered").with("path", path.display());
            // If standard error is closed there is nobody to tell.
            let _told = self.say(&said);
        }
        Ok(folder)
    }
}

/// `--lang`, else `KILDE_LANG`, else the user's settings, else what the environment's locale asks
/// for, else English.
fn language(global: &Global, set: Option<Language>) -> Language {
    if let Some(asked) = global.lang.first() {
        return asked.language();
    }
    let variable = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let own = variable(&"KILDE_LANG").and_then(|tag| Language::from_tag(&tag));
    let locale = || ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(variable);
    own.or(set).or_else(|| locale().and_then(|tag| Language::from_tag(&tag))).unwrap_or_default()
}
