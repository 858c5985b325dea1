//! One press of a key, and how a keymap writes it: `a`, `<space>`, `<c-p>`, `<s-tab>`, `<f1>`.

use std::fmt;

/// A key without what is held down beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A character as typed: shift and `AltGr` are already in it.
    Char(char),
    /// The return key.
    Enter,
    /// The escape key.
    Esc,
    /// The tabulator.
    Tab,
    /// Deletes to the left.
    Backspace,
    /// Deletes to the right.
    Delete,
    /// The insert key.
    Insert,
    /// An arrow.
    Up,
    /// An arrow.
    Down,
    /// An arrow.
    Left,
    /// An arrow.
    Right,
    /// To the start.
    Home,
    /// To the end.
    End,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// A function key, from 1.
    F(u8),
}

/// One press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Press {
    /// Which key.
    pub key: Key,
    /// Whether control is held.
    pub ctrl: bool,
    /// Whether Alt (Option) is held.
    pub alt: bool,
    /// Whether shift is held; never set for characters.
    pub shift: bool,
}

/// Names of keys that are no character, as a keymap writes them.
const NAMES: &[(&str, Key)] = &[
    ("enter", Key::Enter),
    ("esc", Key::Esc),
    ("tab", Key::Tab),
    ("backspace", Key::Backspace),
    ("delete", Key::Delete),
    ("insert", Key::Insert),
    ("up", Key::Up),
    ("down", Key::Down),
    ("left", Key::Left),
    ("right", Key::Right),
    ("home", Key::Home),
    ("end", Key::End),
    ("pageup", Key::PageUp),
    ("pagedown", Key::PageDown),
    ("space", Key::Char(' ')),
    ("lt", Key::Char('<')),
];

impl Press {
    /// A press of `key` alone.
    pub const fn plain(key: Key) -> Self {
        Self { key, ctrl: false, alt: false, shift: false }
    }

    /// The character this press types into a text; `None` for commands.
    pub fn typed(self) -> Option<char> {
        match self.key {
            Key::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

/// The presses that `text` writes, one after the other; `None` where a `<…>` names no key. Spaces
/// between presses are only for reading: the key itself is `<space>`.
pub fn presses(text: &str) -> Option<Vec<Press>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let tail = rest.get(first.len_utf8()..).unwrap_or_default();
        match first {
            ' ' => rest = tail,
            '<' => {
                let (name, after) = tail.split_once('>')?;
                out.push(named(name)?);
                rest = after;
            }
            c => {
                out.push(Press::plain(Key::Char(c)));
                rest = tail;
            }
        }
    }
    Some(out)
}

fn named(name: &str) -> Option<Press> {
    let mut press = Press::plain(Key::Esc);
    let mut rest = name;
    loop {
        match rest.split_once('-') {
            Some(("c", after)) if !after.is_empty() => press.ctrl = true,
            Some(("a", after)) if !after.is_empty() => press.alt = true,
            Some(("s", after)) if !after.is_empty() => press.shift = true,
            _ => break,
        }
        rest = rest.get(2..)?;
    }
    press.key = if let Some((_, key)) = NAMES.iter().find(|(known, _)| *known == rest) {
        *key
    } else if let Some(number) = rest.strip_prefix('f').and_then(|n| n.parse().ok()) {
        Key::F(number)
    } else {
        let mut characters = rest.chars();
        let one = characters.next()?;
        if characters.next().is_some() {
            return None;
        }
        Key::Char(one)
    };
    Some(press)
}

impl Press {
    /// The press as people read it: `a`, `Space`, `Ctrl-P`, `↓`.
    pub fn shown(self) -> String {
        let name = match self.key {
            Key::Char(' ') => "Space".to_owned(),
            Key::Char(c) if self.ctrl => c.to_uppercase().to_string(),
            Key::Char(c) => c.to_string(),
            Key::F(number) => format!("F{number}"),
            Key::Enter => "Enter".to_owned(),
            Key::Esc => "Esc".to_owned(),
            Key::Tab => "Tab".to_owned(),
            Key::Backspace => "Backspace".to_owned(),
            Key::Delete => "Del".to_owned(),
            Key::Insert => "Ins".to_owned(),
            Key::Up => "↑".to_owned(),
            Key::Down => "↓".to_owned(),
            Key::Left => "←".to_owned(),
            Key::Right => "→".to_owned(),
            Key::Home => "Home".to_owned(),
            Key::End => "End".to_owned(),
            Key::PageUp => "PgUp".to_owned(),
            Key::PageDown => "PgDn".to_owned(),
        };
        let held = [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")];
        held.iter().filter(|(on, _)| *on).map(|(_, sign)| *sign).collect::<String>() + &name
    }
}

impl fmt::Display for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.key {
            Key::F(number) => format!("f{number}"),
            key => match (NAMES.iter().find(|(_, known)| *known == key), key) {
                (Some((name, _)), _) => (*name).to_owned(),
                (None, Key::Char(c)) if !self.ctrl && !self.alt => return write!(f, "{c}"),
                (None, Key::Char(c)) => c.to_string(),
                (None, _) => String::new(),
            },
        };
        f.write_str("<")?;
        for (held, sign) in [(self.ctrl, "c-"), (self.alt, "a-"), (self.shift, "s-")] {
            if held {
                f.write_str(sign)?;
            }
        }
        write!(f, "{name}>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presses_are_read_as_they_are_written() {
        for text in ["a", "<space>", "<c-p>", "<s-tab>", "<f12>", "<lt>", "æ", "<pageup>"] {
            let read = presses(text).unwrap();
            assert_eq!(read.len(), 1, "{text}");
            assert_eq!(read[0].to_string(), text);
        }
        assert_eq!(presses("g g").unwrap().len(), 2);
        assert_eq!(presses("<nokey>"), None);
    }
}
