//! Searching from the command line, and an index that nobody needs to look after.

use kilde::index::{self, Cancel, Index, Opened, Options, Sources};
use kilde::model::Library;
use kilde::query;
use std::fs;
use std::path::PathBuf;

const TWO: &str = "@book{berg2001, author={Berg, Anna}, title={Selvhjelpsgrupper i Norge}, \
                   date={2001}, langid={norwegian}}\n@article{lie1999, author={Lie, Ola}, \
                   title={Om fisk}, date={1999}}\n";

/// A library in a folder of its own, with its cache beside it.
fn library(text: &str) -> (tempfile::TempDir, Sources) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.bib");
    fs::write(&file, text).unwrap();
    let cache = Some(folder.path().join("cache"));
    let sources = Sources { root: None, files: vec![file], thesaurus: None, cache };
    (folder, sources)
}

fn read(sources: &Sources) -> Library {
    let file = |path: &PathBuf| (path.clone(), fs::read(path).unwrap().into());
    Library::new(sources.files.iter().map(file).collect())
}

fn make(sources: &Sources) -> Index {
    let before = index::before(sources);
    Index::make(sources, &read(sources), &before, &mut |_| std::ops::ControlFlow::Continue(()))
        .unwrap()
}

fn keys(index: &Index, text: &str) -> Vec<String> {
    let found = index.search(&query::parse(text), &Options::default(), &Cancel::never()).unwrap();
    found.hits.iter().map(|hit| index.row(&found, hit).key).collect()
}

#[test]
fn what_is_written_by_hand_is_found_by_the_next_search() {
    let (_kept, sources) = library(TWO);
    assert_eq!(keys(&make(&sources), "gruppe"), ["berg2001"]);
    let more = format!("{TWO}@misc{{ny, title={{En gruppe til}}}}\n");
    fs::write(&sources.files[0], more).unwrap();
    assert!(!matches!(Index::open(&sources), Opened::Fresh(_)));
    let mut found = keys(&make(&sources), "gruppe");
    found.sort();
    assert_eq!(found, ["berg2001", "ny"]);
}

#[test]
fn a_line_at_the_top_moves_every_place_and_indexes_nothing_again() {
    let (_kept, sources) = library(TWO);
    make(&sources);
    fs::write(&sources.files[0], format!("% a remark\n\n{TWO}")).unwrap();
    let index = make(&sources);
    let found = index.search(&query::parse("fisk"), &Options::default(), &Cancel::never()).unwrap();
    assert_eq!(index.row(&found, &found.hits[0]).place.line, 4);
}

#[test]
fn filters_hold_and_say_what_stands_in_the_way() {
    let (_kept, sources) = library(TWO);
    let index = make(&sources);
    assert_eq!(keys(&index, "year:1999"), ["lie1999"]);
    assert_eq!(keys(&index, "type:bok"), ["berg2001"]);
    assert_eq!(keys(&index, "forfatter:lie"), ["lie1999"]);
    assert_eq!(keys(&index, "-fisk"), ["berg2001"]);
    assert_eq!(keys(&index, "author:\"Berg, Anna\""), ["berg2001"]);
    assert_eq!(keys(&index, "title =~ f.sk"), ["lie1999"]);
    let none = query::parse("fisk year:2005");
    let found = index.search(&none, &Options::default(), &Cancel::never()).unwrap();
    assert_eq!((found.total, found.offers), (0, vec![("year".to_owned(), 1)]));
}
