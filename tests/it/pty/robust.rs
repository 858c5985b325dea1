//! Signals at any moment, being stopped and continued, faults, and other programs that write.

use super::terminal::Terminal;
use crate::support::desk::Desk;
use rustix::process::Signal;

const BIB: &str = "@book{aasen1864,\n  author = {Aasen, Ivar},\n  title = {Norsk Grammatik},\n}
@book{berg2019,\n  author = {Berg, Kari},\n  title = {Sjølvhjelp},\n}
";

fn open(desk: &Desk) -> Terminal {
    Terminal::open(desk, &["--lang", "en", "refs.bib"], 80, 24)
}

#[test]
fn whenever_a_signal_comes_the_file_is_whole_and_the_terminal_given_back() {
    let new = BIB.replace(",\n}", ",\n  note = {x},\n}");
    // The keys up to which it has come: before anything, amid typing, amid saving, after it.
    let moments =
        ["", "A", "AB", "ABnote = x", "ABnote = x\r", "ABnote = x\r\r", "ABnote = x\r\rju"];
    for keys in moments {
        for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT] {
            let desk = Desk::with_bib(BIB);
            let mut terminal = open(&desk);
            if let Some(keys) = keys.strip_prefix('A') {
                terminal.wait_for("2 entries").press("A").wait_for("2 marked").press(keys);
            }
            terminal.signal(signal);
            let _code = terminal.left();
            assert!(terminal.is_given_back(), "{signal:?} after {keys:?}");
            let now = desk.read("refs.bib");
            assert!(now == BIB || now == new, "{signal:?} after {keys:?}: {now}");
        }
    }
}

#[test]
fn a_program_that_is_stopped_gives_the_terminal_back_and_takes_it_again() {
    let desk = Desk::with_bib(BIB);
    let mut terminal = open(&desk);
    for by_key in [true, false] {
        terminal.wait_for("2 entries");
        if by_key {
            terminal.press("\x1a");
        } else {
            terminal.signal(Signal::TSTP);
        }
        terminal.wait_stopped().wait_given_back();
        terminal.resize(100, 30).signal(Signal::CONT).wait_for("2 entries").wait_for("? help");
    }
    terminal.press("q");
    assert_eq!(terminal.end(), (0, true));
}

#[test]
fn a_fault_while_drawing_gives_the_terminal_back_and_is_told() {
    let desk = Desk::with_bib(BIB);
    let variables = [("KILDE_PANIC", "draw")];
    let mut terminal =
        Terminal::open_with(&desk, &["--lang", "en", "refs.bib"], &variables, 80, 24);
    terminal.wait_for("2 entries").press("j");
    assert_eq!(terminal.end(), (70, true));
    assert!(terminal.screen().contains("a fault of its own"), "{}", terminal.screen());
}

#[test]
fn what_another_program_writes_is_shown_and_ones_own_change_is_put_beside_it() {
    let desk = Desk::with_bib(BIB);
    let mut terminal = open(&desk);
    terminal.wait_for("2 entries").wait_for("Norsk Grammatik");
    let theirs = BIB.replace("{Norsk Grammatik}", "{Norsk Ordbog}");
    desk.file("refs.bib", theirs.as_bytes());
    terminal.wait_for("Norsk Ordbog");
    // In place of the file, as editors do.
    let theirs = format!("{theirs}@book{{ny, author={{Ny, Nina}}, title={{Ny}}}}\n");
    desk.file("beside", theirs.as_bytes());
    std::fs::rename(desk.path().join("beside"), desk.path().join("refs.bib")).unwrap();
    terminal.wait_for("3 entries");
    terminal
        .press("A")
        .wait_for("3 marked")
        .press("Bnote = x\r")
        .wait_for("This will change")
        .press("\r")
        .wait_gone("This will change");
    terminal.wait_for("✓ ").press("q");
    assert_eq!(terminal.end(), (0, true));
    let now = desk.read("refs.bib");
    assert!(now.contains("Norsk Ordbog") && now.contains("Ny, Nina"), "{now}");
    assert_eq!(now.matches("{x}").count(), 3, "{now}");
}

#[test]
fn a_change_made_outside_while_a_form_is_open_is_merged_with_the_one_made_there() {
    let desk = Desk::with_bib(BIB);
    let mut terminal = open(&desk);
    terminal.wait_for("2 entries").press("/aasen\r").wait_for("1 of 2").press("e");
    terminal.wait_for("title").press("j\r").wait_for("Norsk Grammatik");
    let theirs = BIB.replace("Aasen, Ivar", "Aasen, Ivar Andreas");
    desk.file("refs.bib", theirs.as_bytes());
    terminal.press("\x15Norsk Ordbog\r").wait_for("Norsk Ordbog").wait_for("Ivar Andreas");
    terminal.press("\x1b").press("q");
    assert_eq!(terminal.end(), (0, true));
    assert_eq!(desk.read("refs.bib"), theirs.replace("Norsk Grammatik", "Norsk Ordbog"));
}
