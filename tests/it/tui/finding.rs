//! What helps in finding: completion, saved searches, history, entries like one, why a hit is there.

use super::{MANY, stage, stage_at};
use kilde::store::folder;
use kilde::text::said::Language;
use kilde::tui::effect::Effect;
use kilde::tui::stage::Stage;

const BIB: &str = "@book{a, author={Aas, Ola}, title={Sjølvhjelp i bygda}, date={1999}, langid={nynorsk}, keywords={gruppe}}
@article{b, author={Berg, Kari}, title={Self-help groups at work}, date={2001}, langid={english}, keywords={groups}, abstract={A long text on mutual aid. It says much of many things. Members of the groups meet each week.}}
@thesis{c, author={Cook, Ann}, title={Bread}, date={2001}, langid={english}}
@article{d, author={Dahl, Per}, title={Self-help groups at home}, date={2003}, langid={english}, keywords={groups}}
";

#[test]
fn field_names_and_their_values_are_completed_with_counts() {
    let stage = stage(BIB, 100, 24).press("/").type_text("typ");
    assert!(stage.frame().contains("Tab type: "), "{}", stage.frame());
    let stage = stage.press("<tab>").type_text("a");
    assert_eq!(stage.state.list.input.text, "type:a");
    assert!(stage.frame().contains("Tab article 2"), "{}", stage.frame());
    let stage = stage.press("<tab>");
    assert_eq!((stage.state.list.input.text.as_str(), stage.state.list.total), ("type:article", 2));
    // Another Tab takes the next; a letter goes on from there.
    let stage = stage.press("<c-u>").type_text("lang:").press("<tab>");
    let first = stage.state.list.input.text.clone();
    let stage = stage.press("<tab>");
    assert_ne!(stage.state.list.input.text, first);
    assert!(stage.press("<c-z>").state.list.input.text == first);
}

#[test]
fn with_nothing_typed_earlier_searches_are_offered() {
    let stage = stage(BIB, 100, 24).press("/").type_text("bread").press("<enter>");
    let kept = |effect: &Effect| matches!(effect, Effect::Remember { name: "history", value } if value == "bread");
    assert!(stage.effects.iter().any(kept), "kept for the next start");
    let stage = stage.press("<esc>").press("/").press("<tab>");
    assert_eq!(stage.state.list.input.text, "bread");
    let stage = stage.press("<esc>").press("H<enter>");
    assert_eq!(stage.state.list.total, 1);
}

#[test]
fn a_search_is_saved_with_its_narrowings_and_stands_on_a_number() {
    let (stage, path) = stage_at(BIB, 160, 40);
    let stage = stage.press("/").type_text("groups").press("<enter>").press("fj<space><esc>");
    assert_eq!(stage.state.list.total, 2);
    let stage = stage.press("<c-s>").type_text("mine groups").press("<enter>");
    assert!(stage.frame().contains("Saved the search as mine groups"), "{}", stage.frame());
    let library = path.parent().unwrap().parent().unwrap().to_owned();
    let again = Stage::on(folder::named(&[library]).unwrap(), 160, 40);
    assert!(again.frame().contains("1 mine-groups"), "{}", again.frame());
    let again = again.press("1");
    assert_eq!(again.state.list.total, 2);
    assert!(again.state.list.question.query.contains("type:"));
    // In a query its name stands for it.
    let again = again.press("/<c-u>").type_text("@mine-groups home").press("<enter>");
    assert_eq!(again.state.list.total, 1, "{}", again.frame());
    let again = again.press("2");
    assert!(again.frame().contains("not so many searches"), "{}", again.frame());
    let again = again.press("0<c-k>");
    assert!(again.frame().contains("Deleted") && again.state.list.saved.is_empty());
}

#[test]
fn entries_like_one_are_shown_the_likest_first() {
    let stage = stage(BIB, 100, 24).press("/").type_text("home").press("<enter>L");
    assert!(stage.frame().contains("Entries like `d`"), "{}", stage.frame());
    assert_eq!(stage.state.list.current().unwrap().id, "b");
    assert_eq!(stage.press("<esc>").state.list.total, 4);
}

#[test]
fn the_preview_says_why_a_hit_is_there() {
    let stage = stage(BIB, 120, 30).press("/").type_text("members").press("<enter>");
    let frame = stage.frame();
    assert!(frame.contains("Why it is here") && frame.contains("abstract: "), "{frame}");
    assert!(stage.roles().contains("hhhhhhh"), "{}", stage.roles());
}

#[test]
fn widening_is_shown_and_switched_off_and_on() {
    let stage = stage(MANY, 120, 30).language(Language::Nb).press("/").type_text("selvhjelp");
    let stage = stage.press("<enter>W");
    assert!(stage.frame().contains("bare ordene selv"), "{}", stage.frame());
    assert!(!stage.press("W").frame().contains("bare ordene selv"));
}

#[test]
fn no_hit_says_which_condition_stands_in_the_way() {
    let stage = stage(BIB, 100, 24).press("/").type_text("type:thesis year:1850").press("<enter>");
    assert_eq!(stage.state.list.total, 0);
    let frame = stage.frame();
    assert!(frame.contains("without `year` there is 1 hit"), "{frame}");
}
