//! The interface without a terminal: keys → effects, state → frame.

mod choices;
mod documents;
mod finding;
mod forms;
mod frames;
mod keymap;
mod keys;
mod pictures;
mod problems;
mod progress;
mod reviews;
mod themes;

use crate::support::desk::Desk;
use kilde::store::folder::{self, Folder};
use kilde::tui::stage::Stage;
use std::cell::RefCell;
use std::path::{Path, PathBuf};

/// Three entries, among them letters that are wide, combined and Norwegian, and a title longer than
/// any row.
pub const MANY: &str = "@book{aasen1864, author={Aasen, Ivar}, title={Norsk Grammatik}, date={1864}, langid={norsk}}
@article{berg2019, author={Berg, Kari and Dahl, Per and Lie, Ola}, title={Sjølvhjelp i bygda: ei undersøking av grupper som kom av seg sjølve, og av kva som heldt dei saman gjennom ti år}, date={2019}, doi={10.1000/x}, fulltext={https://example.org/x}, langid={nynorsk}, keywords={sjølvhjelp, grupper}}
@thesis{han2001, author={漢, 字}, title={漢字 e\u{301}te\u{301}}, date={2001}, project={nordic}, unverified={date}}
@book{ostby1999, author={Østby, Å}, title={Ørretens æra}, date={1999}}
";

thread_local! {
    /// The desks of this thread's tests: gone with it, and no sooner.
    static DESKS: RefCell<Vec<Desk>> = const { RefCell::new(Vec::new()) };
}

/// A stage on a library with this text; its index lies beside it.
pub fn stage(bib: &str, width: u16, height: u16) -> Stage {
    stage_at(bib, width, height).0
}

/// The same, with the path of the file.
pub fn stage_at(bib: &str, width: u16, height: u16) -> (Stage, PathBuf) {
    stage_with(bib, "", width, height)
}

/// The same, with settings of the library.
pub fn stage_with(bib: &str, settings: &str, width: u16, height: u16) -> (Stage, PathBuf) {
    let desk = Desk::new();
    let path = desk.file("library/data/refs.bib", bib.as_bytes());
    if !settings.is_empty() {
        desk.file("library/data/kilde.toml", settings.as_bytes());
    }
    let folder = folder::named(&[desk.path().join("library")]).unwrap();
    DESKS.with_borrow_mut(|desks| desks.push(desk));
    (Stage::on(folder, width, height), path)
}

/// The text of a file.
pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// A library of this name with this text and an index, for tests that only look.
pub fn opened(name: &str, bib: &str) -> Folder {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(path.join("data")).unwrap();
    std::fs::write(path.join("data/refs.bib"), bib).unwrap();
    let folder = folder::named(&[path]).unwrap();
    drop(Stage::on(folder.clone(), 80, 24));
    folder
}
