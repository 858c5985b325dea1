//! Reading, editing and saving `.bib` files, with peers on the same bytes in the same run:
//! `cargo bench --bench bibtex [-- ENTRIES]`. What is printed is the least of several runs.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that cannot go on says so and stops"
)]

use kilde::bibtex::{self, change, habits::Habits, value, verify};
use kilde::model::Library;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

/// A library as people have them: about 1,400 bytes an entry, abstracts among them.
fn generated(entries: usize) -> String {
    let mut out = String::with_capacity(entries * 1_450);
    let words = [
        "tannic",
        "hyllest",
        "measure",
        "selvhjelp",
        "gruppe",
        "{Norwegian}",
        "\\'{e}tude",
        "of",
        "the",
        "–",
        "study",
    ];
    let mut seed = 7_u64;
    let mut word = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        words[(seed >> 33) as usize % words.len()]
    };
    for n in 0..entries {
        let mut text = |count: usize| (0..count).map(|_| word()).collect::<Vec<_>>().join(" ");
        let (title, journal, summary) = (text(10), text(4), text(150));
        let _written = write!(
            out,
            "@article{{key{n},\n  author       = {{Berg, Anne and Dahl, Ole N. and von Lie, {{\\O}}}},\n  title        = {{{title}}},\n  journaltitle = {{{journal}}},\n  date         = {{{}-0{}}},\n  volume       = {n},\n  pages        = {{{n}--{}}},\n  doi          = {{10.1000/x.{n}}},\n  url          = {{https://example.org/a_b/{n}}},\n  keywords     = {{a, b, c{}}},\n  abstract     = {{{summary}}},\n}}\n\n",
            1950 + n % 70,
            1 + n % 9,
            n + 12,
            n % 100,
        );
    }
    out
}

fn least(mut work: impl FnMut()) -> Duration {
    let mut least = Duration::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        work();
        least = least.min(start.elapsed());
    }
    least
}

fn row(what: &str, time: Duration, bytes: usize) {
    let speed = bytes as f64 / time.as_secs_f64() / 1e6;
    println!("{what:<58} {:>9.1} ms {speed:>8.0} MB/s", time.as_secs_f64() * 1e3);
}

/// CPU time and peak memory of a whole process, by GNU time.
fn used(command: &[&str], home: &std::path::Path) -> String {
    let mut time = Command::new("/usr/bin/time");
    time.args(["-f", "%U s user, %S s system, %M kB at most"]).args(command);
    time.env("XDG_STATE_HOME", home.join("state")).stdout(std::process::Stdio::null());
    match time.output() {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            said.lines().last().unwrap_or_default().to_owned()
        }
        Err(_) => "GNU time is not installed".to_owned(),
    }
}

fn main() {
    let entries = std::env::args().skip(1).find_map(|it| it.parse().ok()).unwrap_or(100_000);
    let text = generated(entries);
    let bytes = text.as_bytes();
    println!("{entries} entries, {:.1} MB", bytes.len() as f64 / 1e6);

    row(
        "memchr for `@`, no more",
        least(|| {
            black_box(memchr::memchr_iter(b'@', bytes).count());
        }),
        bytes.len(),
    );
    row(
        "bibtex::parse: blocks, fields, problems",
        least(|| {
            black_box(bibtex::parse(bytes));
        }),
        bytes.len(),
    );
    row(
        "the same and every value in pieces",
        least(|| {
            let file = bibtex::parse(bytes);
            for (_, entry) in file.entries() {
                for field in &entry.fields {
                    black_box(value::pieces(bytes, &field.value));
                }
            }
        }),
        bytes.len(),
    );
    row(
        "model::Library: macros, inheritance, keys",
        least(|| {
            black_box(Library::new(vec![("a.bib".into(), bytes.into())]));
        }),
        bytes.len(),
    );
    let file = bibtex::parse(bytes);
    let habits = Habits::of(bytes, &file);
    let (_, entry) = file.entries().nth(entries / 2).unwrap();
    row(
        "one field set, what is around it read back and compared",
        least(|| {
            let edits = change::set(bytes, entry, &habits, "date", "1999").unwrap();
            black_box(verify::check(bytes, &file, &edits)).unwrap();
        }),
        bytes.len(),
    );
    row(
        "biblatex crate: RawBibliography::parse",
        least(|| {
            black_box(biblatex::RawBibliography::parse(&text).is_ok());
        }),
        bytes.len(),
    );

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("refs.bib");
    let synced = |name: &str| {
        let mut file = std::fs::File::create(folder.path().join(name)).unwrap();
        file.write_all(bytes).unwrap();
        file.sync_all().unwrap();
    };
    synced("refs.bib");
    row("writing and syncing the same bytes", least(|| synced("copy")), bytes.len());
    let set = |n: usize| {
        let status = Command::new(env!("CARGO_BIN_EXE_kilde"))
            .arg("-L")
            .arg(&path)
            .args(["set", "key7", &format!("volume={n}")])
            .env("XDG_STATE_HOME", folder.path().join("state"))
            .output()
            .unwrap();
        assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    };
    // The first change of a day copies the file; that is told apart.
    let start = Instant::now();
    set(0);
    row("kilde set, whole process, with the day's copy", start.elapsed(), bytes.len());
    let mut n = 0;
    row(
        "kilde set, whole process, durable",
        least(|| {
            n += 1;
            set(n);
        }),
        bytes.len(),
    );
    let (file, value) = (path.to_string_lossy().into_owned(), format!("volume={}", n + 1));
    let command = [env!("CARGO_BIN_EXE_kilde"), "-L", &file, "set", "key7", &value];
    println!("{:<58} {}", "kilde set", used(&command, folder.path()));
    for peer in [&["bibclean", "-no-warnings"][..], &["bibtool", "-q"]] {
        let run = || {
            Command::new(peer[0])
                .args(&peer[1..])
                .arg(&path)
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::null())
                .status()
        };
        if run().is_err() {
            println!("skipped: {} is not installed", peer[0]);
            continue;
        }
        let start = Instant::now();
        let _ended = run();
        let mut command: Vec<&str> = peer.to_vec();
        let file = path.to_string_lossy().into_owned();
        command.push(&file);
        println!("{:<58} {}", peer[0], used(&command, folder.path()));
        row(&format!("{}, whole process, not synced", peer[0]), start.elapsed(), bytes.len());
    }
}
