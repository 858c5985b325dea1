//! What the rules are told of the world outside the files.

use super::Day;
use super::links::Answer;
use std::collections::HashMap;

/// What is known besides the library itself. A rule that needs what is not here is silent.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Today, for rules that ask what is overdue.
    pub today: Option<Day>,
    /// What addresses answered, by [`super::links::address`].
    pub links: HashMap<String, Answer>,
    /// The citation keys that the pattern of the library would make, by the place of the entry in
    /// the library; entries that follow it are not there.
    pub keys: HashMap<usize, String>,
}

impl From<Option<Day>> for Facts {
    fn from(today: Option<Day>) -> Self {
        Self { today, ..Self::default() }
    }
}
