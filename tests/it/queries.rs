//! Whatever is typed is some query: every beginning of a hundred realistic ones, and any text at
//! all. `cargo test --test damage` tries a million.

use super::damage::Sequence;
use kilde::index::{Cancel, Index, Options, Sources};
use kilde::model::Library;
use kilde::query::{self, MAX_CLAUSES, MAX_DEPTH};
use kilde::text::said::{Language, words};
use std::path::Path;

/// A hundred queries as people type them.
pub fn realistic() -> Vec<&'static str> {
    include_str!("../fixtures/queries.txt").lines().collect()
}

/// What queries by chance are made of.
const PIECES: &[&str] = &[
    "selv",
    "hjelp",
    " ",
    " ",
    " ",
    ":",
    "author",
    "år",
    "year:",
    "=",
    "==",
    "=~",
    "!=",
    "\"",
    "(",
    ")",
    "[ti]",
    ".ti,ab.",
    "adj3",
    "AND",
    "OR",
    "IKKE",
    "-",
    "!",
    "*",
    "?",
    "~",
    "~2",
    "..",
    "2012",
    "99999999999999999999",
    "/",
    "\\",
    "[",
    "]",
    "{",
    "}",
    "|",
    "&",
    "<=",
    "has:",
    "mangler:doi",
    "«",
    "”",
    "é",
    "\u{301}",
    "\u{200b}",
    "\u{202e}",
    "😀",
    "\0",
    "\n",
    "ﬁ",
    "İ",
    "ß",
    "10.1/x",
    "IS-1212",
    "@a",
    "type:",
    "doi:",
    ",",
    ";",
    "'",
    "%",
];

/// A query by chance: mostly signs that mean something, sometimes one of the realistic with a few
/// letters changed, sometimes any letters at all.
pub fn by_chance(chance: &mut Sequence) -> String {
    match chance.next(4) {
        0 => {
            let all = realistic();
            let mut letters: Vec<char> = all[chance.next(all.len())].chars().collect();
            for _ in 0..=chance.next(4) {
                let (at, piece) = (chance.next(letters.len()), PIECES[chance.next(PIECES.len())]);
                letters.splice(at..(at + chance.next(2)).min(letters.len()), piece.chars());
            }
            letters.into_iter().collect()
        }
        1 => {
            let letter = |chance: &mut Sequence| char::from_u32(chance.next(0x11_0000) as u32);
            (0..chance.next(30)).filter_map(|_| letter(chance)).collect()
        }
        2 => PIECES[chance.next(PIECES.len())].repeat(1 + chance.next(3000)),
        _ => (0..chance.next(24)).map(|_| PIECES[chance.next(PIECES.len())]).collect(),
    }
}

/// Holds a query to what is promised of any.
pub fn hold(text: &str) {
    let query = query::parse(text);
    let (mut clauses, mut notes) = (0, 0);
    query.expr.walk(&mut |expr| {
        clauses += usize::from(!matches!(
            expr,
            query::Expr::And(_) | query::Expr::Or(_) | query::Expr::Not(_)
        ));
    });
    assert!(clauses <= MAX_CLAUSES + 1, "{clauses} clauses in {text:?}");
    for note in &query.notes {
        notes += 1;
        assert!(text.get(note.at.clone()).is_some(), "{:?} of {text:?}", note.at);
        for language in Language::ALL {
            let told = words(&note.said, language);
            let open = ["{name}", "{like}", "{value}", "{count}"];
            assert!(told != note.said.id && !open.iter().any(|it| told.contains(it)), "{told}");
        }
    }
    assert!(notes <= 8, "{text:?}");
    assert!(depth(&query.expr) <= 4 * MAX_DEPTH, "{text:?}");
}

fn depth(expr: &query::Expr) -> usize {
    match expr {
        query::Expr::And(parts) | query::Expr::Or(parts) => {
            1 + parts.iter().map(depth).max().unwrap_or(0)
        }
        query::Expr::Not(inner) => 1 + depth(inner),
        _ => 1,
    }
}

fn shipped() -> Index {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let bytes = std::fs::read(data.join("selvhjelp.bib")).unwrap();
    let library = Library::new(vec![("selvhjelp.bib".into(), bytes.into())]);
    let thesaurus = Some(data.join("thesaurus.toml"));
    let sources = Sources { thesaurus, ..Sources::default() };
    Index::in_memory(&sources, &library, kilde::index::chain::Steps::default(), &mut |_| {
        std::ops::ControlFlow::Continue(())
    })
    .unwrap()
}

#[test]
fn every_beginning_of_a_query_has_an_answer_and_no_error() {
    let index = shipped();
    let all = realistic();
    assert_eq!(all.len(), 100);
    for (nth, text) in all.iter().enumerate() {
        for (at, c) in text.char_indices() {
            let typed = &text[..at + c.len_utf8()];
            hold(typed);
            // Every third is searched for, each query from another letter on; and every one when whole.
            if (at + nth) % 3 == 0 || typed.len() == text.len() {
                let options =
                    Options { typing: typed != *text, facets: true, ..Options::default() };
                let found = index.search(&query::parse(typed), &options, &Cancel::never()).unwrap();
                assert!(found.hits.len() <= found.total);
                index.complete(typed, typed.len(), 10);
            }
        }
    }
}

#[test]
fn any_text_at_all_is_some_query() {
    let mut chance = Sequence(11);
    for _ in 0..5_000 {
        hold(&by_chance(&mut chance));
    }
}

#[test]
fn any_text_at_all_can_be_searched_for() {
    let index = shipped();
    let mut chance = Sequence(13);
    for nth in 0..150 {
        let options = Options { typing: nth % 2 == 0, facets: nth % 3 == 0, ..Options::default() };
        let text = by_chance(&mut chance);
        let query = query::parse(&text);
        index.search(&query, &options, &Cancel::never()).unwrap();
        index.complete(&text, chance.next(text.len() + 3), 10);
    }
}

#[test]
fn a_pattern_that_would_grow_without_end_finds_nothing_and_ends() {
    let index = shipped();
    for text in [
        "title =~ (((a{100}){100}){100}){100}",
        "title =~ [",
        &format!("\"{}\"", "selvhjelp ".repeat(10_000)),
        &"x".repeat(20_000),
        &"selvhjelp OR ".repeat(10_000),
        "*a*",
        "a*",
        "?????",
    ] {
        let found =
            index.search(&query::parse(text), &Options::default(), &Cancel::never()).unwrap();
        assert!(found.total <= index.count(), "{text}");
    }
}
