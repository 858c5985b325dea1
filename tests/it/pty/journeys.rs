//! The three journeys: a researcher, a member of staff, a student.

use super::terminal::Terminal;
use crate::support::desk::Desk;

/// Two that are new, one that the library has, one that it perhaps has.
const RIS: &str = "TY  - BOOK\nAU  - Ny, Nina\nTI  - En helt ny bok om noe\nPY  - 2024\nER  -\n\
TY  - BOOK\nAU  - Aasen, Ivar\nTI  - Norsk Grammatik\nPY  - 1864\nSN  - 9788252108125\nCY  - Christiania\nER  -\n\
TY  - JOUR\nAU  - Berg, K.\nTI  - Sjølvhjelp i bygda\nPY  - 2018\nJO  - Syn og Segn\nER  -\n\
TY  - JOUR\nAU  - Annen, Arne\nTI  - Noe helt annet\nPY  - 2020\nJO  - Tidsskrift\nER  -\n";

const LIBRARY: &str = "@book{aasen1864, author={Aasen, Ivar}, title={Norsk Grammatik}, date={1864}, publisher={Malling}, isbn={9788252108125}, pages={1-5}}
@article{berg2019, author={Berg, Kari}, title={Sjølvhjelp i bygda}, journaltitle={Syn og Segn}, date={2019}, doi={https://doi.org/10.1000/x}}
@book{lie2001, author={Lie, Ola}, title={Om byen}, date={2001}, publisher={Cappelen}}
";

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
fn a_researcher_sees_why_a_hit_is_there_narrows_marks_three_and_exports_ris() {
    let desk = Desk::with_shipped_library();
    let mut terminal = Terminal::open(&desk, &["--lang", "en", "library"], 160, 48);
    terminal.wait_for("293 entries").press("/selvhjelpsgrupper").wait_for(" of 293 entries");
    // Only English ones, and why the first of them is there: what the thesaurus calls the same.
    terminal.press(" lang:en").wait_for("lang:en");
    terminal.wait_for("Why it is here").wait_for("self-help group");
    terminal.press("\x17\r").wait_for("▸ ");
    // A type, and a decade below it: F4 to the side bar, Space takes the value.
    terminal.press("\x1bOS").wait_for("▸ Facets").press("j ");
    terminal.wait_so("only articles", |screen| {
        let line = screen.lines().find(|line| line.contains("✓ article")).unwrap_or_default();
        !line.is_empty() && line.contains(&format!(" {}┃", count(screen)))
    });
    let all = count(&terminal.screen());
    narrow(&mut terminal, "2010");
    terminal.wait_so("fewer of them", |screen| count(screen) < all);
    terminal.press("\x1b").wait_for("▸ ").press("   ").wait_for("3 marked");
    terminal.press("x").wait_for("Export as").press("ris\r").wait_for("Export 3 entries");
    terminal.press("\r").wait_for("Wrote 3 entries");
    let ris = desk.read("kilde.ris");
    assert_eq!(ris.matches("ER  -").count(), 3, "{ris}");
    assert_eq!(ris.matches("PY  - 201").count(), 3, "{ris}");
    assert_eq!(ris.matches("TY  - JOUR").count(), 3, "{ris}");
    terminal.press("q");
    assert_eq!(terminal.end(), (0, true));
}

/// How many entries the title of the list says are shown.
fn count(screen: &str) -> usize {
    let (before, _) = screen.split_once(" of 293 entries").unwrap_or_default();
    before.rsplit(' ').next().and_then(|it| it.parse().ok()).unwrap_or(usize::MAX)
}

/// Goes down the side bar to this value, and takes it.
fn narrow(terminal: &mut Terminal, value: &str) {
    let row =
        |screen: &str, what: &str| screen.lines().position(|line| line.contains(what)).unwrap();
    let screen = terminal.screen();
    let down = row(&screen, &format!(" {value} ")) - row(&screen, "✓ article");
    terminal.press(&"j".repeat(down)).press(" ").wait_for(&format!("✓ {value}"));
}

#[test]
fn staff_import_merge_fix_set_a_status_on_five_and_undo_after_a_restart() {
    let desk = Desk::with_bib(LIBRARY);
    desk.file("new.ris", RIS.as_bytes());
    let mut terminal = Terminal::open(&desk, &["--lang", "en", "refs.bib"], 120, 34);
    terminal.wait_for("3 entries").press("a").wait_for("Paste anything").press("new.ris\r");
    terminal.wait_for("Import").wait_for("add 3 · leave out 1");
    // The one that is there is put into what is there; the one that perhaps is, too.
    terminal.press("jm").wait_for("merge 1").press("m").wait_for("merge 2").press("\r");
    terminal.wait_for("This will change").wait_for("En helt ny bok").press("\r");
    terminal.wait_for("5 entries");
    let merged = desk.read("refs.bib");
    assert_eq!(merged.matches("@book").count() + merged.matches("@article").count(), 5);
    assert!(merged.contains("Christiania"), "{merged}");
    // Two problems are fixed, each with its key.
    terminal
        .press("C")
        .wait_for("Problems")
        .wait_for("holds an address")
        .press("f")
        .wait_gone("holds an address");
    terminal.wait_for("with one hyphen").press("f").wait_gone("with one hyphen");
    let fixed = desk.read("refs.bib");
    assert!(fixed.contains("doi={10.1000/x}") && fixed.contains("pages={1--5}"), "{fixed}");
    if terminal.screen().contains("Problems") {
        terminal.press("q").wait_gone("Problems");
    }
    // A status for five.
    terminal.press("A").wait_for("5 marked").press("m").wait_for("Status").press("included\r");
    terminal.wait_for("This will change").wait_for("included").press("\r");
    terminal.wait_gone("This will change").wait_for("✓ ").press("q");
    assert_eq!(terminal.end(), (0, true));
    assert_eq!(desk.read("refs.bib").matches("included").count(), 5);
    let mut again = Terminal::open(&desk, &["--lang", "en", "refs.bib"], 120, 34);
    again.wait_for("5 entries").press("u").wait_for("Undone").press("q");
    assert_eq!(again.end(), (0, true));
    assert_eq!(desk.read("refs.bib").matches("included").count(), 0);
}
