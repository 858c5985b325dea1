//! How far a long piece of work has come: one line on standard error, only where that is a terminal
//! and only when the work takes longer than a person waits without wondering.

use crate::text::harmless;
use crate::text::said::{Language, Said, words};
use std::io::{self, IsTerminal as _, Write};
use std::time::{Duration, Instant};

/// How long nothing is shown.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the line is drawn anew.
const BEAT: Duration = Duration::from_millis(100);

/// The line.
pub struct Progress {
    is_shown: bool,
    language: Language,
    next: Instant,
    is_drawn: bool,
}

impl Progress {
    /// Nothing to see yet. The work begins now.
    pub fn new(language: Language) -> Self {
        Self::on(io::stderr().is_terminal(), PATIENCE, language)
    }

    fn on(is_shown: bool, patience: Duration, language: Language) -> Self {
        Self { is_shown, language, next: Instant::now() + patience, is_drawn: false }
    }

    /// The work has come as far as `said` says; `said` is made only when it is drawn.
    pub fn tell(&mut self, err: &mut dyn Write, said: impl FnOnce() -> Said) {
        if !self.is_shown || Instant::now() < self.next {
            return;
        }
        self.next = Instant::now() + BEAT;
        self.is_drawn = true;
        let text = words(&said(), self.language);
        let text: String = harmless::lines(&text).chars().take(78).collect();
        // Talk that nobody can hear is no failure.
        let _told = write!(err, "\r{text}\x1b[K").and_then(|()| err.flush());
    }

    /// Takes the line away.
    pub fn end(&mut self, err: &mut dyn Write) {
        if std::mem::take(&mut self.is_drawn) {
            let _told = write!(err, "\r\x1b[K").and_then(|()| err.flush());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_drawn_on_a_terminal_only_and_taken_away() {
        let said = || Said::new("check.progress").with("done", 1).with("all", 2);
        let mut err = Vec::new();
        let mut hidden = Progress::on(false, Duration::ZERO, Language::En);
        hidden.tell(&mut err, said);
        hidden.end(&mut err);
        let mut early = Progress::on(true, Duration::from_hours(1), Language::En);
        early.tell(&mut err, said);
        early.end(&mut err);
        assert_eq!(err, b"");
        let mut shown = Progress::on(true, Duration::ZERO, Language::En);
        shown.tell(&mut err, said);
        shown.tell(&mut err, || unreachable!("drawn a moment ago"));
        shown.end(&mut err);
        shown.end(&mut err);
        assert_eq!(String::from_utf8(err).unwrap(), "\r1 of 2 entries checked\x1b[K\r\x1b[K");
    }
}
