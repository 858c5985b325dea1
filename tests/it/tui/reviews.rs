//! What comes in and what is perhaps one work: side by side, decided on, carried out.

use super::{read, stage_at};
use kilde::text::said::Language;
use kilde::tui::event::Event;
use kilde::tui::review::Decision;
use kilde::tui::stage::Stage;
use kilde::tui::state::Over;

const BIB: &str = "@book{aasen1864, author={Aasen, Ivar}, title={Norsk Grammatik}, date={1864}, publisher={Malling}, isbn={9788252108125}}
@article{berg2019, author={Berg, Kari and Dahl, Per}, title={Sjølvhjelp i bygda}, journaltitle={Syn og Segn}, date={2019}}
@article{berg2019b, author={Berg, K. and Dahl, P.}, title={Sjølvhjelp i bygda}, journaltitle={Syn og Segn}, date={2019-03}, pages={1--20}}
";

const RIS: &str = "TY  - BOOK\nAU  - Ny, Nina\nTI  - En helt ny bok\nPY  - 2024\nER  -\n\
TY  - BOOK\nAU  - Aasen, Ivar\nTI  - Norsk Grammatik\nPY  - 1864\nSN  - 9788252108125\nCY  - Christiania\nPB  - P. T. Malling\nER  -\n\
TY  - BOOK\nAU  - Aasen, I.\nTI  - Norsk grammatik\nPY  - 1865\nER  -\n";

fn import() -> (Stage, std::path::PathBuf) {
    let (stage, path) = stage_at(BIB, 100, 30);
    (stage.event(Event::Paste(RIS.into())), path)
}

fn decisions(stage: &Stage) -> Vec<Decision> {
    let Some(Over::Review(review)) = stage.state.over.last() else { return Vec::new() };
    review.review.items.iter().map(|it| it.decision).collect()
}

#[test]
fn each_record_is_new_the_same_or_perhaps_the_same_and_says_why() {
    let (stage, _) = import();
    let frame = stage.frame();
    for word in ["add", "leave out", "new", "same 9", "perhaps", "Side by side"] {
        assert!(frame.contains(word), "{word}\n{frame}");
    }
    assert_eq!(decisions(&stage), [Decision::Add, Decision::Skip, Decision::Add]);
}

#[test]
fn records_are_accepted_and_rejected_one_by_one_and_come_in_as_one_step() {
    let (stage, path) = import();
    let stage = stage.press("rma");
    assert_eq!(decisions(&stage), [Decision::Reject, Decision::Merge, Decision::Add]);
    let stage = stage.press("<enter>");
    assert!(stage.frame().contains("This will change"), "{}", stage.frame());
    assert_eq!(read(&path), BIB);
    let stage = stage.press("<enter>");
    let saved = read(&path);
    assert!(saved.contains("1865") && saved.contains("Christiania"), "{saved}");
    assert_eq!(saved.matches("@book").count(), 2, "{saved}");
    assert!(stage.state.over.is_empty());
    // What was rejected is known the next time.
    let stage = stage.event(Event::Paste(RIS.into()));
    assert!(stage.frame().contains("rejected"), "{}", stage.frame());
    stage.press("<esc>").press("u");
    assert_eq!(read(&path), BIB);
}

#[test]
fn a_value_is_taken_from_the_record_where_a_person_chooses_it() {
    let (stage, path) = import();
    let stage = stage.press("j<tab>");
    let frame = stage.frame();
    let row = frame.lines().position(|line| line.contains("publisher")).unwrap();
    assert!(frame.lines().nth(row).unwrap().contains("✓ P. T. Malling"), "{frame}");
    // To the publisher, and its other value.
    let Some(Over::Review(review)) = stage.state.over.last() else { unreachable!() };
    let fields = &review.shown().unwrap().fields;
    let at = fields.iter().position(|it| it.name == "publisher").unwrap();
    let stage = stage.press(&"j".repeat(at)).press("<space><tab>");
    assert_eq!(decisions(&stage)[1], Decision::Merge);
    stage.press("ks<enter>").press("<enter>");
    let saved = read(&path);
    assert!(saved.contains("publisher={Malling}") && saved.contains("Christiania"), "{saved}");
}

#[test]
fn one_threshold_decides_on_all() {
    let (stage, _) = import();
    let stage = stage.press("A<c-u>").type_text("101").press("<enter>");
    assert!(stage.frame().contains("from 0 to 100"), "{}", stage.frame());
    let stage = stage.press("A<c-u>").type_text("90 %").press("<enter>");
    assert_eq!(decisions(&stage), [Decision::Add, Decision::Merge, Decision::Add]);
    let stage = stage.press("A<c-u>").type_text("10").press("<enter>");
    assert_eq!(decisions(&stage), [Decision::Add, Decision::Merge, Decision::Merge]);
}

#[test]
fn bibtex_that_is_pasted_comes_in_as_it_is_written() {
    let (stage, path) = stage_at(BIB, 100, 30);
    let odd = "@Book{ny2020,\n  TITLE = \"Ei {NY} bok\",\n    year=2020 }";
    let stage = stage.event(Event::Paste(odd.into())).press("<enter>");
    assert!(stage.state.over.is_empty(), "{}", stage.frame());
    assert!(read(&path).contains(odd), "{}", read(&path));
}

#[test]
fn duplicates_become_one_field_by_field_and_can_be_undone() {
    let (stage, path) = stage_at(BIB, 120, 30);
    let stage = stage.press("D");
    let frame = stage.frame();
    assert!(frame.contains("berg2019 = berg2019b"), "{frame}");
    // The other entry stays, with the fuller date; the pages go along.
    let stage = stage.press("<enter>");
    assert!(stage.frame().contains("This will change"), "{}", stage.frame());
    let stage = stage.press("<enter>");
    assert!(stage.state.over.is_empty(), "{}", stage.frame());
    let saved = read(&path);
    assert_eq!(saved.matches("@article").count(), 1, "{saved}");
    assert!(saved.contains("2019-03") && saved.contains("Berg, Kari") && saved.contains("1--20"));
    stage.press("u");
    assert_eq!(read(&path), BIB);
}

#[test]
fn of_duplicates_a_person_chooses_which_stays_and_which_value() {
    let (stage, path) = stage_at(BIB, 120, 30);
    let stage = stage.press("D");
    let kept = |stage: &Stage| match stage.state.over.last() {
        Some(Over::Review(review)) => review.shown().unwrap().kept,
        _ => usize::MAX,
    };
    let before = kept(&stage);
    let stage = stage.press("o");
    assert_ne!(kept(&stage), before);
    let stage = stage.press("<tab><right><right><tab><enter>").press("<enter>");
    assert_eq!(read(&path).matches("@article").count(), 1, "{}", stage.frame());
}

#[test]
fn what_is_kept_apart_is_never_asked_about_again() {
    let (stage, _) = stage_at(BIB, 100, 30);
    let stage = stage.language(Language::Nn).press("D!");
    assert!(stage.frame().contains("Hugsa"), "{}", stage.frame());
    let stage = stage.press("q").press("D");
    assert!(
        stage.state.over.is_empty() && stage.frame().contains("Fann ingen"),
        "{}",
        stage.frame()
    );
}

#[test]
fn a_click_puts_the_cursor_on_a_record_and_a_second_one_decides() {
    let (stage, _) = import();
    let stage = stage.click(20, 3);
    assert_eq!(decisions(&stage)[2], Decision::Add);
    assert_ne!(decisions(&stage.click(20, 3))[2], Decision::Add);
}

#[test]
fn a_review_is_useful_on_a_small_screen() {
    let (stage, _) = stage_at(BIB, 40, 12);
    let stage = stage.event(Event::Paste(RIS.into()));
    insta::assert_snapshot!(stage.frame());
    insta::assert_snapshot!(stage.press("j<tab>").frame());
}
