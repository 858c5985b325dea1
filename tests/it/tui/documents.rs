//! `docs/keys.md` is made from the command table and the keymap.

use kilde::text::said::{Language, plain};
use kilde::tui::command::{Command, Context};
use kilde::tui::keymap::{Keymap, shown};
use std::fmt::Write as _;

fn page() -> String {
    let mut out = String::from(
        "# Keys\n\nMade from the command table and the keymap by a test; `KILDE_WRITE_DOCS=1 cargo \
         test --test it keys_page` writes it anew.\n",
    );
    let keymap = Keymap::builtin();
    for context in Context::ALL {
        let mut bound: Vec<(Command, Vec<String>)> = Vec::new();
        let mut own: Vec<_> = keymap.all().filter(|(it, ..)| it == context).collect();
        own.sort_by_key(|(_, chord, command)| (*command, chord.len(), chord.to_vec()));
        for (_, chord, command) in own {
            let keys = format!("`{}`", shown(chord).replace('`', "\\`"));
            match bound.iter_mut().find(|(known, _)| *known == command) {
                Some((_, all)) => all.push(keys),
                None => bound.push((command, vec![keys])),
            }
        }
        let _written =
            write!(out, "\n## {}\n\n| keys | does | command |\n|---|---|---|\n", context.name());
        for (command, keys) in bound {
            let about = plain(command.about(), Language::En).unwrap();
            let keys = keys.join(" ").replace('|', "\\|");
            let _written = writeln!(out, "| {keys} | {about} | `{}` |", command.name());
        }
    }
    out
}

#[test]
fn the_keys_page_says_what_the_keymap_says() {
    let path = crate::support::desk::root().join("docs/keys.md");
    if std::env::var_os("KILDE_WRITE_DOCS").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), page());
}
