//! How long the checks and the search for duplicates take, on libraries made up for it.
//!
//! `cargo bench --bench quality`, or with sizes of your own: `-- 10000 100000`. The entries are made
//! from a list of words by a fixed rule, one in ten entered twice with small changes, so that a run
//! can be made again. Times are of the whole work in memory, reading the file not counted.

#![allow(missing_docs, clippy::print_stdout, reason = "a bench prints what it has measured")]

use kilde::check::{self, Facts, Settings};
use kilde::compare::{self, Decisions, Features, Incoming};
use kilde::model::Library;
use std::fmt::Write as _;
use std::time::Instant;

const WORDS: &str = "self help groups mutual aid support people health care study review \
    experience community mental peer recovery illness chronic family carers grief cancer anxiety \
    addiction alcohol members leaders volunteers welfare services policy norway sweden denmark \
    finland participation empowerment knowledge practice professional network internet online \
    evaluation randomized trial qualitative interviews outcome effects children parents women men \
    young older adults rural urban history movement organization meeting stories identity \
    belonging stigma coping learning change trust power rights citizens state local national";

/// A fixed sequence (Knuth's multiplier), so that every run sees the same entries.
struct Sequence(u64);

impl Sequence {
    fn next(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
}

/// A word of the list, or as often two of them put together: some thousands of words, the short ones
/// common, as in titles.
fn word(words: &[&str], sequence: &mut Sequence) -> String {
    let first = words[sequence.next(words.len())];
    if sequence.next(2) == 0 {
        first.to_owned()
    } else {
        format!("{first}{}", words[sequence.next(words.len())])
    }
}

fn made_up(count: usize) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut sequence = Sequence(7);
    let mut out = String::with_capacity(count * 320);
    let mut last: Option<[String; 5]> = None;
    for at in 0..count {
        let fields = match &last {
            Some([author, title, journal, place, _]) if sequence.next(10) == 0 => {
                let title = if sequence.next(2) == 0 {
                    title.to_uppercase()
                } else {
                    title.replacen('e', "", 1)
                };
                [author.clone(), title, journal.clone(), place.clone(), String::new()]
            }
            _ => {
                let mut pick = |least: usize, more: usize| {
                    let count = least + sequence.next(more);
                    (0..count).map(|_| word(&words, &mut sequence)).collect::<Vec<_>>()
                };
                let title = pick(6, 9).join(" ");
                let author: Vec<String> = pick(1, 5)
                    .iter()
                    .map(|it| format!("{it}sen, {}", &it[..1].to_uppercase()))
                    .collect();
                let journal = format!("Journal of {}", pick(2, 2).join(" and "));
                let page = 1 + sequence.next(2_000);
                let place = format!(
                    "year = {{{}}}, volume = {{{}}}, pages = {{{page}--{}}}",
                    1980 + sequence.next(45),
                    1 + sequence.next(300),
                    page + sequence.next(20)
                );
                let doi = format!(
                    "doi = {{10.{}/{}}},",
                    1000 + sequence.next(9000),
                    sequence.next(1_000_000_000)
                );
                [author.join(" and "), title, journal, place, doi]
            }
        };
        let [author, title, journal, place, doi] = &fields;
        let _written = writeln!(
            out,
            "@article{{k{at},\n  author = {{{author}}},\n  title = {{{title}}},\n  journal = {{{journal}}},\n  {place},\n  {doi}\n}}\n"
        );
        last = Some(fields);
    }
    out
}

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|it| it.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![10_000, 100_000] } else { sizes };
    for size in sizes {
        let library = Library::new(vec![("made-up.bib".into(), made_up(size).into_bytes().into())]);
        let start = Instant::now();
        let findings =
            check::check(&library, &Settings::default(), &Facts::from(Some((2026, 1, 1)))).len();
        println!(
            "{size} entries: check {:.0} ms, {findings} findings",
            start.elapsed().as_secs_f64() * 1e3
        );
        let start = Instant::now();
        let features: Vec<Features> = library.entries.iter().map(Features::of).collect();
        let clusters = compare::find(&features, &Decisions::default()).len();
        println!(
            "{size} entries: dedupe {:.2} s, {clusters} clusters",
            start.elapsed().as_secs_f64()
        );
        let decisions = Decisions::default();
        let incoming = Incoming::new(&features, &decisions);
        let start = Instant::now();
        let newcomers = features.len().min(1_000);
        let known = features.iter().take(newcomers).map(|it| incoming.of(it)).fold(0, |n, _| n + 1);
        println!(
            "{size} entries: one newcomer {:.0} µs (of {known})",
            start.elapsed().as_secs_f64() * 1e6 / newcomers as f64
        );
    }
}
