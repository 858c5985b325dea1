//! What stopped a request, as it can be told to a person.

use crate::text::said::{Language, Said, words};

/// Decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Wrong use: a path, key, option or query that does not fit.
    Use,
    /// The world said no: unreadable, locked, changed on disk, full.
    World,
    /// Our fault.
    Bug,
}

/// What stopped a request.
#[derive(Debug)]
pub struct Error {
    /// Decides the exit code.
    pub kind: Kind,
    /// What is so.
    pub said: Said,
    /// What to do, most useful first.
    pub hints: Vec<Said>,
    /// The technical cause, told last.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// Wrong use: `said` tells what is so.
    pub fn usage(said: Said) -> Self {
        Self { kind: Kind::Use, said, hints: Vec::new(), source: None }
    }

    /// The world said no.
    pub fn world(said: Said) -> Self {
        Self { kind: Kind::World, said, hints: Vec::new(), source: None }
    }

    /// The same error with one more line on what to do.
    pub fn hint(mut self, said: Said) -> Self {
        self.hints.push(said);
        self
    }

    /// The same error with its technical cause.
    pub fn because(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The error in `language`: what is so, why, and `help:` lines.
    pub fn told(&self, language: Language) -> String {
        let mut out = words(&Said::new("app.error"), language);
        out.push('[');
        out.push_str(self.said.id);
        out.push_str("]: ");
        out.push_str(&words(&self.said, language));
        if let Some(source) = &self.source {
            out.push_str(": ");
            out.push_str(&source.to_string());
        }
        for hint in &self.hints {
            out.push('\n');
            out.push_str(&words(&Said::new("app.help"), language));
            out.push_str(": ");
            out.push_str(&words(hint, language));
        }
        out
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.told(Language::En))
    }
}

impl std::error::Error for Error {}
