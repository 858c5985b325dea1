//! The three journeys: a researcher, a member of staff, a student.

use super::terminal::Terminal;
use crate::support::desk::Desk;

const RIS: &str = "TY  - BOOK\nAU  - Ny, Nina\nTI  - En helt ny bok om noe\nPY  - 2024\nER  -\n\
TY  - BOOK\nAU  - Aasen, Ivar\nTI  - Norsk Grammatik\nPY  - 1864\nER  -\n";

#[test]
fn a_student_copies_a_reference_over_ssh_and_exports_a_list_in_nynorsk() {
    let desk = Desk::with_shipped_library();
    let variables = [("SSH_TTY", "/dev/pts/9")];
    let mut terminal =
        Terminal::open_with(&desk, &["--lang", "nn", "library"], &variables, 100, 30);
    terminal.wait_for("293 postar").press("/gotaas takk").wait_for("av 293 postar").press("\r");
    terminal.wait_for("Gotaas, ");
    // The reference begins with `Gotaas, `: base64 of the first letters stands behind OSC 52.
    terminal.press("y").wait_for("kopier").press("y").wait_sent("\x1b]52;c;R290YWFz");
    terminal.wait_for("OSC 52").press("x").wait_for("Eksporter som").press("docx\r");
    terminal.wait_for("Eksporter 1 post").press("\x15liste.docx\r").wait_for("Skreiv 1 post");
    assert!(std::fs::read(desk.path().join("liste.docx")).unwrap().starts_with(b"PK"));
    terminal.press("q");
    assert_eq!(terminal.end(), (0, true));
}

#[test]
fn a_researcher_narrows_marks_three_and_exports_ris() {
    let desk = Desk::with_shipped_library();
    let mut terminal = Terminal::open(&desk, &["--lang", "en", "library"], 160, 48);
    terminal.wait_for("293 entries").press("/selvhjelpsgrupper").wait_for(" of 293 entries");
    terminal.press("\r").press("f").wait_for("▾ Type").press("j ").wait_for("✓");
    terminal.press("\x1b").wait_for("▸ ").press("   ").wait_for("3 marked");
    terminal.press("x").wait_for("Export as").press("ris\r").wait_for("Export 3 entries");
    terminal.press("\r").wait_for("Wrote 3 entries");
    assert_eq!(desk.read("kilde.ris").matches("ER  -").count(), 3);
    terminal.press("q");
    assert_eq!(terminal.end(), (0, true));
}

#[test]
fn staff_bring_in_a_file_set_a_status_see_the_difference_and_undo_after_a_restart() {
    let desk = Desk::with_bib(
        "@book{aasen1864, author={Aasen, Ivar}, title={Norsk Grammatik}, date={1864}}\n",
    );
    desk.file("new.ris", RIS.as_bytes());
    let mut terminal = Terminal::open(&desk, &["--lang", "en", "refs.bib"], 100, 30);
    terminal.wait_for("1 entry").press("a").wait_for("Paste anything").press("new.ris\r");
    terminal.wait_for("This will change").wait_for("En helt ny bok").press("\r");
    terminal.wait_for("2 entries");
    let with_both = desk.read("refs.bib");
    assert_eq!(with_both.matches("@book").count(), 2);
    terminal.press("A").wait_for("2 marked").press("m").wait_for("Status").press("included\r");
    terminal.wait_for("This will change").press("\r").wait_gone("This will change");
    terminal.wait_for("✓ ").press("q");
    assert_eq!(terminal.end(), (0, true));
    assert_eq!(desk.read("refs.bib").matches("included").count(), 2);
    let mut again = Terminal::open(&desk, &["--lang", "en", "refs.bib"], 100, 30);
    again.wait_for("2 entries").press("u").wait_for("Undone").press("q");
    assert_eq!(again.end(), (0, true));
    assert_eq!(desk.read("refs.bib"), with_both);
}
