//! Which presses mean which command, in which context. Data: `data/builtin/keymap/default.toml`,
//! with the user's `keymap.toml` laid on top press by press.

use super::command::{Command, Context};
use super::press::{Press, presses};
use crate::text::said::Said;
use std::collections::HashMap;

const BUILTIN: &str = include_str!("../../data/builtin/keymap/default.toml");

/// Context → presses → command.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Keymap {
    bound: HashMap<Context, Vec<(Vec<Press>, Command)>>,
}

/// What the presses made so far mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A command.
    Command(Command),
    /// The beginning of one or more.
    Prefix,
    /// Nothing.
    Nothing,
}

/// The shape of a keymap file: context → presses → name of a command.
type Written = HashMap<String, toml::value::Table>;

impl Keymap {
    /// The keymap that is compiled in.
    pub fn builtin() -> Self {
        let mut keymap = Self::default();
        let wrong = keymap.lay(BUILTIN);
        debug_assert_eq!(wrong, [], "the built-in keymap is tested");
        keymap
    }

    /// Lays the keymap written in `text` on top of this one; `""` as a command frees the presses.
    /// Gives what could not be understood; the rest counts.
    pub fn lay(&mut self, text: &str) -> Vec<Said> {
        let written: Written = match toml::from_str(text) {
            Ok(written) => written,
            Err(error) => {
                let why = error.message().to_owned();
                return vec![Said::new("tui.keymap-unreadable").with("why", why)];
            }
        };
        let mut wrong = Vec::new();
        for (context, table) in written {
            let Some(place) = Context::named(&context) else {
                wrong.push(Said::new("tui.no-such-context").with("name", context));
                continue;
            };
            for (chord, name) in table {
                let name = name.as_str().unwrap_or_default();
                let Some(chord) = presses(&chord).filter(|it| !it.is_empty()) else {
                    wrong.push(Said::new("tui.no-such-key").with("name", chord));
                    continue;
                };
                let bound = self.bound.entry(place).or_default();
                bound.retain(|(known, _)| *known != chord);
                match Command::named(name) {
                    Some(command) => bound.push((chord, command)),
                    None if name.is_empty() => {}
                    None => wrong.push(Said::new("tui.no-such-command").with("name", name)),
                }
            }
        }
        wrong
    }

    /// What `presses` mean where `context` is in front.
    pub fn meaning(&self, context: Context, presses: &[Press]) -> Meaning {
        for context in context.chain() {
            let bound = self.bound.get(context).map(Vec::as_slice).unwrap_or_default();
            if let Some((_, command)) = bound.iter().find(|(chord, _)| chord == presses) {
                return Meaning::Command(*command);
            }
            if bound.iter().any(|(chord, _)| chord.starts_with(presses)) {
                return Meaning::Prefix;
            }
        }
        Meaning::Nothing
    }

    /// Every chord that works where `context` is in front and begins with `presses`, shortest and
    /// nearest first.
    pub fn beginning(&self, context: Context, begun: &[Press]) -> Vec<(Vec<Press>, Command)> {
        let mut out: Vec<(Vec<Press>, Command)> = Vec::new();
        for context in context.chain() {
            let bound = self.bound.get(context).map(Vec::as_slice).unwrap_or_default();
            let mut here: Vec<_> = bound
                .iter()
                .filter(|(chord, _)| chord.starts_with(begun))
                .filter(|(chord, _)| !out.iter().any(|(known, _)| known == chord))
                .cloned()
                .collect();
            here.sort_by_key(|(chord, _)| (chord.len(), chord.clone()));
            out.extend(here);
        }
        out
    }

    /// How `command` is reached where `context` is in front, shortest first, as it is written.
    pub fn keys(&self, context: Context, command: Command) -> Vec<String> {
        let mut chords: Vec<Vec<Press>> = self
            .beginning(context, &[])
            .into_iter()
            .filter(|(_, bound)| *bound == command)
            .map(|(chord, _)| chord)
            .collect();
        // Letters before function keys, so that hints are short.
        chords.sort_by_key(|chord| {
            let named = chord.first().is_some_and(|first| first.typed().is_none());
            (named, chord.len(), chord.iter().map(|it| it.shown().len()).sum::<usize>())
        });
        chords.iter().map(|chord| shown(chord)).collect()
    }

    /// Everything bound, for tests and tables.
    pub fn all(&self) -> impl Iterator<Item = (Context, &[Press], Command)> {
        self.bound
            .iter()
            .flat_map(|(context, bound)| bound.iter().map(|(chord, it)| (*context, &**chord, *it)))
    }
}

/// Presses as a keymap writes them: `y y`, `<c-p>`.
pub fn written(chord: &[Press]) -> String {
    chord.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// Presses as people read them: `y y`, `Ctrl-P`, `↓`.
pub fn shown(chord: &[Press]) -> String {
    chord.iter().map(|press| press.shown()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::press::Key;
    use super::*;

    #[test]
    fn the_builtin_keymap_names_only_what_exists() {
        assert_eq!(Keymap::default().lay(BUILTIN), []);
    }

    #[test]
    fn no_default_key_needs_altgr_or_alt() {
        for (context, chord, command) in Keymap::builtin().all() {
            for press in chord {
                assert!(!press.alt, "{context:?} {command:?}");
                if let Key::Char(c) = press.key {
                    assert!(!"[]{}@~\\$|£€".contains(c), "{context:?} {command:?} {c}");
                }
            }
        }
    }

    #[test]
    fn where_text_is_typed_no_letter_is_a_command() {
        let keymap = Keymap::builtin();
        for context in Context::ALL.iter().filter(|it| it.is_text()) {
            for (chord, command) in keymap.beginning(*context, &[]) {
                let typed = chord[0].typed();
                assert_eq!(typed, None, "{context:?} {command:?}");
            }
        }
    }

    #[test]
    fn no_chord_is_the_beginning_of_another() {
        let keymap = Keymap::builtin();
        for context in Context::ALL {
            let all = keymap.beginning(*context, &[]);
            for (chord, _) in &all {
                let longer = all.iter().filter(|(it, _)| it != chord && it.starts_with(chord));
                assert_eq!(longer.count(), 0, "{context:?} {}", written(chord));
            }
        }
    }

    #[test]
    fn every_command_has_a_key_or_stands_in_the_palette() {
        let keymap = Keymap::builtin();
        let bound: Vec<Command> = keymap.all().map(|(_, _, command)| command).collect();
        for command in Command::ALL {
            assert!(bound.contains(command) || command.in_palette(), "{command:?}");
        }
    }

    #[test]
    fn a_users_keymap_is_laid_on_top_press_by_press() {
        let mut keymap = Keymap::builtin();
        let wrong = keymap.lay("[list]\n\"q\" = \"\"\n\"Q\" = \"quit\"\n\"z\" = \"serach\"");
        assert_eq!(wrong, [Said::new("tui.no-such-command").with("name", "serach")]);
        let press = |text| presses(text).unwrap();
        assert_eq!(keymap.meaning(Context::List, &press("q")), Meaning::Nothing);
        assert_eq!(keymap.meaning(Context::List, &press("Q")), Meaning::Command(Command::Quit));
        assert_eq!(keymap.meaning(Context::List, &press("y")), Meaning::Prefix);
    }
}
