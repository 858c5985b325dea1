//! How fast reference lists are made, and whether every style of a folder can be used.
//!
//! ```text
//! cargo bench --bench citing                       the engine, style by style
//! cargo bench --bench citing -- --peers            whole programs on the same works, in one run
//! cargo bench --bench citing -- --styles FOLDER    every .csl file below FOLDER, on every item
//! cargo bench --bench citing -- --list STYLE.csl LOCALE ITEMS.json    one list, as HTML
//! ```
//!
//! Items come from `../shared/csl-oracle/items.json`, or from `--items FILE` of CSL-JSON.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measurement that cannot go on says so and stops"
)]

#[path = "citing/peers.rs"]
mod peers;

use kilde::cite::builtin;
use kilde::cite::convert;
use kilde::cite::item::Date;
use kilde::cite::item::Item;
use kilde::cite::item::Variable;
use kilde::cite::processor::Processor;
use kilde::cite::style::Style;
use kilde::cite::style::StyleError;
use kilde::model::Library;
use serde_json::Value;
use std::fs;
use std::panic;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let after = |flag: &str| {
        words.iter().position(|word| word == flag).and_then(|at| words.get(at + 1)).cloned()
    };
    if words.first().is_some_and(|word| word == "--list") {
        return list(Path::new(&words[1]), &words[2], Path::new(&words[3]));
    }
    let items = after("--items").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/csl-oracle/items.json"),
        PathBuf::from,
    );
    let items = read_items(&items);
    if words.iter().any(|word| word == "--peers") {
        return peers::run();
    }
    match after("--styles") {
        Some(folder) => every_style(Path::new(&folder), &items),
        None => {
            table(&items);
            converter();
        }
    }
}

fn read_items(path: &Path) -> Vec<Item> {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let values: Vec<Value> = serde_json::from_str(&text).unwrap();
    values.iter().map(Item::from_csl_json).collect()
}

fn locales(tag: &str) -> Option<String> {
    builtin::LOCALES.iter().find(|(known, _)| *known == tag).map(|(_, xml)| (*xml).to_owned())
}

/// `count` items that differ: the given ones again and again, each time of another year.
fn many(items: &[Item], count: usize) -> Vec<Item> {
    (0..count)
        .map(|at| {
            let mut item = items[at % items.len()].clone();
            let round = at / items.len();
            item.id = format!("{}-{round}", item.id);
            let year = item.date(Variable::ISSUED).and_then(|date| date.start.year);
            item.set_date("issued", Date::year(year.unwrap_or(2000) - round as i32));
            item
        })
        .collect()
}

/// What the work gave, and the processor time that this thread used for it; on systems that do not
/// tell, the time that went by.
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let used = || {
        let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    };
    let (start, before) = (Instant::now(), used());
    let out = work();
    let time = match (before, used()) {
        (Some(before), Some(after)) => after.checked_sub(before).unwrap(),
        _ => start.elapsed(),
    };
    (out, time)
}

/// As [`timed`], the mean of many times: for work that is shorter than the clock is fine.
fn repeated(mut work: impl FnMut()) -> Duration {
    const TIMES: u32 = 50;
    timed(|| (0..TIMES).for_each(|_| work())).1 / TIMES
}

fn table(items: &[Item]) {
    println!("| style | items | µs an entry | load ms | one reference with everything, ms |");
    println!("|---|---|---|---|---|");
    for name in ["apa", "norsk-apa-manual", "chicago-author-date", "ieee", "nlm-citation-sequence"]
    {
        let xml = builtin::style(name).unwrap().xml;
        let style = Style::read(xml, &|_| None).unwrap();
        let load = repeated(|| drop(Style::read(xml, &|_| None).unwrap()));
        let whole = repeated(|| {
            let style = Style::read(xml, &|_| None).unwrap();
            let processor = Processor::new(&style, &locales, "nb-NO").unwrap();
            drop(processor.bibliography(&items[..1]));
        });
        let processor = Processor::new(&style, &locales, "nb-NO").unwrap();
        for count in [1_000, 10_000, 100_000] {
            let many = many(items, count);
            let (list, time) = timed(|| processor.bibliography(&many));
            println!(
                "| {name} | {count} | {:.1} | {:.2} | {:.2} |",
                time.as_secs_f64() * 1e6 / list.entries.len().max(1) as f64,
                load.as_secs_f64() * 1e3,
                whole.as_secs_f64() * 1e3
            );
        }
    }
}

/// From BibLaTeX to CSL, on the shipped library.
fn converter() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/selvhjelp.bib");
    let library = Library::new(vec![("a.bib".into(), fs::read(path).unwrap().into())]);
    let time = repeated(|| {
        for entry in &library.entries {
            std::hint::black_box(convert::item(entry, &library, "nb-NO"));
        }
    });
    let each = time.as_secs_f64() * 1e6 / library.entries.len().max(1) as f64;
    println!("from BibLaTeX to CSL: {each:.1} µs an entry");
}

fn list(style: &Path, lang: &str, items: &Path) {
    let style = Style::read(&fs::read_to_string(style).unwrap(), &|_| None).unwrap();
    let processor = Processor::new(&style, &locales, lang).unwrap();
    for entry in processor.bibliography(&read_items(items)).entries {
        println!("{}\t{}", entry.id, entry.reference_html().replace('\n', " "));
    }
}

fn every_style(folder: &Path, items: &[Item]) {
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.sort();
    let parent = |id: &str| {
        let name = id.trim_end_matches('/').rsplit('/').next()?;
        fs::read_to_string(folder.join(format!("{name}.csl"))).ok()
    };
    let (mut fine, mut errors, mut panics, mut slowest) =
        (0, 0, 0, (Duration::ZERO, String::new()));
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        let (outcome, time) = timed(|| {
            panic::catch_unwind(|| -> Result<usize, StyleError> {
                let style = Style::read(&text, &parent)?;
                let processor = Processor::new(&style, &locales, "")?;
                Ok(processor.bibliography(items).entries.len())
            })
        });
        if time > slowest.0 {
            slowest = (time, file.display().to_string());
        }
        match outcome {
            Ok(Ok(_)) => fine += 1,
            Ok(Err(error)) => {
                errors += 1;
                println!("{}: {error}", file.display());
            }
            Err(_) => {
                panics += 1;
                println!("{}: panic", file.display());
            }
        }
    }
    println!(
        "{} styles, {} items: {fine} lists, {errors} errors, {panics} panics; slowest {:.0} ms: {}",
        files.len(),
        items.len(),
        slowest.0.as_secs_f64() * 1e3,
        slowest.1
    );
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|it| it == "csl") {
            files.push(path);
        }
    }
}
