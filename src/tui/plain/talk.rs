//! One line after the other: what it asks is done to the state, and what is new is said.

use super::ask::{self, Asked};
use super::say;
use crate::store::folder::Folder;
use crate::text::said::{Language, Said, plain, words};
use crate::tui::change::Edit;
use crate::tui::command::{Command, Context};
use crate::tui::effect::Effect;
use crate::tui::event::Event;
use crate::tui::input::Input;
use crate::tui::reply::Reply;
use crate::tui::screens::list::state::Pane;
use crate::tui::stage::Stage;
use crate::tui::state::{Over, State};

/// The screen that is never seen: wide enough that nothing said is cut.
const SIZE: (u16, u16) = (160, 40);

/// How many rows `list` says.
const ROWS: usize = 10;

/// The talk so far.
pub struct Talk {
    stage: Stage,
    /// How many lines of the page in front have been said.
    read: usize,
}

/// What followed from a line.
#[derive(Debug, Default)]
pub struct Turn {
    /// What is said.
    pub said: Vec<String>,
    /// What must happen outside.
    pub outside: Vec<Effect>,
}

/// What a listener knows; what differs afterwards is said.
#[derive(PartialEq)]
struct Known {
    context: Context,
    depth: usize,
    total: usize,
    all: usize,
    marks: usize,
    question: crate::tui::find::Question,
}

impl Known {
    fn of(state: &State) -> Self {
        let list = &state.list;
        Self {
            context: state.context(),
            depth: state.over.len(),
            total: list.total,
            all: list.all,
            marks: list.marks.len(),
            question: list.question.clone(),
        }
    }
}

impl Talk {
    /// Opens the library in `folder`; gives what is said first.
    pub fn open(folder: Folder, title: &str, language: Language) -> (Self, Vec<String>) {
        let mut stage = Stage::on(folder, SIZE.0, SIZE.1).language(language);
        title.clone_into(&mut stage.state.title);
        let talk = Self { stage, read: 0 };
        let mut said = vec![title.to_owned()];
        said.extend(talk.notice());
        said.push(say::count(talk.list(), language));
        said.extend(say::entry(talk.list(), language));
        said.push(plain("plain.first", language).unwrap_or_default().to_owned());
        (talk, said)
    }

    /// What is shown where a line is to be typed.
    pub fn prompt(&self) -> &'static str {
        if self.context().is_text() { ": " } else { "> " }
    }

    /// Takes in a line.
    pub fn line(&mut self, line: &str) -> Turn {
        let known = Known::of(&self.stage.state);
        self.stage.state.notice = None;
        let own = self.take(line);
        self.turn(&known, own)
    }

    /// Takes in what came back from outside; gives what is said.
    pub fn reply(&mut self, reply: Reply) -> Vec<String> {
        let known = Known::of(&self.stage.state);
        self.stage.state.notice = None;
        self.stage.happen(Event::Reply(reply));
        self.turn(&known, None).said
    }

    /// Has the reading worker do something.
    pub fn perform(&mut self, effect: Effect) -> Vec<String> {
        let known = Known::of(&self.stage.state);
        self.stage.do_now(effect);
        self.turn(&known, None).said
    }

    fn turn(&mut self, known: &Known, own: Option<Vec<String>>) -> Turn {
        let outside = std::mem::take(&mut self.stage.effects);
        let mut said = self.notice();
        said.extend(own.unwrap_or_else(|| self.news(known)));
        Turn { said, outside }
    }

    fn news(&mut self, known: &Known) -> Vec<String> {
        let now = Known::of(&self.stage.state);
        if now.depth != known.depth {
            self.read = say::PART;
        }
        let state = &self.stage.state;
        let Some(front) = say::front(state) else { return say::screen(&self.stage.frame()) };
        let is_list = matches!(now.context, Context::List);
        // What only looked elsewhere for a moment comes back to what is known.
        let is_new = now != *known;
        if is_list && is_new {
            let mut said = vec![say::count(self.list(), state.language)];
            said.extend(front);
            return said;
        }
        let is_said = state.notice.is_some() && !is_new && !is_list;
        if is_said { Vec::new() } else { front }
    }

    fn notice(&self) -> Vec<String> {
        let state = &self.stage.state;
        state.notice.as_ref().map(|it| say::notice(it, state.language)).unwrap_or_default()
    }

    fn list(&self) -> &crate::tui::screens::list::State {
        &self.stage.state.list
    }

    fn context(&self) -> Context {
        self.stage.state.context()
    }

    /// Does what the line asks; gives what is said where that is not simply what is new.
    fn take(&mut self, line: &str) -> Option<Vec<String>> {
        match self.context() {
            Context::Choice => self.choose(line),
            Context::Prompt | Context::Field | Context::Search => self.answer(line),
            Context::Confirm => {
                let language = self.stage.state.language;
                let yes = plain("plain.word.yes", language).unwrap_or_default();
                let is_yes = yes.split(' ').any(|it| it.eq_ignore_ascii_case(line.trim()));
                self.stage.command(if is_yes { Command::Yes } else { Command::Back });
                None
            }
            _ => self.command(line),
        }
    }

    /// A line where a text is asked for: the text; nothing keeps what is there, `.` leaves.
    fn answer(&mut self, line: &str) -> Option<Vec<String>> {
        let is_search = self.context() == Context::Search;
        if line.trim() == "." {
            self.stage.command(if is_search { Command::ClearSearch } else { Command::Back });
            return None;
        }
        if is_search {
            self.search(line);
            return None;
        }
        if !line.is_empty() {
            match self.stage.state.over.last_mut() {
                Some(Over::Prompt(it)) => it.input = Input::new(line),
                Some(Over::Form(it)) => it.input = Some(Input::new(line)),
                _ => {}
            }
        }
        self.stage.command(Command::Accept);
        None
    }

    fn search(&mut self, query: &str) {
        self.stage.command(Command::Search);
        self.stage.state.list.input = Input::default();
        // Typed at one go: one search.
        self.stage.happen(Event::Paste(query.to_owned()));
        if query.trim().is_empty() {
            self.stage.command(Command::ClearSearch);
        } else {
            self.stage.command(Command::Accept);
        }
    }

    /// A line where one of many is chosen: its number, or a part of its name.
    fn choose(&mut self, line: &str) -> Option<Vec<String>> {
        let language = self.stage.state.language;
        if line.trim() == "." {
            self.stage.command(Command::Back);
            return None;
        }
        let Some(Over::Choice(choice)) = self.stage.state.over.last_mut() else { return None };
        if let Ok(number) = line.trim().parse::<usize>() {
            if number == 0 || number > choice.fitting(language).len() {
                return Some(vec![plain("plain.no-such-number", language)?.to_owned()]);
            }
            choice.row = number - 1;
            self.stage.command(Command::Accept);
            return None;
        }
        choice.input = Input::new(line.trim());
        choice.row = 0;
        let fitting = choice.fitting(language);
        let is_name = |name: &str| name.eq_ignore_ascii_case(line.trim());
        let exact = fitting.iter().position(|item| is_name(item.name.words(language)));
        match (fitting.len(), exact) {
            (0, _) => {
                choice.input = Input::default();
                return Some(vec![plain("plain.nothing-fits", language)?.to_owned()]);
            }
            (1, _) => {}
            (_, Some(at)) => choice.row = at,
            _ => return None,
        }
        self.stage.command(Command::Accept);
        None
    }

    fn command(&mut self, line: &str) -> Option<Vec<String>> {
        let (context, language) = (self.context(), self.stage.state.language);
        // `title = Another title` in a form.
        if let (Context::Form, Some((name, value))) = (context, line.split_once('='))
            && let Some(id) = self.field(name.trim())
        {
            let (field, value) = (name.trim().to_owned(), value.trim().to_owned());
            let edits = vec![Edit::Set { id, field, value }];
            self.stage.do_now(Effect::Change { edits, sure: true });
            return None;
        }
        match ask::read(line, context, self.stage.keymap(), language) {
            Asked::Nothing => self.go_on(),
            Asked::Back => {
                self.stage.command(Command::Back);
                None
            }
            Asked::Number(number) => self.number(number),
            Asked::Search(query) => {
                self.search(&query);
                None
            }
            Asked::Rows => Some(self.rows()),
            Asked::Command(command, rest) => self.run(command, &rest),
            Asked::Unknown(word) => {
                let said = Said::new("plain.unknown").with("word", word);
                Some(vec![words(&said, language)])
            }
        }
    }

    fn run(&mut self, command: Command, rest: &str) -> Option<Vec<String>> {
        if command == Command::Help {
            return Some(self.help());
        }
        if command == Command::Search && !rest.is_empty() {
            self.search(rest);
            return None;
        }
        // `mark 3`: the command is about the entry with this number.
        if let (Ok(number), None) = (rest.parse::<usize>(), self.stage.state.over.last()) {
            if number == 0 || number > self.list().total {
                return Some(vec![
                    plain("plain.no-such-number", self.stage.state.language)?.into(),
                ]);
            }
            self.stage.go_to(number - 1);
            self.stage.command(command);
            return None;
        }
        self.step(command);
        let mut rest = rest.to_owned();
        while !rest.is_empty() {
            match self.context() {
                Context::Choice => {
                    let (word, after) = rest.split_once(' ').unwrap_or((&rest, ""));
                    let (word, after) = (word.to_owned(), after.trim().to_owned());
                    let said = self.choose(&word);
                    if said.is_some() {
                        return said;
                    }
                    rest = after;
                }
                Context::Prompt | Context::Field | Context::Search => {
                    return self.answer(&std::mem::take(&mut rest));
                }
                _ => break,
            }
        }
        None
    }

    /// An empty line: on to the next.
    fn go_on(&mut self) -> Option<Vec<String>> {
        let language = self.stage.state.language;
        if let Some(Over::Page(page)) = self.stage.state.over.last() {
            let said = say::page(page, self.read, language);
            self.read += say::PART;
            return Some(said);
        }
        let last = self.list().row + 1 >= self.list().total;
        self.step(Command::Down);
        if last && self.stage.state.over.is_empty() && self.list().pane != Pane::Facets {
            return Some(vec![plain("plain.last", language)?.to_owned()]);
        }
        None
    }

    /// Gives a command; where an entry is being read, next and previous read another.
    fn step(&mut self, command: Command) {
        let is_reading = self.context() == Context::Preview;
        match command {
            Command::Down if is_reading => self.stage.go_to(self.list().row + 1),
            Command::Up if is_reading => self.stage.go_to(self.list().row.saturating_sub(1)),
            _ => self.stage.command(command),
        }
    }

    fn number(&mut self, number: usize) -> Option<Vec<String>> {
        let at = number.wrapping_sub(1);
        let (total, facets) = (self.list().total, self.list().facet_lines().len());
        let is_facet = self.list().pane == Pane::Facets;
        match self.stage.state.over.last_mut() {
            Some(Over::Form(form)) if at < form.lines().len() => {
                form.row = at;
                self.stage.command(Command::Accept);
            }
            Some(Over::Review(it)) if at < it.review.items.len() => {
                it.row = at;
                // What it is like is asked for when the state settles.
                self.stage.command(Command::ScrollDown);
            }
            Some(Over::Problems(it)) if at < it.shown().len() => it.row = at,
            None if is_facet && at < facets => {
                self.stage.state.list.facet_row = at;
                self.stage.command(Command::ToggleFacet);
            }
            None if !is_facet && at < total => self.stage.go_to(at),
            _ => {
                let none = plain("plain.no-such-number", self.stage.state.language)?;
                return Some(vec![none.to_owned()]);
            }
        }
        None
    }

    fn rows(&mut self) -> Vec<String> {
        let language = self.stage.state.language;
        if self.list().total == 0 {
            return say::entry(self.list(), language);
        }
        let said = say::rows(self.list(), ROWS, language);
        // The next `list` goes on behind these.
        let next = self.list().row + said.len();
        let is_over = next >= self.list().total;
        self.stage.go_to(if is_over { next - 1 } else { next });
        said
    }

    /// The entry whose form is in front, where the form has a field of this name.
    fn field(&self, name: &str) -> Option<String> {
        let Some(Over::Form(form)) = self.stage.state.over.last() else { return None };
        let has = form.form.fields.iter().any(|field| field.name == name);
        has.then(|| form.form.id.clone())
    }

    /// How lines are written, and every command that can be given here.
    fn help(&self) -> Vec<String> {
        let (context, language) = (self.context(), self.stage.state.language);
        let mut lines: Vec<String> = ["plain.help", "plain.help.names"]
            .iter()
            .filter_map(|id| plain(id, language))
            .map(str::to_owned)
            .collect();
        let mut commands: Vec<Command> = Vec::new();
        for (_, command) in self.stage.keymap().beginning(context, &[]) {
            if !commands.contains(&command) {
                commands.push(command);
            }
        }
        commands.sort_by_key(|command| command.section());
        lines.extend(commands.iter().map(|command| {
            let name = plain(command.id(), language).unwrap_or_default();
            let about = plain(command.about(), language).unwrap_or_default();
            format!("{name}: {about}")
        }));
        lines
    }
}
