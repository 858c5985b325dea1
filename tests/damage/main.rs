//! What takes minutes: 1,500 and more pieces of damage to the files of an index, after each of which
//! the answers must be those of a whole one, and a million queries by chance.
//! `cargo test --release --test damage`; a number after `--` is another number of queries.

#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test that cannot go on says so and stops"
)]

#[path = "../it/damage.rs"]
mod damage;
#[path = "../it/queries.rs"]
mod queries;

use damage::{Damage, Sequence, Workbench};
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let many = std::env::args().skip(1).find_map(|it| it.parse().ok()).unwrap_or(1_000_000);
    let wrong = index();
    fuzz(many);
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn index() -> usize {
    let bench = Workbench::new();
    let parts = bench.parts();
    let each = 1_500_usize.div_ceil(parts.len()).saturating_sub(10).div_ceil(4);
    let mut chance = Sequence(7);
    let (mut tried, mut used, mut wrong) = (0, 0, 0);
    for part in &parts {
        let length = std::fs::metadata(part).map_or(0, |it| it.len() as usize);
        for damage in Damage::all(length, each, &mut chance) {
            tried += 1;
            match bench.try_out(part, &damage) {
                Ok(as_it_was) => used += usize::from(as_it_was),
                Err(what) => {
                    wrong += 1;
                    println!("WRONG {what}");
                }
            }
            bench.mend();
        }
    }
    println!(
        "{tried} pieces of damage to {} files: {used} times the index was used as it was, {} times made \
         anew, {wrong} wrong answers",
        parts.len(),
        tried - used - wrong
    );
    wrong
}

fn fuzz(many: usize) {
    let mut chance = Sequence(17);
    let (mut longest, mut whole) = ((0.0, String::new()), 0.0);
    for _ in 0..many {
        let text = queries::by_chance(&mut chance);
        let start = Instant::now();
        let query = kilde::query::parse(&text);
        let took = start.elapsed().as_secs_f64() * 1000.0;
        drop(query);
        whole += took;
        if took > longest.0 {
            longest = (took, text.chars().take(60).collect());
        }
        queries::hold(&text);
    }
    println!(
        "{many} queries by chance: {:.4} ms each to read, {:.2} ms at most ({:?} …)",
        whole / many.max(1) as f64,
        longest.0,
        longest.1
    );
}
