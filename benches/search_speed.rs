//! How fast searching is, beside SQLite FTS5 and ripgrep on the same library.
//!
//! `cargo bench --bench search_speed -- 100000 1000000` makes the libraries (kept in
//! `target/search_speed`, or where `--in FOLDER` says), builds their indexes, types a hundred queries
//! letter by letter, and prints the table of `docs/performance.md`. `--peers` runs SQLite and ripgrep
//! too; what is not installed is said. Times of a key are of the processor, which other work on the
//! machine does not falsify; those of whole processes are of the clock.

#![allow(missing_docs, clippy::print_stdout, reason = "a bench prints what it has measured")]

#[path = "search_speed/corpus.rs"]
mod corpus;
#[path = "../tests/it/search_quality/measure.rs"]
mod measure;
#[path = "search_speed/peers.rs"]
mod peers;

use kilde::index::{self, Cancel, Index, Opened, Options, Sources};
use kilde::model::Library;
use kilde::query;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Hits of which the rows are read, as a screen shows them.
const SHOWN: usize = 50;

fn main() {
    let given: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    if let [work, root] = &given[..]
        && let Some(work) = work.strip_prefix("--work=")
    {
        return alone(work, Path::new(root));
    }
    let mut sizes: Vec<usize> = given.iter().filter_map(|it| it.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![10_000];
    }
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/target/search_speed");
    let at = given.iter().position(|it| it == "--in").and_then(|at| given.get(at + 1));
    let folder = PathBuf::from(at.map_or(own, String::as_str));
    for size in sizes {
        let root = folder.join(size.to_string());
        make(&root, size);
        println!("\n### {size} entries\n\n| what | |\n|---|---:|");
        for work in ["build", "keys", "facets", "all-facets", "parse"] {
            run_alone(work, &root);
        }
        cold(&root);
        update(&root);
        if given.iter().any(|it| it == "--peers") {
            peers::sqlite(&root, &queries());
            peers::ripgrep(&root, &queries());
        }
    }
}

/// The library of this size, made unless it is there.
fn make(root: &Path, size: usize) {
    let file = root.join("data/library.bib");
    if file.exists() {
        return;
    }
    std::fs::create_dir_all(root.join("data")).expect("a folder");
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let bytes = std::fs::read(data.join("selvhjelp.bib")).expect("the overview");
    std::fs::copy(data.join("thesaurus.toml"), root.join("data/thesaurus.toml")).expect("a copy");
    let shipped = Library::new(vec![("selvhjelp.bib".into(), bytes.into())]);
    let collections = [measure::cranfield(), measure::cisi()];
    let texts: Vec<String> = collections
        .iter()
        .flatten()
        .flat_map(|it| it.library.entries.iter().filter_map(|entry| entry.text("abstract")))
        .collect();
    if texts.is_empty() {
        println!("No collections beside the project: the abstracts are made of titles.");
    }
    let half = file.with_extension("half");
    corpus::write(&half, size, &shipped, &texts).expect("a library");
    std::fs::rename(half, file).expect("a library");
}

fn sources(root: &Path) -> Sources {
    Sources {
        root: Some(root.to_owned()),
        files: vec![root.join("data/library.bib")],
        thesaurus: Some(root.join("data/thesaurus.toml")),
        cache: Some(root.join("cache")),
    }
}

fn queries() -> Vec<String> {
    let text = include_str!("../tests/fixtures/queries.txt");
    text.lines().map(str::to_owned).collect()
}

/// Does one piece of work in a process of its own, so that its memory is its own.
fn run_alone(work: &str, root: &Path) {
    let me = std::env::current_exe().expect("the bench itself");
    let done = Command::new(me).arg(format!("--work={work}")).arg(root).status().expect("a child");
    assert!(done.success(), "{work}");
}

fn alone(work: &str, root: &Path) {
    match work {
        "build" => build(root),
        "parse" => parse(),
        "keys" => keys("a key: hits", root, &Options { facets: false, ..typing() }),
        "facets" => keys("a key: hits and counts", root, &Options { facets: true, ..typing() }),
        "all-facets" => all_facets(root),
        _ => {}
    }
}

fn typing() -> Options {
    Options { limit: SHOWN, typing: true, ..Options::default() }
}

fn build(root: &Path) {
    let sources = sources(root);
    let (start, before) = (Instant::now(), index::before(&sources));
    let bytes = std::fs::read(&sources.files[0]).expect("the library");
    let library = Library::new(vec![(sources.files[0].clone(), bytes.into())]);
    let read = start.elapsed().as_secs_f64();
    let index =
        Index::rebuild(&sources, &library, &before, &mut |_| std::ops::ControlFlow::Continue(()))
            .expect("an index");
    let (whole, cpu) = (start.elapsed().as_secs_f64(), processor());
    let rate = index.count() as f64 / whole;
    println!("| reading and indexing all | {whole:.1} s ({read:.1} s reading), {cpu:.1} s CPU |");
    println!("| entries a second | {rate:.0} |");
    println!("| memory while indexing | {} MB |", memory("VmHWM"));
    let size: u64 = files(&root.join("index")).iter().map(|it| it.1).sum();
    println!("| index on disk | {} MB |", size / 1_000_000);
}

fn open(root: &Path) -> Index {
    match Index::open(&sources(root)) {
        Opened::Fresh(index) | Opened::Stale(index) => index,
        Opened::Nothing => panic!("there is no index in {}", root.display()),
    }
}

/// Types every query, letter by letter.
fn keys(name: &str, root: &Path, options: &Options) {
    let index = open(root);
    let mut times: Vec<(f64, String)> = Vec::new();
    for text in queries() {
        for (at, c) in text.char_indices() {
            let typed = &text[..at + c.len_utf8()];
            let start = on_processor();
            let query = query::parse(typed);
            let found = index.search(&query, options, &Cancel::never()).expect("an answer");
            let shown: Vec<_> =
                found.hits.iter().take(SHOWN).map(|hit| index.row(&found, hit)).collect();
            let shown = shown.len();
            assert!(shown <= SHOWN);
            times.push((on_processor() - start, typed.to_owned()));
        }
    }
    let slow = told(name, &mut times);
    println!("| the slowest of these | {slow} |");
    println!(
        "| memory while searching, own / with the index's pages | {} / {} MB |",
        memory("RssAnon"),
        memory("VmRSS")
    );
}

fn all_facets(root: &Path) {
    let index = open(root);
    let options = Options { limit: SHOWN, facets: true, ..Options::default() };
    let mut times = Vec::new();
    for _ in 0..10 {
        let start = on_processor();
        index.search(&query::parse(""), &options, &Cancel::never()).expect("an answer");
        times.push((on_processor() - start, String::new()));
    }
    told("counts of the whole library", &mut times);
}

fn parse() {
    let mut times: Vec<(f64, String)> = Vec::new();
    for text in queries() {
        for (at, c) in text.char_indices() {
            let typed = &text[..at + c.len_utf8()];
            let start = on_processor();
            let query = query::parse(typed);
            times.push((on_processor() - start, typed.to_owned()));
            drop(query);
        }
    }
    told("reading a query", &mut times);
}

/// Prints the median and the 95th percentile in milliseconds; gives the slowest three.
fn told(name: &str, times: &mut [(f64, String)]) -> String {
    times.sort_by(|a, b| a.0.total_cmp(&b.0));
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].0;
    println!(
        "| {name}, {} times: p50 / p95 / most | {:.2} / {:.2} / {:.1} ms |",
        times.len(),
        at(0.5),
        at(0.95),
        at(1.0)
    );
    let slow = times.iter().rev().take(3).map(|(time, text)| format!("`{text}` {time:.0}"));
    slow.collect::<Vec<_>>().join(", ")
}

/// A whole process, from nothing to the first hits.
fn cold(root: &Path) {
    let mut times: Vec<(f64, String)> = Vec::new();
    for text in queries().iter().take(20) {
        for _ in 0..2 {
            let start = Instant::now();
            let out = kilde(root, &["search", text, "--limit", "50"]);
            times.push((start.elapsed().as_secs_f64() * 1000.0, text.clone()));
            assert!(out.stderr.is_empty() || !out.stdout.is_empty(), "{out:?}");
        }
    }
    let slow = told("a process from its start to 50 hits (clock)", &mut times);
    println!("| the slowest of these | {slow} |");
}

/// An entry is added to the file; how long until a search finds it.
fn update(root: &Path) {
    let file = root.join("data/library.bib");
    let before = std::fs::metadata(&file).expect("the library").len();
    let mut times = Vec::new();
    for nth in 0..3 {
        let entry = format!("@misc{{newcomer{nth}, title = {{Qvornyx{nth} i fjellet}}}}\n");
        let mut out = std::fs::File::options().append(true).open(&file).expect("the library");
        std::io::Write::write_all(&mut out, entry.as_bytes()).expect("an entry");
        drop(out);
        let start = Instant::now();
        let found = kilde(root, &["search", &format!("qvornyx{nth}")]);
        times.push((start.elapsed().as_secs_f64() * 1000.0, String::new()));
        assert!(String::from_utf8_lossy(&found.stdout).contains("newcomer"), "{found:?}");
    }
    told("an entry written to the file until a new process finds it (clock)", &mut times);
    std::fs::File::options()
        .write(true)
        .open(&file)
        .and_then(|it| it.set_len(before))
        .expect("as before");
    kilde(root, &["search", "qvornyx"]);
}

fn kilde(root: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kilde"));
    command.env("HOME", root.join("home")).arg("-L").arg(root).args(arguments);
    command.output().expect("the program")
}

/// Milliseconds that this thread has been on a processor.
fn on_processor() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|it| it.parse::<f64>().ok()).unwrap_or(0.0) / 1e6
}

/// Seconds that this process has been on a processor, in hundredths.
fn processor() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let rest = text.rsplit(") ").next().unwrap_or_default();
    let ticks = rest.split(' ').skip(11).take(2).filter_map(|it| it.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

/// A line of `/proc/self/status` in megabytes.
fn memory(name: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|it| it.parse::<u64>().ok()).unwrap_or(0) / 1000
}

fn files(folder: &Path) -> Vec<(PathBuf, u64)> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.metadata() {
            Ok(meta) if meta.is_dir() => out.extend(files(&path)),
            Ok(meta) => out.push((path, meta.len())),
            Err(_) => {}
        }
    }
    out
}
