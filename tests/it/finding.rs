//! Searching from the command line, and an index that nobody needs to look after.

use crate::support::desk::Desk;
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

#[test]
fn an_account_of_a_search_is_a_few_short_lines_in_each_language() {
    let desk = Desk::with_shipped_library();
    for (language, head, same, near, year) in [
        ("nb", "treff. Slik ble søket forstått:", "samme begrep: ", "beslektet: ", "år: 1990–"),
        ("nn", "treff. Slik vart søket forstått:", "same omgrep: ", "nærskylt: ", "år: 1990–"),
        (
            "en",
            "hits. The search was understood so:",
            "same concept: ",
            "near it: ",
            "years: 1990–",
        ),
    ] {
        let line = "-L library search 'selvhjelpsgrupper kommuner år:1990..' --explain --limit 3";
        let done = desk.line(&format!("{line} --lang {language}"));
        let (account, hits) = done.out.split_once("\n\n").unwrap();
        assert!(account.lines().next().unwrap().ends_with(head), "{account}");
        for part in [same, near, year, "self-help group", "local government"] {
            assert!(account.contains(part), "{part} in {account}");
        }
        assert!(account.lines().count() <= 10, "{account}");
        assert!(account.lines().all(|line| line.chars().count() <= 140), "{account}");
        // A line for the hit and one for why.
        assert_eq!(hits.lines().count(), 6, "{hits}");
    }
}

#[test]
fn a_search_without_hits_says_what_stands_in_the_way() {
    let desk = Desk::with_bib(TWO);
    let done = desk.line("-L refs.bib --lang nb search 'gruppe år:1850'");
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    assert!(
        done.err.contains("ingen treff på «gruppe år:1850»\nuten `år` er det 1 treff\n"),
        "{}",
        done.err
    );
}

#[test]
fn a_saved_search_is_found_by_its_name() {
    let desk = Desk::with_bib(TWO);
    let done = desk.line("-L refs.bib search --save norske lang:nb");
    assert!(done.out.starts_with("berg2001 ") && done.err.contains("@norske"), "{done:?}");
    assert!(desk.read("refs.searches.toml").ends_with("norske = \"lang:nb\"\n"));
    assert!(desk.line("-L refs.bib search '@norske gruppe'").out.starts_with("berg2001 "));
    assert!(desk.line("-L refs.bib list @Norske").out.starts_with("berg2001 "));
    assert_eq!(desk.line("-L refs.bib searches").out.trim(), "1  @norske               lang:nb");
    assert_eq!(desk.line("-L refs.bib search @norsk").code, 2);
    assert_eq!(desk.line("-L refs.bib search --save 'to ord' x").code, 2);
    assert_eq!(desk.line("-L refs.bib search --save a @b").code, 2);
    assert_eq!(desk.line("-L refs.bib searches remove a").code, 2);
    assert_eq!(desk.line("-L refs.bib searches remove @norske --dry-run").code, 0);
    assert_eq!(desk.line("-L refs.bib searches remove norske").code, 0);
    assert_eq!(desk.line("-L refs.bib searches").code, 1);
}

#[test]
fn what_is_half_typed_can_go_on() {
    let desk = Desk::with_bib(TWO);
    assert_eq!(desk.line("-L refs.bib complete 'fisk forf'").out, "forfatter:\t2\n");
    assert_eq!(desk.line("-L refs.bib complete 'x author:ber'").out, "author:\"Berg, Anna\"\t1\n");
    assert_eq!(desk.line("-L refs.bib complete --cursor 5 'lang: x'").out, "lang:nb\t1\n");
    assert_eq!(desk.line("-L refs.bib complete zzz").code, 1);
    assert_eq!(desk.line("-L refs.bib search --like berg2001").code, 1);
    assert_eq!(desk.line("-L refs.bib search --like nobody").code, 2);
}

#[test]
fn a_thesaurus_that_others_keep_is_merged_and_widens_searches() {
    let desk = Desk::new();
    desk.file("library/data/a.bib", TWO.as_bytes());
    let skos = "@prefix s: <http://www.w3.org/2004/02/skos/core#> .\n<http://x.no/1> a s:Concept ;\n\
                s:prefLabel \"ichthys\"@en, \"fisk\"@nb ; s:notation \"7\" .\n";
    desk.file("other.ttl", skos.as_bytes());
    assert_eq!(desk.line("-L library search ichthys").code, 1);
    let dry = desk.line("-L library thesaurus import other.ttl --dry-run");
    assert!(dry.out.contains("+en = [\"ichthys\"]\n"), "{dry:?}");
    let done = desk.line("-L library thesaurus import other.ttl");
    assert!(
        done.err.starts_with("1 new concepts,") && done.err.contains("notation (1)"),
        "{done:?}"
    );
    assert!(desk.line("-L library search ichthys").out.starts_with("lie1999 "));
    assert_eq!(desk.line("-L library thesaurus check").code, 0);
    assert_eq!(desk.run_with(&["-L", "library", "thesaurus", "import", "-"], "<a").code, 3);
}
