//! A line of text that is being typed: the text and where the caret stands.

use super::command::Command;
use super::press::Press;
use unicode_segmentation::UnicodeSegmentation;

/// A line of text with a caret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    /// The text so far.
    pub text: String,
    /// Where the next character goes, in bytes; always at the boundary of a grapheme.
    pub caret: usize,
}

impl Input {
    /// `text` with the caret behind it.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), caret: text.len() }
    }

    /// What stands before the caret and after it.
    pub fn parts(&self) -> (&str, &str) {
        self.text.split_at_checked(self.caret).unwrap_or((&self.text, ""))
    }

    /// Puts `text` in at the caret.
    pub fn insert(&mut self, text: &str) {
        let (before, after) = self.parts();
        self.text = format!("{before}{text}{after}");
        self.caret += text.len();
    }

    /// Takes in a press that types; `false` where it types nothing.
    pub fn press(&mut self, press: Press) -> bool {
        let Some(c) = press.typed() else { return false };
        self.insert(c.encode_utf8(&mut [0; 4]));
        true
    }

    /// Does what a command of text says; `false` where it is another command.
    pub fn run(&mut self, command: Command) -> bool {
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
        self.text.replace_range(from..to, "");
        self.caret = from;
    }
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
    fn a_word_is_deleted_with_the_space_after_it() {
        let mut input = Input::new("ei bok ");
        input.run(Command::TextDeleteWord);
        assert_eq!(input.text, "ei ");
        input.insert("å");
        assert_eq!(input.text, "ei å");
    }
}
