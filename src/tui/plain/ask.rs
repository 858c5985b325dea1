//! What a line asks for: a number, a search, a command by its name in the user's language, by its
//! name in keymaps, or by its keys.

use crate::text::fold;
use crate::text::said::{Language, plain};
use crate::tui::command::{Command, Context};
use crate::tui::keymap::{Keymap, Meaning};
use crate::tui::press::presses;

/// What a line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Nothing was typed.
    Nothing,
    /// To leave what is in front.
    Back,
    /// What has this number, from 1.
    Number(usize),
    /// These words are searched for.
    Search(String),
    /// The next rows of the list.
    Rows,
    /// The command; what stands behind it answers what the command asks.
    Command(Command, String),
    /// Nothing that is known.
    Unknown(String),
}

/// Names that a line has beside those of the commands: the id of the words that hold them, parted
/// by blanks, and what they ask for.
const OWN: &[(&str, Command)] = &[
    ("plain.word.help", Command::Help),
    ("plain.word.quit", Command::Quit),
    ("plain.word.search", Command::Search),
    ("plain.word.next", Command::Down),
    ("plain.word.previous", Command::Up),
    ("plain.word.show", Command::Open),
    ("plain.word.edit", Command::Edit),
    ("plain.word.copy", Command::YankReference),
    ("plain.word.undo", Command::Undo),
    ("plain.word.redo", Command::Redo),
];

/// Reads `line` where a command is expected.
pub fn read(line: &str, context: Context, keymap: &Keymap, language: Language) -> Asked {
    let line = line.trim();
    if line.is_empty() {
        return Asked::Nothing;
    }
    if line == "." {
        return Asked::Back;
    }
    if let Ok(number) = line.parse() {
        return Asked::Number(number);
    }
    if let Some(query) = line.strip_prefix('/') {
        return Asked::Search(query.trim().to_owned());
    }
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim().to_owned();
    if has("plain.word.rows", word, language) && rest.is_empty() {
        return Asked::Rows;
    }
    if let Some((_, command)) = OWN.iter().find(|(id, _)| has(id, word, language)) {
        return Asked::Command(*command, rest);
    }
    if let Some((command, rest)) = named(line, language) {
        return Asked::Command(command, rest);
    }
    if let Some(command) = Command::named(word) {
        return Asked::Command(command, rest);
    }
    if let Some(pressed) = presses(word)
        && let Meaning::Command(command) = keymap.meaning(context, &pressed)
    {
        return Asked::Command(command, rest);
    }
    Asked::Unknown(word.to_owned())
}

/// The command whose short name in `language` the line begins with, the longest such name, and
/// what stands behind it.
fn named(line: &str, language: Language) -> Option<(Command, String)> {
    let folded = fold::base(line);
    let fits = |command: &&Command| {
        let name = fold::base(plain(command.id(), language)?);
        let rest = folded.strip_prefix(&name)?;
        (rest.is_empty() || rest.starts_with(' ')).then_some(name.len())
    };
    let command = *Command::ALL
        .iter()
        .filter(|command| fits(command).is_some())
        .max_by_key(|command| (fits(command), std::cmp::Reverse(**command)))?;
    let words = plain(command.id(), language)?.split_whitespace().count();
    let rest: Vec<&str> = line.split_whitespace().skip(words).collect();
    // As it was typed, blanks and all.
    let rest = rest.first().and_then(|first| line.find(first)).map_or("", |_| {
        let mut left = line;
        for _ in 0..words {
            left = left.trim_start().split_once(char::is_whitespace).map_or("", |it| it.1);
        }
        left.trim()
    });
    Some((command, rest.to_owned()))
}

fn has(id: &str, word: &str, language: Language) -> bool {
    let word = fold::base(word);
    plain(id, language).unwrap_or_default().split_whitespace().any(|it| fold::base(it) == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str, language: Language) -> Asked {
        read(line, Context::List, &Keymap::builtin(), language)
    }

    #[test]
    fn a_command_goes_by_its_name_in_the_users_language_in_keymaps_and_by_its_keys() {
        let marked = Asked::Command(Command::Mark, String::new());
        assert_eq!(asked("mark", Language::En), marked);
        assert_eq!(asked("MERK", Language::Nn), marked);
        assert_eq!(
            asked("yank-doi", Language::Nb),
            Asked::Command(Command::YankDoi, String::new())
        );
        assert_eq!(asked("yk", Language::Nb), Asked::Command(Command::YankKey, String::new()));
    }

    #[test]
    fn the_longest_name_counts_and_the_rest_answers() {
        let all = Asked::Command(Command::MarkAll, String::new());
        assert_eq!(asked("merk alle", Language::Nb), all);
        let export = Asked::Command(Command::Export, "ris  ut.ris".to_owned());
        assert_eq!(asked("eksporter ris  ut.ris", Language::Nb), export);
    }

    #[test]
    fn numbers_searches_and_what_nobody_knows() {
        assert_eq!(asked(" 12 ", Language::En), Asked::Number(12));
        assert_eq!(asked("/to ord", Language::En), Asked::Search("to ord".to_owned()));
        assert_eq!(asked("xyzzy now", Language::En), Asked::Unknown("xyzzy".to_owned()));
        assert_eq!(asked("", Language::En), Asked::Nothing);
    }

    #[test]
    fn every_language_has_its_own_words() {
        for (language, line) in
            [(Language::Nb, "hjelp"), (Language::Nn, "hjelp"), (Language::En, "help")]
        {
            assert_eq!(asked(line, language), Asked::Command(Command::Help, String::new()));
        }
        assert_eq!(asked("liste", Language::Nb), Asked::Rows);
    }
}
