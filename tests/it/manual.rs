//! The manual pages: made from the commands, and written down in `docs/man/`. To write them anew:
//! `KILDE_WRITE_DOCS=1 cargo test --test it manual`.

use crate::support::desk::{Desk, root};
use clap::CommandFactory as _;
use kilde::cli::commands::man;
use std::collections::BTreeMap;

fn pages() -> BTreeMap<String, String> {
    let mut pages = BTreeMap::from([("kilde.1".to_owned(), man::page(None).unwrap())]);
    for command in kilde::cli::args::Args::command().get_subcommands() {
        let name = command.get_name();
        pages.insert(format!("kilde-{name}.1"), man::page(Some(name)).unwrap());
    }
    pages
}

#[test]
fn the_manual_pages_are_those_of_the_commands() {
    let folder = root().join("docs/man");
    let pages = pages();
    if std::env::var_os("KILDE_WRITE_DOCS").is_some() {
        let _gone = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        for (name, page) in &pages {
            std::fs::write(folder.join(name), page).unwrap();
        }
    }
    let mut written = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        written.insert(name, std::fs::read_to_string(path).unwrap());
    }
    let names = |of: &BTreeMap<String, String>| of.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&written), names(&pages));
    for (name, page) in &pages {
        assert!(
            written[name] == *page,
            "docs/man/{name} is not what the command says; see the test on how"
        );
    }
}

#[test]
fn a_manual_page_is_printed_and_names_the_options() {
    let desk = Desk::new();
    let done = desk.line("man check");
    assert_eq!(done.code, 0);
    assert!(
        done.out.contains(".TH kilde-check 1") && done.out.contains("\\-\\-links"),
        "{}",
        done.out
    );
    assert_eq!(desk.line("man nonsense").code, 2);
}
