//! All that can happen to the interface: there is no other way in.

use super::press::{Key, Press};
use super::reply::Reply;
use crossterm::event::{
    Event as Raw, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// Pressed, left.
    Down,
    /// Moved with the left button held.
    Drag,
    /// Let go.
    Up,
    /// The wheel, away from the user.
    WheelUp,
    /// The wheel, towards the user.
    WheelDown,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A key.
    Press(Press),
    /// A text was pasted: one step, never commands.
    Paste(String),
    /// The mouse, at column and row.
    Mouse(Mouse, u16, u16),
    /// The terminal has another size: columns and rows.
    Resize(u16, u16),
    /// The terminal's ground was found to be dark, or light.
    Ground {
        /// Whether it is dark.
        dark: bool,
    },
    /// A worker answered.
    Reply(Reply),
    /// The terminal is ours again after it was lent or the program was stopped.
    Returned,
    /// The terminal has gone.
    HungUp,
}

impl Event {
    /// What crossterm read, in our words; `None` for what means nothing here.
    pub(super) fn from_terminal(raw: Raw) -> Option<Self> {
        match raw {
            Raw::Key(key) => press(key).map(Self::Press),
            Raw::Paste(text) => Some(Self::Paste(text)),
            Raw::Mouse(MouseEvent { kind, column, row, .. }) => {
                let mouse = match kind {
                    MouseEventKind::Down(MouseButton::Left) => Mouse::Down,
                    MouseEventKind::Drag(MouseButton::Left) => Mouse::Drag,
                    MouseEventKind::Up(MouseButton::Left) => Mouse::Up,
                    MouseEventKind::ScrollUp => Mouse::WheelUp,
                    MouseEventKind::ScrollDown => Mouse::WheelDown,
                    _ => return None,
                };
                Some(Self::Mouse(mouse, column, row))
            }
            Raw::Resize(width, height) => Some(Self::Resize(width, height)),
            Raw::FocusGained | Raw::FocusLost => None,
        }
    }
}

fn press(event: KeyEvent) -> Option<Press> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let held = event.modifiers;
    let mut press = Press {
        key: Key::Esc,
        ctrl: held.contains(KeyModifiers::CONTROL),
        alt: held.contains(KeyModifiers::ALT),
        shift: held.contains(KeyModifiers::SHIFT),
    };
    press.key = match event.code {
        KeyCode::Char(c) => {
            press.shift = false;
            Key::Char(if press.ctrl { c.to_ascii_lowercase() } else { c })
        }
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => {
            press.shift = true;
            Key::Tab
        }
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Insert => Key::Insert,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(number) => Key::F(number),
        _ => return None,
    };
    Some(press)
}
