//! Whether the terminal's ground is dark or light. The question is sent after the first frame, and
//! the answer, which comes as if it were typed, is picked out of the keys.

use crate::tui::event::Event;
use crate::tui::press::{Key, Press};

/// Asks for the colour of the ground (xterm's OSC 11).
pub const QUESTION: &str = "\x1b]11;?\x1b\\";

/// What the answer begins with, behind `ESC ]`.
const HEAD: &str = "11;rgb:";

/// The longest answer there is: `11;rgb:ffff/ffff/ffff`.
const MAX: usize = 40;

/// Picks the answer out of the keys.
#[derive(Debug, Default)]
pub struct Ground {
    held: Vec<Event>,
    text: String,
}

impl Ground {
    /// Takes in one event and gives those that are not part of an answer.
    pub fn take(&mut self, event: Event) -> Vec<Event> {
        let press = match &event {
            Event::Press(press) => *press,
            _ => return self.give_up(Some(event)),
        };
        if self.held.is_empty() {
            if press.alt && press.key == Key::Char(']') {
                self.held.push(event);
                return Vec::new();
            }
            return vec![event];
        }
        let is_end = (press.ctrl && press.key == Key::Char('g'))
            || (press.alt && press.key == Key::Char('\\'));
        if is_end && self.text.starts_with(HEAD) {
            let dark = is_dark(self.text.get(HEAD.len()..).unwrap_or_default());
            self.held.clear();
            self.text.clear();
            return dark.map(|dark| Event::Ground { dark }).into_iter().collect();
        }
        self.held.push(event);
        match press {
            Press { key: Key::Char(c), ctrl: false, alt: false, .. } => self.text.push(c),
            _ => return self.give_up(None),
        }
        let fits = HEAD.starts_with(&self.text) || self.text.starts_with(HEAD);
        if fits && self.text.len() <= MAX { Vec::new() } else { self.give_up(None) }
    }

    fn give_up(&mut self, last: Option<Event>) -> Vec<Event> {
        self.text.clear();
        self.held.drain(..).chain(last).collect()
    }
}

/// Whether a colour `r/g/b` (1 to 4 hexadecimal digits each) is darker than the middle.
fn is_dark(colour: &str) -> Option<bool> {
    let parts: Vec<f64> = colour
        .split('/')
        .map(|part| {
            let most = 16_f64.powi(i32::try_from(part.len()).ok()?) - 1.0;
            u32::from_str_radix(part, 16).ok().map(|value| f64::from(value) / most)
        })
        .collect::<Option<_>>()?;
    let [r, g, b] = parts.as_slice() else { return None };
    Some(0.2126 * r + 0.7152 * g + 0.0722 * b < 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::press::presses;

    fn taken(keys: &str) -> Vec<Event> {
        let mut ground = Ground::default();
        let keys = presses(keys).unwrap();
        keys.into_iter().flat_map(|press| ground.take(Event::Press(press))).collect()
    }

    #[test]
    fn an_answer_among_the_keys_is_no_key() {
        assert_eq!(taken("<a-]>11;rgb:0000/1111/2222<a-\\>"), [Event::Ground { dark: true }]);
        assert_eq!(taken("<a-]>11;rgb:ff/ff/f0<c-g>"), [Event::Ground { dark: false }]);
    }

    #[test]
    fn what_only_looks_like_an_answer_is_typed() {
        assert_eq!(taken("<a-]>12").len(), 3);
        assert_eq!(taken("a").len(), 1);
    }
}
