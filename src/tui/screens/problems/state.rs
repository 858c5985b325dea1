//! What the problems screen knows.

use crate::tui::change::Problem;

/// What the problems screen knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// What was found, the gravest first.
    pub problems: Vec<Problem>,
    /// The row the cursor is on.
    pub row: usize,
    /// The first row shown.
    pub top: usize,
    /// The only rule shown, when set.
    pub only: Option<&'static str>,
}

impl State {
    /// Everything that was found, from the top.
    pub fn new(problems: Vec<Problem>) -> Self {
        Self { problems, ..Self::default() }
    }

    /// What is shown, each with its number among all that was found.
    pub fn shown(&self) -> Vec<(usize, &Problem)> {
        let all = self.problems.iter().enumerate();
        all.filter(|(_, it)| self.only.is_none_or(|rule| rule == it.rule)).collect()
    }

    /// The problem the cursor is on, with its number among all.
    pub fn current(&self) -> Option<(usize, &Problem)> {
        self.shown().get(self.row).copied()
    }
}
