//! What goes out of the program: an editor, the desktop's clipboard, a browser. Scripts in the place
//! of the other programs write down what they were handed.

use super::terminal::Terminal;
use crate::support::desk::Desk;
use std::os::unix::fs::PermissionsExt as _;

const BIB: &str = "@book{aasen1864, author={Aasen, Ivar}, title={Norsk \\emph{Grammatik}}, date={1864}, publisher={Malling}, location={Oslo}, doi={10.1000/a?b}, fulltext={https://example.org/full}, url={https://example.org/page}}
@article{berg2019, author={Berg, Kari}, title={Sjølvhjelp}, journaltitle={Syn og Segn}, date={2019}}
";

/// A desk with programs of these names that write what they get into `NAME.got`.
fn desk(programs: &[&str]) -> Desk {
    let desk = Desk::with_bib(BIB);
    for program in programs {
        let got = desk.path().join(format!("{program}.got"));
        let script = format!(
            "#!/bin/sh\nprintf '%s\\n' \"$@\" > '{0}.new'\n[ -t 0 ] || /bin/cat >> '{0}.new'\n/bin/mv '{0}.new' '{0}'\n",
            got.display()
        );
        let path = desk.file(&format!("bin/{program}"), script.as_bytes());
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    desk
}

fn open(desk: &Desk, variables: &[(&str, &str)]) -> Terminal {
    let bin = desk.path().join("bin");
    let mut all = vec![("PATH", bin.to_str().unwrap())];
    all.extend(variables);
    let mut terminal = Terminal::open_with(desk, &["--lang", "en", "refs.bib"], &all, 100, 30);
    terminal.wait_for("2 entries");
    terminal
}

fn leave(mut terminal: Terminal) {
    terminal.press("q");
    assert_eq!(terminal.end(), (0, true));
}

#[test]
fn a_reference_with_its_italics_goes_to_the_desktop_as_html() {
    let desk = desk(&["wl-copy"]);
    let mut terminal = open(&desk, &[("WAYLAND_DISPLAY", "wayland-0")]);
    terminal.press("G").wait_for("2/2");
    terminal.press("y").wait_for("italics").press("h").wait_for("(wl-copy)");
    let got = desk.read("wl-copy.got");
    assert!(got.starts_with("--type\ntext/html\n") && got.contains("<i>"), "{got}");
    leave(terminal);
}

#[test]
fn over_ssh_the_text_goes_through_the_terminal_and_no_tool_is_run() {
    let desk = desk(&["wl-copy"]);
    let mut terminal =
        open(&desk, &[("WAYLAND_DISPLAY", "wayland-0"), ("SSH_CONNECTION", "1 2 3 4")]);
    terminal.press("y").wait_for("italics").press("h").wait_sent("\x1b]52;c;").wait_for("(OSC 52)");
    assert!(!desk.path().join("wl-copy.got").exists());
    leave(terminal);
}

#[test]
fn full_text_doi_and_address_are_opened_by_the_desktop() {
    let desk = desk(&["xdg-open"]);
    let mut terminal = open(&desk, &[]);
    terminal.press("G").wait_for("2/2");
    for (key, address) in [
        ("d", "https://doi.org/10.1000/a%3Fb"),
        ("o", "https://example.org/full"),
        ("u", "https://example.org/page"),
    ] {
        terminal.press("o").wait_for("in the browser").press(key);
        terminal.wait_for(&format!("Opened {address}"));
        let path = desk.path().join("xdg-open.got");
        terminal.wait_file(&path, &format!("{address}\n"));
        std::fs::remove_file(path).unwrap();
    }
    // What has nothing to open says so.
    terminal.press("g").wait_for("1/2").press("o").wait_for("in the browser").press("d");
    terminal.wait_for("that can be opened");
    leave(terminal);
}

#[test]
fn a_pdf_beside_the_library_is_opened() {
    let desk = desk(&["xdg-open"]);
    desk.file("paper.pdf", b"%PDF-1.7");
    desk.file(
        "refs.bib",
        BIB.replace("fulltext={https://example.org/full}", "file={paper.pdf}").as_bytes(),
    );
    let mut terminal = open(&desk, &[]);
    terminal.press("G").wait_for("2/2");
    terminal.press("o").wait_for("in the browser").press("o").wait_for("Opened ");
    assert!(terminal.screen().contains("paper.pdf"), "{}", terminal.screen());
    leave(terminal);
}

#[test]
fn an_entry_is_edited_in_the_users_editor_and_one_undo_takes_it_back() {
    let desk = desk(&[]);
    let script = "#!/bin/sh\n/bin/sed s/1864/1865/ \"$1\" > \"$1.x\" && /bin/mv \"$1.x\" \"$1\"\n";
    let editor = desk.file("bin/editor", script.as_bytes());
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut terminal = open(&desk, &[("EDITOR", editor.to_str().unwrap())]);
    terminal.press("G").wait_for("2/2").press("E").wait_for("1865").wait_for("edited");
    assert_eq!(desk.read("refs.bib"), BIB.replacen("1864", "1865", 1));
    terminal.press("u").wait_for("Undone");
    assert_eq!(desk.read("refs.bib"), BIB);
    leave(terminal);
}

#[test]
fn an_editor_that_breaks_the_entry_changes_nothing_and_says_why() {
    let desk = desk(&[]);
    let script = "#!/bin/sh\nprintf '@book{aasen1864, title={' > \"$1\"\n";
    let editor = desk.file("bin/editor", script.as_bytes());
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut terminal = open(&desk, &[("EDITOR", editor.to_str().unwrap())]);
    terminal.press("G").wait_for("2/2").press("E").wait_for("! ");
    assert_eq!(desk.read("refs.bib"), BIB);
    leave(terminal);
}

#[test]
fn language_and_theme_are_kept_for_the_next_start() {
    let desk = desk(&[]);
    let mut terminal = open(&desk, &[]);
    terminal.press("\x1b[19~").wait_for("2 poster").press("\x1b[20~").wait_for("Tema");
    leave(terminal);
    let mut again = Terminal::open(&desk, &["refs.bib"], 100, 30);
    again.wait_for("2 poster").press("\x1b[20~").wait_for("Tema: ");
    leave(again);
}
