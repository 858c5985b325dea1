//! The interface without a terminal: keys go in, effects and frames come out. For tests, and for
//! the pictures in `docs/`.

use super::command::Command;
use super::effect::Effect;
use super::event::{Event, Mouse};
use super::keymap::Keymap;
use super::paint::{Paint, Role};
use super::press::presses;
use super::reply::Reply;
use super::screens::list;
use super::state::State;
use super::update::{command_given, first, update};
use super::view::draw;
use super::work::reader::Reader;
use crate::store::folder::Folder;
use crate::text::said::Language;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use std::fmt::Write as _;

/// The interface without a terminal.
pub struct Stage {
    /// The state so far.
    pub state: State,
    /// What should have happened outside: what the reading worker has not done.
    pub effects: Vec<Effect>,
    keymap: Keymap,
    reader: Option<Reader>,
}

impl Stage {
    /// A stage without a library behind it: every effect is kept for the test to see.
    pub fn new(width: u16, height: u16) -> Self {
        let state = State::new((width, height), Language::En, "library");
        let mut stage =
            Self { state, effects: Vec::new(), keymap: Keymap::builtin(), reader: None };
        stage.effects = first(&mut stage.state);
        stage
    }

    /// A stage on the library in `folder`: what the reading worker can answer is answered at once.
    pub fn on(folder: Folder, width: u16, height: u16) -> Self {
        let mut stage = Self::new(width, height);
        stage.reader = Some(Reader::new(folder));
        let effects = std::mem::take(&mut stage.effects);
        stage.perform(effects);
        stage
    }

    /// The same stage in another language.
    pub fn language(mut self, language: Language) -> Self {
        self.state.language = language;
        self
    }

    /// Presses keys, written as a keymap writes them: `/ab<esc>j`.
    pub fn press(mut self, keys: &str) -> Self {
        // A key that does not exist is a slip in the test, and nothing is pressed.
        for press in presses(keys).unwrap_or_default() {
            self.happen(Event::Press(press));
        }
        self
    }

    /// Types a text, spaces and all.
    pub fn type_text(mut self, text: &str) -> Self {
        for c in text.chars() {
            self.happen(Event::Press(super::press::Press::plain(super::press::Key::Char(c))));
        }
        self
    }

    /// Has something happen.
    pub fn event(mut self, event: Event) -> Self {
        self.happen(event);
        self
    }

    /// Clicks at a cell.
    pub fn click(self, column: u16, row: u16) -> Self {
        self.event(Event::Mouse(Mouse::Down, column, row))
    }

    /// Has a worker answer.
    pub fn reply(self, reply: Reply) -> Self {
        self.event(Event::Reply(reply))
    }

    /// What the keys mean here.
    pub fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// Has a command given, as if by its key.
    pub fn command(&mut self, command: Command) {
        let effects = command_given(&mut self.state, &self.keymap, command);
        self.perform(effects);
        self.settle();
    }

    /// Puts the cursor of the list on the entry at `position`.
    pub fn go_to(&mut self, position: usize) {
        list::update::go_to(&mut self.state.list, position);
        self.settle();
    }

    /// Has the reading worker do `effect`, whatever it touches.
    pub fn do_now(&mut self, effect: Effect) {
        let replies = self.reader.as_mut().map(|reader| reader.perform(effect));
        for reply in replies.unwrap_or_default() {
            self.happen(Event::Reply(reply));
        }
    }

    fn settle(&mut self) {
        let (width, height) = self.state.size;
        self.happen(Event::Resize(width, height));
    }

    /// Has something happen.
    pub fn happen(&mut self, event: Event) {
        let effects = update(&mut self.state, &self.keymap, event);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let is_outside = matches!(
                effect,
                Effect::Quit
                    | Effect::Suspend
                    | Effect::Redraw
                    | Effect::Copy(_)
                    | Effect::Lend { .. }
                    | Effect::Open { .. }
                    | Effect::Remember { .. }
            );
            match (&mut self.reader, is_outside) {
                (Some(reader), false) => {
                    for reply in reader.perform(effect) {
                        self.happen(Event::Reply(reply));
                    }
                }
                _ => self.effects.push(effect),
            }
        }
    }

    /// The frame, in the look of `theme`.
    pub fn buffer(&self, theme: &str) -> Buffer {
        self.drawn(&Paint::new(theme, self.state.language))
    }

    fn drawn(&self, paint: &Paint) -> Buffer {
        let (width, height) = self.state.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        draw(&self.state, &self.keymap, paint, &mut buffer);
        buffer
    }

    /// The frame as text: a line each row.
    pub fn frame(&self) -> String {
        lines(&self.buffer("plain"), |cell| cell.symbol().to_owned())
    }

    /// The frame as the roles of its cells: a letter each ([`Role::ALL`]).
    pub fn roles(&self) -> String {
        let mut paint = Paint::new("plain", self.state.language);
        for (at, (role, ..)) in (0..).zip(Role::ALL) {
            // No modifiers, so that the last role that was put on a cell is the one that is seen.
            paint.set(*role, Style::reset().fg(Color::Indexed(at)));
        }
        lines(&self.drawn(&paint), |cell| match cell.fg {
            Color::Indexed(at) => {
                Role::ALL.get(usize::from(at)).map_or(' ', |(_, _, letter)| *letter).to_string()
            }
            _ => " ".to_owned(),
        })
    }
}

fn lines(buffer: &Buffer, shown: impl Fn(&ratatui::buffer::Cell) -> String) -> String {
    use unicode_width::UnicodeWidthStr as _;
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut skip = 0;
        for x in 0..buffer.area.width {
            let cell = &buffer[(x, y)];
            if skip > 0 {
                // The second half of a wide character.
                skip -= 1;
                continue;
            }
            skip = cell.symbol().width().saturating_sub(1);
            line.push_str(&shown(cell));
        }
        let _written = writeln!(out, "{}", line.trim_end());
    }
    out
}
