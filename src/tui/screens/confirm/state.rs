//! What a yes-or-no question knows.

use crate::text::said::Said;
use crate::tui::effect::Effect;

/// What a yes-or-no question knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// What is asked.
    pub question: Said,
    /// What follows from yes.
    pub effect: Effect,
}
