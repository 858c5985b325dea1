//! The default keymap, walked: no key that needs `AltGr`, nothing that only the mouse or only a letter
//! reaches.

use kilde::text::said::{Language, plain};
use kilde::tui::command::{Command, Context};
use kilde::tui::keymap::Keymap;
use kilde::tui::press::{Key, Press};

/// What a Norwegian keyboard has only on `AltGr`, on a dead key, or not at all.
const HARD: &str = "[]{}@~\\$|£€^`´¨";

fn keys() -> Vec<(Context, Vec<Press>, Command)> {
    Keymap::builtin().all().map(|(it, chord, command)| (it, chord.to_vec(), command)).collect()
}

#[test]
fn no_default_key_is_on_altgr_alt_or_a_dead_key() {
    for (context, chord, command) in keys() {
        for press in chord {
            assert!(!press.alt, "{context:?} {command:?}");
            assert!(
                !matches!(press.key, Key::Char(c) if HARD.contains(c)),
                "{context:?} {command:?} {press}"
            );
        }
    }
}

#[test]
fn every_command_is_reached_without_a_letter() {
    // Arrows, Enter, Space, F-keys and Ctrl; the palette and the help list stand on F-keys and Ctrl,
    // and run whatever they list.
    let named = |chord: &[Press]| chord.iter().all(|it| it.typed().is_none_or(|c| c == ' '));
    for command in Command::ALL {
        let own: Vec<_> = keys().into_iter().filter(|(_, _, it)| it == command).collect();
        for (context, ..) in &own {
            let keymap = Keymap::builtin();
            let chords = keymap.beginning(*context, &[]);
            let direct = chords.iter().any(|(chord, it)| it == command && named(chord));
            let by_help = chords.iter().any(|(chord, it)| *it == Command::Help && named(chord));
            assert!(direct || by_help, "{context:?} {command:?}");
        }
        assert!(!own.is_empty() || command.in_palette(), "{command:?}");
    }
    for way in [Command::Palette, Command::Help] {
        assert!(keys().iter().any(|(it, chord, command)| {
            *it == Context::Any && *command == way && named(chord)
        }));
    }
}

#[test]
fn every_command_has_a_key_or_a_place_in_the_palette_a_name_and_a_description() {
    for command in Command::ALL {
        let has_key = keys().iter().any(|(_, _, it)| it == command);
        assert!(has_key || command.in_palette(), "{command:?}");
        for language in Language::ALL {
            let name = plain(command.id(), language).unwrap_or_default();
            let about = plain(command.about(), language).unwrap_or_default();
            assert!(!name.is_empty() && !about.is_empty(), "{language:?} {command:?}");
            assert!(about.starts_with(|c: char| !c.is_lowercase()), "{language:?} {about}");
        }
    }
}

#[test]
fn every_place_has_help_and_a_way_out() {
    for context in Context::ALL {
        let chords = Keymap::builtin().beginning(*context, &[]);
        let has = |command| chords.iter().any(|(_, it)| *it == command);
        assert!(has(Command::Help), "{context:?}");
        assert!(has(Command::Back) || has(Command::ClearSearch), "{context:?}");
    }
}
