//! Open, search, mark, copy, export, quit; and the terminal is given back whatever happens.

use super::terminal::Terminal;
use crate::support::desk::Desk;
use rustix::process::Signal;

const BIB: &str = "@book{aasen1864, author={Aasen, Ivar}, title={Norsk Grammatik}, date={1864}}
@article{berg2019, author={Berg, Kari and Dahl, Per}, title={Sjølvhjelp i bygda}, date={2019}, doi={10.1000/x}}
@thesis{zoe2001, author={Zoë, Ann}, title={Help}, date={2001}}
";

fn open() -> (Desk, Terminal) {
    let desk = Desk::with_bib(BIB);
    let mut terminal = Terminal::open(&desk, &["--lang", "en", "refs.bib"], 80, 24);
    terminal.wait_for("3 entries");
    (desk, terminal)
}

#[test]
fn the_list_is_searched_marked_copied_exported_and_left() {
    let (desk, mut terminal) = open();
    terminal.press("/sjolv").wait_for("1 of 3 entries").press("\r").wait_for("Sjølvhjelp");
    terminal.press(" ").wait_for("1 marked");
    // `yk`: the citation key, which reaches the clipboard through the terminal.
    terminal.press("y").wait_for("citation key").press("k").wait_sent("\x1b]52;c;YmVyZzIwMTk=\x07");
    terminal.wait_for("Copied the citation key");
    terminal.press("x").wait_for("Export as").press("bib\r").wait_for("Export 1 entry");
    terminal.press("\r").wait_for("Wrote 1 entry");
    assert!(desk.read("berg2019.bib").starts_with("@article{berg2019"));
    terminal.press("q");
    assert_eq!(terminal.end(), (0, true));
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_asked() {
    let (desk, mut terminal) = open();
    desk.file("berg2019.bib", b"precious");
    terminal.press("x").wait_for("Export as").press("bib\r").wait_for("Export 1 entry").press("\r");
    terminal.wait_for("exists").press("n").wait_gone("exists");
    assert_eq!(desk.read("berg2019.bib"), "precious");
    terminal.press("q");
    assert_eq!(terminal.end(), (0, true));
}

#[test]
fn signals_give_the_terminal_back() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let (_desk, mut terminal) = open();
        terminal.signal(signal);
        assert!(terminal.end().1, "{signal:?}");
    }
}

#[test]
fn a_panic_gives_the_terminal_back_and_is_told() {
    let desk = Desk::with_bib(BIB);
    let variables = [("KILDE_PANIC", "update")];
    let mut terminal =
        Terminal::open_with(&desk, &["--lang", "en", "refs.bib"], &variables, 80, 24);
    terminal.wait_for("3 entries").press("\x0c");
    assert_eq!(terminal.end(), (70, true));
    assert!(terminal.screen().contains("a fault of its own"), "{}", terminal.screen());
}

#[test]
fn a_panic_in_a_worker_is_told_and_the_screen_goes_on() {
    let desk = Desk::with_bib(BIB);
    let variables = [("KILDE_PANIC", "worker")];
    let mut terminal =
        Terminal::open_with(&desk, &["--lang", "en", "refs.bib"], &variables, 80, 24);
    terminal.wait_for("3 entries").press("A").wait_for("Something went wrong");
    terminal.press("j").wait_for("2/3").press("q");
    assert_eq!(terminal.end(), (0, true));
}

#[test]
fn any_size_is_drawn_and_the_last_one_right() {
    let (_desk, mut terminal) = open();
    for step in 0..2_000_u16 {
        terminal.resize(1 + step * 7 % 200, 1 + step * 5 % 60);
    }
    terminal.resize(100, 30).wait_for("3 entries").wait_for("? help");
    terminal.press("q");
    assert_eq!(terminal.end(), (0, true));
}

#[test]
fn many_keys_and_a_large_paste_lose_nothing() {
    let (_desk, mut terminal) = open();
    terminal.press(&"j".repeat(20_000)).wait_for("3/3");
    terminal.press("/").wait_for("clear");
    let paste = format!("\x1b[200~zoe{}\x1b[201~", " ".repeat(1 << 20));
    terminal.press(&paste).wait_for("1 of 3 entries");
    terminal.press("\r").press("q");
    assert_eq!(terminal.end(), (0, true));
}
