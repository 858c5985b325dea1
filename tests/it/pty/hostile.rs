//! Nothing in a file reaches the terminal as anything but letters, whatever screen shows it.

use super::terminal::Terminal;
use crate::support::desk::Desk;

/// What a field may hold, and what must not be sent.
const PAYLOADS: &[(&str, &str)] = &[
    ("clear the screen", "\u{1b}[2J\u{1b}[31m"),
    ("set the clipboard", "\u{1b}]52;c;ZXZpbA==\u{7}"),
    ("set the title", "\u{1b}]0;evil\u{7}"),
    ("ask who is there", "\u{1b}[c"),
    ("a string for the terminal", "\u{1b}P$qm\u{1b}\\"),
    ("C1", "\u{9b}31m"),
    ("turn the text round", "\u{202e}fdp.exe"),
    ("isolate", "\u{2066}x"),
    ("nothing to see", "\u{200b}\u{2060}"),
    ("tags", "\u{e0041}\u{e0042}"),
    ("back", "\u{8}\u{8}"),
    ("a bell", "\u{7}"),
    ("delete", "\u{7f}"),
];

/// Whether a character from a file would do something instead of being seen.
fn acts(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}' | '\u{200b}' | '\u{2060}' | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}' | '\u{7f}')
}

#[test]
fn every_screen_shows_what_a_file_hides_and_sends_none_of_it() {
    let fields: Vec<String> = ["author", "title", "note", "journaltitle", "keywords", "url", "doi"]
        .iter()
        .map(|field| {
            let all: String = PAYLOADS.iter().map(|(_, payload)| format!("a{payload}b ")).collect();
            format!("  {field} = {{{all}}},\n")
        })
        .collect();
    let one = |key: &str| format!("@article{{{key},\n{}}}\n", fields.concat());
    let desk = Desk::with_bib(&format!("{}{}", one("one"), one("two\u{1b}[2J")));
    let mut terminal = Terminal::open(&desk, &["--lang", "en", "refs.bib"], 160, 48);
    terminal.wait_for("2 entries").wait_for("⟨U+001B⟩");
    terminal.press("f").wait_for("▾").press("\x1b");
    terminal.press("l").wait_for("▸ Reference").press("\x1b");
    terminal.press("e").wait_for("title").press("j\r");
    terminal.press("\x1b").wait_for("remove field").press("\x1b").wait_gone("remove field");
    terminal.press("C").wait_for("invisible character").press("\x1b");
    terminal.press("/evil\r").wait_for("/ evil").press("\x1b");
    terminal
        .press("A")
        .wait_for("2 marked")
        .press("Bnote = x\r")
        .wait_for("This will")
        .press("\x1b");
    terminal.wait_gone("This will").press("q");
    assert_eq!(terminal.end(), (0, true));
    let sent = terminal.sent();
    let text = String::from_utf8_lossy(&sent);
    for (what, payload) in PAYLOADS {
        let is_plain = payload.chars().all(|c| c.is_control() && payload.len() == 1);
        assert!(is_plain || !text.contains(payload), "{what} was sent");
    }
    for c in text.chars() {
        assert!(!acts(c) && !matches!(c, '\u{7}' | '\u{8}'), "{c:?} was sent");
    }
}
