//! What follows from which key.

use super::{MANY, stage};
use kilde::tui::effect::Effect;
use kilde::tui::find::{Found, Row};
use kilde::tui::reply::Reply;
use kilde::tui::stage::Stage;

fn queries(stage: &Stage) -> Vec<(u64, &str)> {
    let asked = stage.effects.iter().filter_map(|effect| match effect {
        Effect::Find { ticket, question } => Some((*ticket, question.query.as_str())),
        _ => None,
    });
    asked.collect()
}

fn found(ticket: u64, titles: &[&str]) -> Reply {
    let row = |title: &&str| Row { id: (*title).into(), title: (*title).into(), ..Row::default() };
    let rows: Vec<Row> = titles.iter().map(row).collect();
    Reply::Found { ticket, found: Found { all: 9, total: rows.len(), rows, ..Found::default() } }
}

#[test]
fn each_letter_sends_one_search() {
    let stage = Stage::new(80, 24).press("/ab");
    assert_eq!(queries(&stage), [(1, ""), (2, "a"), (3, "ab")]);
}

#[test]
fn a_late_answer_is_dropped() {
    let stage = Stage::new(80, 24).press("/a").reply(found(2, &["x", "y"])).reply(found(1, &[]));
    assert_eq!(stage.state.list.total, 2);
}

#[test]
fn the_cursor_stays_inside_the_list() {
    let stage = stage(MANY, 80, 24).press("kk");
    assert_eq!(stage.state.list.row, 0);
    assert_eq!(stage.press("GjjJ").state.list.row, 3);
}

#[test]
fn escape_leads_out_of_everything_one_step_at_a_time() {
    let stage = stage(MANY, 80, 24).press("/berg<enter>f");
    assert_eq!(stage.state.list.total, 1);
    let stage = stage.press("<esc>");
    assert_eq!(stage.state.list.question.query, "berg");
    assert_eq!(stage.press("<esc>").state.list.total, 4);
}

#[test]
fn marks_survive_a_search_and_are_what_is_meant() {
    let stage = stage(MANY, 80, 24).press("<space>/aasen<enter><space><esc>");
    assert_eq!(stage.state.list.meant().len(), 2);
    let stage = stage.press("M");
    assert_eq!(stage.state.list.total, 2);
    assert_eq!(stage.press("M<backspace>").state.list.meant().len(), 1);
}

#[test]
fn a_range_and_everything_can_be_marked_and_turned_round() {
    let stage = stage(MANY, 80, 24).press("vjjv");
    assert_eq!(stage.state.list.marks.len(), 3);
    assert_eq!(stage.press("V").state.list.marks.len(), 1);
    assert_eq!(self::stage(MANY, 80, 24).press("A").state.list.marks.len(), 4);
}

#[test]
fn a_facet_narrows_the_list_and_leaves_out() {
    let stage = stage(MANY, 160, 48).press("fj<space>");
    assert_eq!(stage.state.list.total, 2, "books");
    assert_eq!(stage.press("!").state.list.total, 2, "all but books");
}

#[test]
fn copying_sends_a_text_to_the_clipboard() {
    let stage = stage(MANY, 80, 24).press("yk");
    let Some(Effect::Copy(copied)) = stage.effects.last() else { unreachable!() };
    assert_eq!(copied.plain, "berg2019");
}

#[test]
fn a_command_that_cannot_run_says_why() {
    let stage = stage("", 80, 24).press("yk");
    assert!(stage.frame().contains("there is no entry here"), "{}", stage.frame());
}

#[test]
fn escape_sequences_and_overrides_in_a_file_are_shown_harmless() {
    let stage = stage("@book{k, title={a\u{1b}[2Jb\u{202e}c}}", 100, 24);
    let frame = stage.frame();
    assert!(frame.contains("⟨U+001B⟩[2Jb⟨U+202E⟩c"), "{frame}");
    assert!(!frame.contains('\u{1b}') && !frame.contains('\u{202e}'));
}

#[test]
fn a_click_selects_and_a_click_on_a_hint_runs_it() {
    let stage = stage(MANY, 80, 24).click(20, 3);
    assert_eq!(stage.state.list.row, 1);
    let stage = stage.click(0, 23);
    assert!(stage.frame().contains("Keys here"));
}
