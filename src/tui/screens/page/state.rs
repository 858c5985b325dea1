//! What a page to read knows.

use crate::tui::effect::Effect;
use crate::tui::paint::Role;

/// What a page to read knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The id of its title.
    pub title: &'static str,
    /// Its lines as they are; each with its role.
    pub lines: Vec<(Role, String)>,
    /// The first line shown, after wrapping.
    pub top: usize,
    /// What follows when the page is accepted.
    pub accept: Option<Box<Effect>>,
}
