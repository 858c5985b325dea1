//! What every screen looks like: at three sizes, with no entry, one and more than fit, in three
//! languages, and once as the roles of its cells. A screen is a file in `snapshots/`; after a
//! change `INSTA_UPDATE=always cargo test --test it frames` writes them anew, to be looked at.

use super::{MANY, opened, stage};
use insta::{assert_snapshot, with_settings};
use kilde::store::folder::Folder;
use kilde::text::said::Language;
use kilde::tui::stage::Stage;
use std::fmt::Write as _;
use std::sync::OnceLock;

const ONE: &str = "@book{aasen1864, author={Aasen, Ivar}, title={Norsk Grammatik}, date={1864}}";

const SIZES: [(u16, u16); 3] = [(40, 12), (80, 24), (160, 48)];

/// The screens, and the keys that lead to them.
const SCREENS: &[(&str, &[&str])] = &[
    ("list", &[""]),
    ("list_marked", &["<space>jv<down>"]),
    ("search", &["/sjolv"]),
    ("search_without_hits", &["/sjolvxyz"]),
    ("facets", &["f<down><space>"]),
    ("preview", &["<enter>"]),
    ("which_key", &["y"]),
    ("help", &["?"]),
    ("palette", &[":"]),
    ("formats", &["x"]),
    ("export", &["x<enter>"]),
    ("styles", &["S"]),
    ("statuses", &["m"]),
    ("form", &["e"]),
    ("field", &["e<down><enter>"]),
    ("difference", &["A", "m<enter>"]),
    ("add", &["a"]),
    ("review", &["D"]),
    ("problems", &["C"]),
    ("tutorial", &[":tutorial<enter>"]),
    ("refused", &["<c-c>"]),
];

/// The libraries: how many entries they have, and where they are.
fn libraries() -> &'static [(&'static str, Folder)] {
    static LIBRARIES: OnceLock<Vec<(&str, Folder)>> = OnceLock::new();
    LIBRARIES.get_or_init(|| {
        let mut many = MANY.to_owned();
        many.push_str(
            "@book{aasen1864b, author={Aasen, Ivar}, title={Norsk grammatik}, date={1864}}\n",
        );
        for number in 0..60 {
            let _written = writeln!(
                many,
                "@report{{r{number:02}, author={{Lie, Ola}}, title={{Rapport {number}}}, \
                 institution={{Høgskolen}}, type={{report}}, date={{{}}}, keywords={{grupper}}}}",
                1960 + number
            );
        }
        let library = |(name, text): (&'static str, &str)| (name, opened(name, text));
        [("none", ""), ("one", ONE), ("many", many.as_str())].map(library).into()
    })
}

/// The frames of a screen, one after the other.
fn frames(name: &str, keys: &[&str]) -> String {
    let mut out = String::new();
    for (size, (width, height)) in SIZES.into_iter().enumerate() {
        for (library, folder) in libraries() {
            // A change of a single entry is made at once: there is no difference to look at.
            if name == "difference" && *library != "many" {
                continue;
            }
            for language in Language::ALL {
                let stage = Stage::on(folder.clone(), width, height).language(language);
                let stage = keys.iter().fold(stage, |stage, keys| stage.press(keys));
                let tag = language.tag();
                let frame = folded(&stage.frame());
                let _written = write!(out, "── {width} × {height} · {library} · {tag}\n{frame}\n");
                if size == 1 && *library == "many" && language == Language::En {
                    let roles = folded(&stage.roles());
                    let _written = write!(out, "── its roles\n{roles}\n");
                }
            }
        }
    }
    out
}

/// With lines that are the same as the one above them counted.
fn folded(frame: &str) -> String {
    let mut out = String::new();
    let lines: Vec<&str> = frame.lines().collect();
    for same in lines.chunk_by(|a, b| a == b) {
        let _written = match same {
            [line, _, _, ..] => writeln!(out, "{line}\n⋮ {} more", same.len() - 1),
            lines => writeln!(out, "{}", lines.join("\n")),
        };
    }
    out
}

#[test]
fn every_screen_looks_as_it_did() {
    // All of them are looked at before any is complained of.
    let wrong: Vec<&str> = std::thread::scope(|scope| {
        let look = |(name, keys): &'static (&str, &[&str])| {
            let (name, keys) = (*name, keys.to_vec());
            scope.spawn(move || {
                let frames = frames(name, &keys);
                with_settings!({
                    snapshot_path => "snapshots",
                    prepend_module_to_snapshot => false,
                    omit_expression => true,
                }, { assert_snapshot!(name, frames) });
            })
        };
        let threads: Vec<_> = SCREENS.iter().map(|screen| (screen.0, look(screen))).collect();
        threads.into_iter().filter_map(|(name, it)| it.join().is_err().then_some(name)).collect()
    });
    assert_eq!(wrong, <[&str; 0]>::default());
}

#[test]
fn the_smallest_screen_still_shows_a_list() {
    let frame = stage(MANY, 20, 5).language(Language::Nb).frame();
    assert_snapshot!(frame, @r#"
    › Sjølvhjelp i bygd…
      Ørretens æra
      Norsk Grammatik
      漢字 été
    ? hjelp  q avslutt
    "#);
}

#[test]
fn no_frame_is_wider_than_its_screen_whatever_its_size() {
    use unicode_width::UnicodeWidthStr as _;
    let (_, folder) = &libraries()[2];
    for (_, keys) in SCREENS {
        for (width, height) in [(1, 1), (7, 3), (20, 5), (31, 9), (300, 80)] {
            let stage = Stage::on(folder.clone(), width, height);
            let stage = keys.iter().fold(stage, |stage, keys| stage.press(keys));
            for line in stage.frame().lines() {
                assert!(line.width() <= usize::from(width), "{width} × {height} {keys:?}: {line}");
            }
        }
    }
}
