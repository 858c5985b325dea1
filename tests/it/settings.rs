//! What the user's own settings file does to the program.

use crate::support::desk::Desk;

#[test]
fn the_users_file_sets_the_language_and_the_environment_overrides_it() {
    let desk = Desk::new();
    desk.file("home/.config/kilde/kilde.toml", b"language = \"nn\"\n");
    assert!(desk.line("list").err.starts_with("feil[app.no-library]: det er ikkje noko"));
    assert!(desk.line("--lang en list").err.starts_with("error[app.no-library]"));
}

#[test]
fn an_unknown_setting_is_told_with_its_line_and_stops_nothing() {
    let desk = Desk::with_bib("@book{a, title={T}}");
    desk.file("home/.config/kilde/kilde.toml", b"\nlanguag = \"nn\"\n");
    let done = desk.line("list");
    assert_eq!(done.code, 0);
    assert!(done.err.ends_with("kilde.toml:2: there is no setting `languag`\n"), "{}", done.err);
}
