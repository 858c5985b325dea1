//! What takes long is told of and can be stopped.

use kilde::tui::effect::Effect;
use kilde::tui::reply::{Reply, Working};
use kilde::tui::stage::Stage;

fn working(done: usize, can_stop: bool) -> Reply {
    Reply::Working(Some(Working { what: "tui.job.check", done, all: Some(80), can_stop }))
}

#[test]
fn how_far_something_has_come_is_shown_and_escape_stops_it() {
    let stage = Stage::new(80, 24).reply(working(40, true));
    assert!(stage.frame().contains("checking 50 % · Esc stops it"), "{}", stage.frame());
    let stage = stage.press("<esc>");
    assert_eq!(stage.effects.last(), Some(&Effect::Cancel));
    let stage = stage.reply(Reply::Working(None));
    assert!(!stage.frame().contains("checking"), "{}", stage.frame());
}

#[test]
fn ctrl_c_stops_it_from_any_screen_and_else_says_that_nothing_is_under_way() {
    let stage = Stage::new(80, 24).reply(working(1, true)).press(":<c-c>");
    assert_eq!(stage.effects.last(), Some(&Effect::Cancel));
    let stage = Stage::new(80, 24).press("<c-c>");
    assert!(stage.frame().contains("nothing is under way"), "{}", stage.frame());
}

#[test]
fn what_must_not_be_stopped_is_not_offered_to() {
    let stage = Stage::new(80, 24).reply(working(8, false));
    assert!(stage.frame().contains("checking 10 %"), "{}", stage.frame());
    assert!(!stage.frame().contains("Esc stops"), "{}", stage.frame());
}
