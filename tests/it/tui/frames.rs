//! What the screens look like, at three sizes, with nothing, one and many entries, in three
//! languages.

use super::{MANY, stage};
use kilde::text::said::Language::{En, Nb, Nn};
use insta::assert_snapshot;

const ONE: &str = "@book{aasen1864, author={Aasen, Ivar}, title={Norsk Grammatik}, date={1864}}";

#[test]
fn the_list_on_the_smallest_screens() {
    assert_snapshot!(stage(MANY, 20, 5).language(Nb).frame(), @"");
    assert_snapshot!(stage(MANY, 40, 12).language(Nn).frame(), @"");
}

#[test]
fn the_list_on_a_usual_screen() {
    assert_snapshot!(stage(MANY, 80, 24).language(Nb).frame(), @"");
    assert_snapshot!(stage(ONE, 80, 24).language(En).frame(), @"");
    assert_snapshot!(stage("", 80, 24).language(Nn).frame(), @"");
}

#[test]
fn the_list_on_a_large_screen() {
    assert_snapshot!(stage(MANY, 160, 48).language(En).press("<space>").frame(), @"");
}

#[test]
fn a_search_and_its_hits() {
    let stage = stage(MANY, 80, 24).language(Nb).press("/sjolv");
    assert_snapshot!(stage.frame(), @"");
    assert_snapshot!(stage.roles(), @"");
    assert_snapshot!(stage.press("xyz").frame(), @"");
}

#[test]
fn help_palette_and_prefix() {
    assert_snapshot!(stage(MANY, 80, 24).language(Nb).press("?").frame(), @"");
    assert_snapshot!(stage(MANY, 40, 12).language(En).press(":").frame(), @"");
    assert_snapshot!(stage(MANY, 80, 24).language(Nn).press("y").frame(), @"");
}
