//! What came of a row of the plan.

use std::fmt;

/// One row: how often what was tried, and what went wrong.
#[derive(Default)]
pub struct Row {
    what: String,
    count: usize,
    least: usize,
    breaches: Vec<String>,
    skipped: Vec<String>,
}

impl Row {
    /// A row that must try `what` at least `least` times.
    pub fn new(what: &str, least: usize) -> Self {
        Self { what: what.to_owned(), least, ..Self::default() }
    }

    /// Counts tries.
    pub fn tried(&mut self, count: usize) {
        self.count += count;
    }

    /// Notes something that must not be; `true` where all is well.
    pub fn must(&mut self, holds: bool, what: impl FnOnce() -> String) -> bool {
        if !holds {
            self.breaches.push(what());
        }
        holds
    }

    /// Notes what could not be tried here, and why.
    pub fn skip(&mut self, why: impl Into<String>) {
        self.skipped.push(why.into());
    }

    /// Adds what another found.
    pub fn add(&mut self, breaches: Vec<String>) {
        self.breaches.extend(breaches);
    }

    /// How much is wrong: breaches, and fewer tries than the plan has where nothing was skipped.
    pub fn bad(&self) -> usize {
        let few = self.count < self.least && self.skipped.is_empty();
        self.breaches.len() + usize::from(few)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} (at least {}): ", self.count, self.what, self.least)?;
        write!(f, "{} breaches", self.breaches.len())?;
        if self.count < self.least && self.skipped.is_empty() {
            write!(f, ", TOO FEW")?;
        }
        for skipped in &self.skipped {
            write!(f, "\n     skipped: {skipped}")?;
        }
        for breach in self.breaches.iter().take(40) {
            write!(f, "\n     BREACH {breach}")?;
        }
        Ok(())
    }
}
