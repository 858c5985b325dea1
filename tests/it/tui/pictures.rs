//! The pictures in `docs/pictures`, made by the program itself: `KILDE_WRITE_DOCS=1 cargo test
//! --test it pictures` draws them anew.

use crate::support::desk::{Desk, root};
use kilde::store::folder;
use kilde::text::said::Language;
use kilde::tui::picture::svg;
use kilde::tui::stage::Stage;

/// The pictures: name, size, theme, keys.
const PICTURES: &[(&str, (u16, u16), &str, &str)] = &[
    ("list", (132, 36), "dark", "f<tab>/selvhjelpsgrupper<enter>"),
    ("form", (100, 30), "dark", "e"),
    ("copy", (100, 30), "dark", "y"),
    ("help", (100, 30), "dark", "?"),
    ("problems", (100, 30), "dark", "C"),
];

#[test]
fn every_picture_of_the_documents_is_there_and_is_a_picture() {
    let folder = root().join("docs/pictures");
    if std::env::var_os("KILDE_WRITE_DOCS").is_some() {
        let desk = Desk::with_shipped_library();
        let library = folder::named(&[desk.path().join("library")]).unwrap();
        for (name, (width, height), theme, keys) in PICTURES {
            let mut stage = Stage::on(library.clone(), *width, *height).language(Language::En);
            "self-help".clone_into(&mut stage.state.title);
            let picture = svg(&stage.press(keys).buffer(theme));
            std::fs::write(folder.join(format!("{name}.svg")), picture).unwrap();
        }
    }
    for (name, ..) in PICTURES {
        let path = folder.join(format!("{name}.svg"));
        let text = std::fs::read_to_string(&path).unwrap();
        let is_whole = text.starts_with("<svg ") && text.ends_with("</svg>\n");
        assert!(is_whole, "{}", path.display());
    }
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.contains("docs/pictures/list.svg"));
}
