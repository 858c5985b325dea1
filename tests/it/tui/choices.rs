//! Palette, help and which-key: made from the command table.

use super::{MANY, stage};
use kilde::text::said::Language;

#[test]
fn the_palette_finds_a_command_by_a_part_of_its_description_and_runs_it() {
    let stage = stage(MANY, 80, 24).press(":").type_text("by year").press("<enter>");
    assert!(stage.frame().contains("newest first"), "{}", stage.frame());
}

#[test]
fn help_lists_the_keys_of_this_pane_and_runs_them() {
    let stage = stage(MANY, 80, 24).press("?").type_text("mark every").press("<enter>");
    assert_eq!(stage.state.list.marks.len(), 4);
}

#[test]
fn what_may_follow_a_prefix_is_shown() {
    let frame = stage(MANY, 80, 24).language(Language::Nn).press("y").frame();
    assert!(frame.contains("Kopier siteringsnøkkelen"), "{frame}");
}

#[test]
fn the_language_changes_at_once() {
    let stage = stage(MANY, 80, 24);
    assert!(stage.frame().contains("4 entries"));
    assert!(stage.press("<f8>").frame().contains("4 poster"));
}
