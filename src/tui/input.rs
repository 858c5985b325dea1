//! A line of text that is being typed: the text and where the caret stands.

use super::cells::{width, wrap};
use super::command::Command;
use super::press::Press;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A line of text with a caret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    /// The text so far.
    pub text: String,
    /// Where the next character goes, in bytes; always at the boundary of a grapheme.
    pub caret: usize,
    /// Earlier texts with their carets, the last one last.
    past: Vec<(String, usize)>,
    /// What was taken back, the last one last.
    future: Vec<(String, usize)>,
    /// Whether the last change typed a character, so that a word is one step.
    is_typing: bool,
}

/// How many steps can be taken back.
const STEPS: usize = 100;

impl Input {
    /// `text` with the caret behind it.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), caret: text.len(), ..Self::default() }
    }

    /// What stands before the caret and after it.
    pub fn parts(&self) -> (&str, &str) {
        self.text.split_at_checked(self.caret).unwrap_or((&self.text, ""))
    }

    /// Puts `text` in at the caret. What is pasted is one step; so is a word that is typed.
    pub fn insert(&mut self, text: &str) {
        let mut letters = text.chars();
        let is_letter =
            letters.next().is_some_and(|c| !c.is_whitespace()) && letters.next().is_none();
        if !is_letter || !self.is_typing {
            self.step();
        }
        self.is_typing = is_letter;
        let (before, after) = self.parts();
        self.text = format!("{before}{text}{after}");
        self.caret += text.len();
    }

    /// Puts `text` in the place of everything.
    pub fn replace(&mut self, text: &str) {
        self.step();
        (self.text, self.caret) = (text.to_owned(), text.len());
    }

    /// Remembers the text as it is, before it changes.
    fn step(&mut self) {
        if self.past.len() == STEPS {
            self.past.remove(0);
        }
        self.past.push((self.text.clone(), self.caret));
        self.future.clear();
        self.is_typing = false;
    }

    /// Moves the caret a line up or down, when lines have `room` cells.
    pub fn go_line(&mut self, down: bool, room: usize) {
        let lines = wrap(&self.text, room);
        let (at, column) = place(&lines, &self.text, self.caret);
        let to = if down { at + 1 } else { at.wrapping_sub(1) };
        let Some(line) = lines.get(to) else {
            self.caret = if down { self.text.len() } else { 0 };
            return;
        };
        let mut caret = line.start;
        let mut used = 0;
        for part in self.text.get(line.clone()).unwrap_or_default().graphemes(true) {
            if used >= column {
                break;
            }
            used += width(part);
            caret += part.len();
        }
        (self.caret, self.is_typing) = (caret, false);
    }

    /// Takes in a press that types; `false` where it types nothing.
    pub fn press(&mut self, press: Press) -> bool {
        let Some(c) = press.typed() else { return false };
        self.insert(c.encode_utf8(&mut [0; 4]));
        true
    }

    /// Does what a command of text says; `false` where it is another command.
    pub fn run(&mut self, command: Command) -> bool {
        self.is_typing = false;
        match command {
            Command::TextLeft => self.caret = self.before(),
            Command::TextRight => self.caret = self.after(),
            Command::TextStart => self.caret = 0,
            Command::TextEnd => self.caret = self.text.len(),
            Command::TextBackspace => self.remove(self.before(), self.caret),
            Command::TextDelete => self.remove(self.caret, self.after()),
            Command::TextDeleteWord => {
                let (before, _) = self.parts();
                let trimmed = before.trim_end();
                let start = trimmed.rfind(' ').map_or(0, |at| at + 1);
                self.remove(start, self.caret);
            }
            Command::TextDeleteLine => self.remove(0, self.caret),
            Command::TextUndo => {
                if let Some((text, caret)) = self.past.pop() {
                    self.future.push((std::mem::replace(&mut self.text, text), self.caret));
                    self.caret = caret;
                }
            }
            Command::TextRedo => {
                if let Some((text, caret)) = self.future.pop() {
                    self.past.push((std::mem::replace(&mut self.text, text), self.caret));
                    self.caret = caret;
                }
            }
            _ => return false,
        }
        true
    }

    fn before(&self) -> usize {
        self.parts().0.grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.caret + self.parts().1.graphemes(true).next().map_or(0, str::len)
    }

    fn remove(&mut self, from: usize, to: usize) {
        if from == to {
            return;
        }
        self.step();
        self.text.replace_range(from..to, "");
        self.caret = from;
    }
}

/// On which of `lines` of `text` the caret stands, and how many cells from its start.
pub fn place(lines: &[Range<usize>], text: &str, caret: usize) -> (usize, usize) {
    let at = lines.iter().rposition(|line| line.start <= caret).unwrap_or(0);
    let line = lines.get(at).cloned().unwrap_or_default();
    let before = text.get(line.start..caret.min(line.end).max(line.start)).unwrap_or_default();
    (at, width(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_with_its_mark_is_one_step() {
        let mut input = Input::new("ae\u{301}");
        input.run(Command::TextLeft);
        assert_eq!(input.parts(), ("a", "e\u{301}"));
        input.run(Command::TextDelete);
        assert_eq!(input.text, "a");
    }

    #[test]
    fn what_is_pasted_is_one_step_and_so_is_a_word() {
        let mut input = Input::new("");
        "ei bok".chars().for_each(|c| input.insert(&c.to_string()));
        input.insert(" om noe, limt inn");
        input.run(Command::TextUndo);
        assert_eq!(input.text, "ei bok");
        input.run(Command::TextUndo);
        assert_eq!(input.text, "ei ");
        input.run(Command::TextRedo);
        input.run(Command::TextRedo);
        assert_eq!(input.text, "ei bok om noe, limt inn");
    }

    #[test]
    fn the_caret_goes_from_line_to_line() {
        let mut input = Input::new("ei bok om norsk");
        input.caret = 1;
        input.go_line(true, 7);
        assert_eq!(input.parts().0, "ei bok o");
        input.go_line(false, 7);
        assert_eq!(input.parts().0, "e");
        input.go_line(false, 7);
        assert_eq!(input.caret, 0);
    }

    #[test]
    fn a_word_is_deleted_with_the_space_after_it() {
        let mut input = Input::new("ei bok ");
        input.run(Command::TextDeleteWord);
        assert_eq!(input.text, "ei ");
        input.insert("å");
        assert_eq!(input.text, "ei å");
    }
}
