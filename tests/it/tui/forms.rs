//! The form of an entry: lists as lists, completion, live check and preview, one undo step a paste.

use super::{read, stage_at};
use kilde::tui::event::Event;

const BIB: &str = "@article{berg2019, author={Berg, Kari and Dahl, Per}, title={Sjølvhjelp i bygda}, journaltitle={Syn og Segn}, date={2019}, keywords={gruppe, bygd}}
@book{aas1864, author={Aas, Ola}, title={Norsk}, date={1864}, publisher={Det Norske Samlaget}, keywords={grammatikk}}
";

#[test]
fn each_author_and_keyword_has_its_own_line() {
    let (stage, path) = stage_at(BIB, 100, 34);
    let stage = stage.press("ge");
    let frame = stage.frame();
    for line in ["Berg, Kari", "Dahl, Per", "gruppe", "bygd"] {
        assert_eq!(
            frame.lines().filter(|it| it.contains(&format!("  {line} "))).count(),
            1,
            "{frame}"
        );
    }
    // The first author down below the second.
    let stage = stage.press("J");
    assert!(read(&path).contains("author={Dahl, Per and Berg, Kari}"), "{}", read(&path));
    // A new one, and one more at once with Ctrl-J.
    let stage = stage
        .press("n")
        .type_text("Ny, Nina")
        .press("<c-j>")
        .type_text("Lie, Ola")
        .press("<enter>");
    let text = read(&path);
    assert!(text.contains("{Dahl, Per and Berg, Kari and Ny, Nina and Lie, Ola}"), "{text}");
    stage.press("d");
    assert!(!read(&path).contains("Lie, Ola"), "{}", read(&path));
}

#[test]
fn a_value_of_the_library_completes_what_is_typed() {
    let (stage, path) = stage_at(BIB, 100, 34);
    let stage = stage.press("ge").press("a").type_text("publisher").press("<enter>");
    let stage = stage.type_text("norske");
    assert!(stage.frame().contains("Det Norske Samlaget"), "{}", stage.frame());
    stage.press("<tab><enter>");
    assert!(read(&path).contains("publisher={Det Norske Samlaget}"), "{}", read(&path));
}

#[test]
fn reference_and_rules_follow_while_one_types() {
    let (stage, path) = stage_at(BIB, 100, 34);
    let stage = stage.press("ge").press("g");
    let stage = stage.press(&"j".repeat(2)).press("<enter><c-u>").type_text("Heilt ny tittel");
    assert!(stage.frame().contains("(2019). Heilt ny tittel."), "{}", stage.frame());
    assert_eq!(read(&path), BIB);
    let stage = stage.press("<c-u>").type_text("open {");
    assert!(stage.frame().contains("! "), "{}", stage.frame());
    stage.press("<esc><esc>");
    assert_eq!(read(&path), BIB);
}

#[test]
fn a_paste_into_a_field_is_one_undo_step_and_prose_keeps_its_lines() {
    let (stage, path) = stage_at(BIB, 100, 34);
    let stage = stage.press("ge").press("a").type_text("abstract").press("<enter>");
    let stage = stage.event(Event::Paste("Første avsnitt.\nAndre linje, som er lang.".into()));
    let stage = stage.type_text(" Slutt");
    let stage = stage.press("<c-z>");
    assert!(stage.frame().contains("Andre linje"), "{}", stage.frame());
    let stage = stage.press("<c-z><c-z>");
    assert!(!stage.frame().contains("Andre linje"), "{}", stage.frame());
    stage.press("<c-y><enter>");
    let text = read(&path);
    assert!(text.contains("abstract={Første avsnitt.\nAndre linje, som er lang.}"), "{text}");
}

#[test]
fn a_new_entry_is_made_from_its_type_and_key() {
    let (stage, path) = stage_at(BIB, 100, 34);
    let stage = stage.press("N").type_text("thesis").press("<enter>").type_text("gotaas2020");
    let stage = stage.press("<enter>");
    assert!(stage.frame().contains("@thesis gotaas2020"), "{}", stage.frame());
    assert!(stage.frame().contains("! institution"), "{}", stage.frame());
    assert!(read(&path).contains("@thesis{gotaas2020"), "{}", read(&path));
    // The key must be free.
    let stage = stage.press("q").press("N").type_text("book").press("<enter>").type_text("aas1864");
    assert!(stage.press("<enter>").frame().contains("aas1864"));
}

#[test]
fn one_keyword_goes_to_all_marked_entries_and_the_difference_is_seen_first() {
    let (stage, path) = stage_at(BIB, 100, 34);
    let stage = stage.press("At").type_text("felles, -bygd").press("<enter>");
    assert!(stage.frame().contains('+') && read(&path) == BIB, "{}", stage.frame());
    let stage = stage.press("<enter>");
    let text = read(&path);
    assert_eq!(text.matches("felles").count(), 2, "{text}");
    assert!(!text.contains("bygd}"), "{text}");
    stage.press("u");
    assert_eq!(read(&path), BIB);
}

#[test]
fn a_citation_key_is_changed_with_everything_that_points_to_it() {
    let bib = format!("{BIB}@inbook{{b, crossref={{aas1864}}, title={{B}}}}\n");
    let (stage, path) = stage_at(&bib, 100, 34);
    let stage = stage.press("/").type_text("key:aas1864").press("<enter>R<c-u>");
    stage.type_text("aas1865").press("<enter>");
    let text = read(&path);
    assert!(text.contains("@book{aas1865,") && text.contains("crossref={aas1865}"), "{text}");
}

#[test]
fn a_broken_entry_is_edited_as_text_only() {
    let (stage, _) = stage_at("@book{a, title={Open\n", 100, 34);
    let stage = stage.press("e");
    assert!(
        stage.state.over.is_empty() && stage.frame().contains("only be edited as text: E"),
        "{}",
        stage.frame()
    );
}
