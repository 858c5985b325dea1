//! Everything the screen follows from.

use super::command::Context;
use super::effect::Look;
use super::press::Press;
use super::reply::{Trouble, Working};
use super::screens::{choice, confirm, form, list, page, problems, prompt, review};
use crate::text::said::{Language, Said};

/// Everything the screen follows from: the same state gives the same frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The language of the interface.
    pub language: Language,
    /// The name of the theme.
    pub theme: String,
    /// Whether the theme was chosen, so that the terminal's ground does not decide.
    pub theme_chosen: bool,
    /// What the library is called.
    pub title: String,
    /// The list of entries with what stands beside it: always there.
    pub list: list::State,
    /// What stands above the list; the last is in front.
    pub over: Vec<Over>,
    /// The presses of an unfinished chord.
    pub chord: Vec<Press>,
    /// How far the making of the index has come, while it goes on.
    pub indexing: Option<Said>,
    /// What goes on, when it takes long.
    pub working: Option<Working>,
    /// What is said at the foot until the next press.
    pub notice: Option<Notice>,
}

/// Something above the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over {
    /// One of many is chosen.
    Choice(choice::State),
    /// A text is asked for.
    Prompt(prompt::State),
    /// A yes or no is asked for.
    Confirm(confirm::State),
    /// A page to read.
    Page(page::State),
    /// An entry as a form.
    Form(form::State),
    /// Things side by side.
    Review(review::State),
    /// What the rules found.
    Problems(problems::State),
}

/// What is said at the foot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Something went well.
    Good(Said),
    /// Something could not be done, and why.
    Refused(Said),
    /// Something went wrong.
    Trouble(Trouble),
}

impl State {
    /// The state before anything is known, on a terminal of `size`.
    pub fn new(size: (u16, u16), language: Language, title: &str) -> Self {
        Self {
            size,
            language,
            theme: "dark".to_owned(),
            theme_chosen: false,
            title: title.to_owned(),
            list: list::State::default(),
            over: Vec::new(),
            chord: Vec::new(),
            indexing: None,
            working: None,
            notice: None,
        }
    }

    /// How references look now.
    pub fn look(&self) -> Look {
        Look { style: self.list.style_name().to_owned(), language: self.language }
    }

    /// What is in front, and so decides what a press means.
    pub fn context(&self) -> Context {
        match self.over.last() {
            None => self.list.context(),
            Some(Over::Choice(_)) => Context::Choice,
            Some(Over::Prompt(_)) => Context::Prompt,
            Some(Over::Confirm(_)) => Context::Confirm,
            Some(Over::Page(_)) => Context::Page,
            Some(Over::Form(form)) if form.input.is_some() => Context::Field,
            Some(Over::Form(_)) => Context::Form,
            Some(Over::Review(_)) => Context::Review,
            Some(Over::Problems(_)) => Context::Problems,
        }
    }
}
