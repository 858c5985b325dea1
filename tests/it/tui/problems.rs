//! What the rules found: with the library's own settings, fixes on a key, what cannot be read.

use super::{read, stage_at, stage_with};
use kilde::tui::state::Over;

const BIB: &str = "@book{a, author={Aas, Ola}, title={Ei bok}, date={1999}, publisher={X}, location={Y}, pages={1-5}, doi={https://doi.org/10.1000/abc}}
@book{b, author={Bø, Ola}, title={Ei anna bok}, date={1999}, publisher={X}, location={Y}, pages={7-9}}
";

fn rules(stage: &kilde::tui::stage::Stage) -> Vec<&'static str> {
    match stage.state.over.last() {
        Some(Over::Problems(it)) => it.shown().iter().map(|(_, it)| it.rule).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_fix_is_made_on_a_key_and_the_list_goes_on() {
    let (stage, path) = stage_at(BIB, 100, 30);
    let stage = stage.press("C");
    let before = rules(&stage);
    assert_eq!(before.len(), 3, "{before:?}");
    let stage = stage.press("f");
    assert!(read(&path).contains("doi={10.1000/abc}"), "{}", read(&path));
    assert_eq!(rules(&stage).len(), 2);
    // Every problem of a kind, once its difference was seen.
    let stage = stage.press("F");
    assert!(stage.frame().contains("This will change"), "{}", stage.frame());
    let stage = stage.press("<enter>");
    let text = read(&path);
    assert!(text.contains("1--5") && text.contains("7--9"), "{text}");
    assert!(stage.state.over.is_empty(), "{}", stage.frame());
    stage.press("uu");
    assert_eq!(read(&path), BIB);
}

#[test]
fn what_the_library_turns_off_is_not_shown() {
    let (stage, _) = stage_at(BIB, 100, 30);
    let stage = stage.press("C");
    let rule = rules(&stage)[0];
    let settings = format!("[check]\noff = [\"{rule}\"]\n");
    let (stage, _) = stage_with(BIB, &settings, 100, 30);
    let stage = stage.press("C");
    assert!(!rules(&stage).contains(&rule) && rules(&stage).len() == 2, "{}", stage.frame());
}

#[test]
fn only_problems_of_one_kind_are_shown_on_a_key() {
    let (stage, _) = stage_at(BIB, 100, 30);
    let stage = stage.press("Cj<space>");
    assert_eq!(rules(&stage).len(), 2);
    assert_eq!(rules(&stage.press("<space>")).len(), 3);
}

#[test]
fn enter_opens_the_entry_and_what_is_mended_there_leaves_the_list() {
    let (stage, _) = stage_at("@book{a, title={Ei bok}, date={1999}}\n", 100, 30);
    let stage = stage.press("C");
    let count = rules(&stage).len();
    let stage = stage.press("<enter>").press("g<enter>").type_text("Aas, Ola").press("<enter>q");
    assert!(rules(&stage).len() < count, "{}", stage.frame());
}

#[test]
fn what_cannot_be_read_is_counted_and_its_place_is_shown() {
    let (stage, _) = stage_at("@book{a, title={A}}\n\n@book b\n\n@misc{c, title={C}\n", 100, 30);
    assert!(stage.frame().contains("! "), "{}", stage.frame());
    let stage = stage.press("C").press("o");
    assert!(
        stage.frame().contains("refs.bib") && stage.frame().contains(">  "),
        "{}",
        stage.frame()
    );
}

#[test]
fn a_problem_without_a_fix_says_so() {
    let (stage, path) = stage_at("@book{a, title={Ei bok}, date={1999}}\n", 100, 30);
    let before = read(&path);
    let stage = stage.press("Cf");
    assert!(stage.frame().contains("no automatic fix"), "{}", stage.frame());
    assert_eq!(read(&path), before);
}
