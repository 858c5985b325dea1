//! The interface line by line: through pipes, and on a pseudo-terminal.

use crate::pty::terminal::Terminal;
use crate::support::desk::Desk;
use std::fmt::Write as _;

const BIB: &str = "@book{aasen1864,\n  author = {Aasen, Ivar},\n  title = {Norsk Grammatik},\n  date = {1864},\n}
@article{berg2019,\n  author = {Berg, Kari and Dahl, Per},\n  title = {Sjølvhjelp i bygda},\n  date = {2019},\n  doi = {10.1000/x},\n  langid = {nynorsk},\n}
@thesis{zoe2001,\n  author = {Zoë, Ann},\n  title = {Help},\n  date = {2001},\n}
";

/// What is said to `lines`, in `language`.
fn talk(desk: &Desk, language: &str, lines: &[&str]) -> String {
    let mut input = String::new();
    for line in lines {
        let _written = writeln!(input, "{line}");
    }
    let done = desk.run_with(&["--plain", "--lang", language, "refs.bib"], &input);
    assert_eq!((done.code, done.err.as_str()), (0, ""), "{}", done.out);
    done.out
}

#[test]
fn it_begins_with_the_library_and_the_first_entry_and_says_how_to_go_on() {
    let desk = Desk::with_bib(BIB);
    let said = talk(&desk, "nb", &[]);
    assert!(said.contains("3 poster, etter forfatter."), "{said}");
    assert!(said.contains("1 av 3. Berg & Dahl, 2019. Sjølvhjelp i bygda. artikkel."), "{said}");
    assert!(said.contains("hjelp"), "{said}");
}

#[test]
fn nothing_moves_the_cursor_draws_a_box_or_colours() {
    let desk = Desk::with_bib(BIB);
    for language in ["nb", "nn", "en"] {
        let said =
            talk(&desk, language, &["?", "e", ".", "x", ".", "f", ".", "l", "C", ".", "D", "."]);
        let is_wrong = |c: char| c == '\u{1b}' || ('\u{2500}'..='\u{259f}').contains(&c);
        assert!(!said.contains(is_wrong), "{said}");
        assert!(!said.contains("plain."), "a text is missing: {said}");
    }
}

#[test]
fn an_empty_line_goes_on_a_number_goes_there_and_the_end_is_said() {
    let desk = Desk::with_bib(BIB);
    let said = talk(&desk, "en", &["", "3", ""]);
    for wanted in ["2 of 3. Zoë, 2001.", "3 of 3. Aasen, 1864.", "That was the last."] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
    assert!(talk(&desk, "en", &["9"]).contains("There is nothing of that number."));
}

#[test]
fn a_search_says_how_many_there_are_and_the_best_one() {
    let desk = Desk::with_bib(BIB);
    let said = talk(&desk, "nn", &["/grammatik", "søk help", "/xyzzyq"]);
    assert!(said.contains("1 av 3 postar"), "{said}");
    assert!(said.contains("1 av 1. Aasen, 1864. Norsk Grammatik. bok."), "{said}");
    assert!(said.contains("Ingen treff."), "{said}");
}

#[test]
fn an_entry_is_read_whole() {
    let desk = Desk::with_bib(BIB);
    let said = talk(&desk, "en", &["show", ""]);
    assert!(said.contains("Berg, K. & Dahl, P. (2019). Sjølvhjelp i bygda."), "{said}");
    assert!(said.contains("doi: 10.1000/x"), "{said}");
    assert!(said.contains("Zoë, A. (2001). Help"), "{said}");
}

#[test]
fn entries_are_listed_marked_and_exported_in_one_line_each() {
    let desk = Desk::with_bib(BIB);
    let said = talk(&desk, "en", &["list", "mark 1", "mark 3", "export ris out.ris"]);
    assert!(said.contains("3. Aasen, 1864. Norsk Grammatik. book."), "{said}");
    assert!(said.contains("2 marked"), "{said}");
    assert!(said.contains("Wrote 2 entries to out.ris"), "{said}");
    assert_eq!(desk.read("out.ris").matches("ER  -").count(), 2);
}

#[test]
fn a_file_that_is_there_is_replaced_only_with_a_yes() {
    let desk = Desk::with_bib(BIB);
    desk.file("out.ris", b"precious");
    assert!(talk(&desk, "en", &["export ris out.ris", "no"]).contains("exists"));
    assert_eq!(desk.read("out.ris"), "precious");
    let _said = talk(&desk, "nb", &["eksporter ris out.ris", "ja"]);
    assert!(desk.read("out.ris").starts_with("TY  -"));
}

#[test]
fn a_field_is_edited_and_the_change_taken_back_at_the_next_start() {
    let desk = Desk::with_bib(BIB);
    let said = talk(&desk, "nb", &["rediger 2", "title = Hjelp!", ".", "2"]);
    assert!(said.contains("2 av 3. Zoë, 2001. Hjelp!"), "{said}");
    assert_eq!(desk.read("refs.bib"), BIB.replace("{Help}", "{Hjelp!}"));
    let said = talk(&desk, "nb", &["angre"]);
    assert!(said.contains("Angret: zoe2001"), "{said}");
    assert_eq!(desk.read("refs.bib"), BIB);
}

#[test]
fn a_field_goes_by_its_number_too_and_an_empty_line_keeps_it() {
    let desk = Desk::with_bib(BIB);
    let said = talk(&desk, "en", &["edit 3", "2", "", ".", "edit 3", "2", "Norsk grammatikk"]);
    assert!(said.contains("title: Norsk Grammatik"), "{said}");
    assert_eq!(desk.read("refs.bib"), BIB.replace("Norsk Grammatik", "Norsk grammatikk"));
}

#[test]
fn what_is_copied_is_said() {
    let desk = Desk::with_bib(BIB);
    let said = talk(&desk, "en", &["yk", "yank-doi"]);
    assert!(said.contains("\nberg2019\n") && said.contains("\n10.1000/x\n"), "{said}");
}

#[test]
fn several_are_changed_only_after_the_difference_was_read() {
    let desk = Desk::with_bib(BIB);
    let lines = ["merk alle", "status inkludert", ".", "status inkludert", "ok"];
    let said = talk(&desk, "nb", &lines[..3]);
    assert!(said.contains("+  status = {included}"), "{said}");
    assert_eq!(desk.read("refs.bib"), BIB);
    let _said = talk(&desk, "nb", &["merk alle", lines[3], lines[4]]);
    assert_eq!(desk.read("refs.bib").matches("included").count(), 3);
}

#[test]
fn what_is_not_known_is_told_and_what_cannot_be_done_says_why() {
    let desk = Desk::with_bib(BIB);
    let said = talk(&desk, "en", &["frobnicate", "mark-none"]);
    assert!(said.contains("frobnicate is not known here"), "{said}");
    assert!(said.contains("nothing is marked"), "{said}");
}

#[test]
fn what_a_file_hides_is_said_harmless() {
    let desk = Desk::with_bib("@book{k, author={A}, title={a\u{1b}[2Jb\u{202e}c}}\n");
    let said = talk(&desk, "en", &["show"]);
    assert!(said.contains("a⟨U+001B⟩[2Jb⟨U+202E⟩c"), "{said}");
}

#[test]
fn on_a_terminal_it_prompts_and_quit_leaves() {
    let desk = Desk::with_bib(BIB);
    let mut terminal = Terminal::open(&desk, &["--plain", "--lang", "en", "refs.bib"], 80, 24);
    terminal.wait_for("1 of 3.").wait_for("> ").press("/aasen\n").wait_for("1 of 1. Aasen");
    terminal.press("copy\n").wait_for("Copied the reference").press("quit\n");
    assert_eq!(terminal.left(), 0);
}
