//! The interface in a pseudo-terminal: from the start to the first full list, from a key to its
//! frame, what it costs to be idle, memory, and bytes a frame.
//!
//! `cargo bench --bench screen`; `KILDE_BENCH_SIZES=10000,1000000` for other sizes,
//! `KILDE_BENCH_PEERS="bibiman={file};cobib=…"` for commands of peers, run on the same file: their
//! list counts as full when a dozen lines of it show years or citation keys.
//! `KILDE_BENCH_PROGRAM` is measured instead of the program that was just built.

#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a measurement that cannot be made says so and stops"
)]

#[path = "search_speed/corpus.rs"]
mod corpus;

use kilde::model::Library;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read as _, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

const SIZE: PtySize = PtySize { rows: 48, cols: 160, pixel_width: 0, pixel_height: 0 };

/// How many keys are pressed for a percentile.
const KEYS: usize = 300;

fn main() {
    let sizes = std::env::var("KILDE_BENCH_SIZES").unwrap_or_else(|_| "10000,100000".to_owned());
    println!("| entries | what | |\n|---:|---|---:|");
    for size in sizes.split(',').filter_map(|it| it.trim().parse().ok()) {
        of(size);
    }
}

fn of(size: usize) {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("screen-{size}"));
    let file = root.join("data/library.bib");
    if !file.exists() {
        std::fs::create_dir_all(root.join("data")).expect("a folder");
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/selvhjelp.bib");
        let bytes = std::fs::read(&shipped).expect("the shipped library");
        let shipped = Library::new(vec![(shipped, bytes.into())]);
        corpus::write(&file, size, &shipped, &[]).expect("a library");
    }
    let say = |what: &str, is: String| println!("| {size} | {what} | {is} |");
    let kilde = |root: &Path| vec![program(), "--lang=en".into(), root.display().to_string()];
    let full = format!("/{size}");
    if size <= 10_000 {
        let mut times: Vec<f64> = (0..5)
            .map(|_| {
                let _gone = std::fs::remove_dir_all(root.join("index"));
                Session::start(&kilde(&root), &root).until(|it| it.contains(&full)).0
            })
            .collect();
        say("start to full list, no index yet", median(&mut times));
    }
    // Makes the index, unless there is one.
    let mut indexed = std::process::Command::new(program());
    indexed.args(["index", "-L"]).arg(&root).env("HOME", root.join("home"));
    indexed.output().expect("an index");
    let mut times: Vec<f64> = (0..15)
        .map(|_| Session::start(&kilde(&root), &root).until(|it| it.contains(&full)).0)
        .collect();
    say("start to full list", median(&mut times));
    for (name, command) in peers(&file) {
        let mut times: Vec<f64> = (0..3)
            .map(|_| {
                let mut session = Session::start(&command, &root);
                session.until(|it| it.lines().filter(|line| is_entry(line)).count() >= 12).0
            })
            .collect();
        say(&format!("start to full list, {name}"), median(&mut times));
    }
    let mut session = Session::start(&kilde(&root), &root);
    session.until(|it| it.contains(&full));
    let mut times = Vec::new();
    let before = session.bytes();
    for at in 0..KEYS {
        session.press("j");
        let place = format!(" {}/{size}", at + 2);
        times.push(session.until(|it| it.contains(&place)).0);
    }
    say("one row down: key to frame", percentiles(&mut times));
    say("bytes a frame, one row down", format!("{}", (session.bytes() - before) / KEYS));
    let mut times = Vec::new();
    let mut row = KEYS + 1;
    for _ in 0..KEYS.min(size / 60) {
        session.press("\x1b[6~");
        let here = format!(" {row}/{size}");
        times.push(session.until(|it| !it.contains(&here)).0);
        row = session.row(size).unwrap_or(row);
    }
    say("a page down: key to frame", percentiles(&mut times));
    let mut times = Vec::new();
    for word in ["selvhjelp", "gruppe", "helse", "community", "mutual aid", "recovery"] {
        session.press("/\x15");
        session.until(|it| it.lines().next().is_some_and(|line| line.trim() == "/"));
        let mut typed = String::new();
        for letter in word.chars() {
            typed.push(letter);
            session.press(&letter.to_string());
            let line = format!("/ {}", typed.trim_end());
            times.push(session.until(|it| it.lines().next().is_some_and(|l| l.contains(&line))).0);
        }
        session.press("\x1b");
        session.until(|it| it.contains("kilde ·"));
    }
    say("a letter typed in the search: key to frame", percentiles(&mut times));
    let (work, memory) = session.at_rest();
    say("CPU in five idle seconds", format!("{work} ms"));
    say("memory (RSS)", format!("{memory} MB"));
}

/// The program that is measured.
fn program() -> String {
    let other = std::env::var("KILDE_BENCH_PROGRAM");
    other.unwrap_or_else(|_| env!("CARGO_BIN_EXE_kilde").to_owned())
}

/// The peers that were named, each with its command on `file`.
fn peers(file: &Path) -> Vec<(String, Vec<String>)> {
    let named = std::env::var("KILDE_BENCH_PEERS").unwrap_or_default();
    let peer = |text: &str| {
        let (name, command) = text.split_once('=')?;
        let command = command.replace("{file}", &file.display().to_string());
        Some((name.trim().to_owned(), command.split_whitespace().map(str::to_owned).collect()))
    };
    named.split(';').filter_map(peer).collect()
}

fn is_entry(line: &str) -> bool {
    let digits = line.split(|c: char| !c.is_ascii_digit());
    digits.filter(|it| it.len() >= 4).count() > 0
}

fn median(times: &mut [f64]) -> String {
    times.sort_by(f64::total_cmp);
    format!("{:.0} ms", times[times.len() / 2])
}

fn percentiles(times: &mut [f64]) -> String {
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    format!("p50 {:.1} ms, p99 {:.1} ms", at(0.5), at(0.99))
}

/// A program in a pseudo-terminal.
struct Session {
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
    seen: Arc<(Mutex<(vt100::Parser, usize)>, Condvar)>,
    since: Instant,
}

impl Session {
    fn start(command: &[String], root: &Path) -> Self {
        let pty = native_pty_system().openpty(SIZE).expect("a pseudo-terminal");
        let mut builder = CommandBuilder::new(&command[0]);
        builder.args(&command[1..]);
        builder.env("TERM", "xterm-256color");
        builder.env("HOME", root.join("home"));
        let (rows, columns) = (cells(SIZE.rows), cells(SIZE.cols));
        let seen =
            Arc::new((Mutex::new((vt100::Parser::new(rows, columns, 0), 0)), Condvar::new()));
        let since = Instant::now();
        let child = pty.slave.spawn_command(builder).expect("the program");
        drop(pty.slave);
        let mut reader = pty.master.try_clone_reader().expect("its output");
        let reading = Arc::clone(&seen);
        std::thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                let mut seen = reading.0.lock().expect("the screen");
                seen.0.process(&buffer[..count]);
                seen.1 += count;
                reading.1.notify_all();
            }
        });
        let keys = pty.master.take_writer().expect("its keyboard");
        Self { keys, child, _master: pty.master, seen, since }
    }

    fn press(&mut self, keys: &str) {
        self.since = Instant::now();
        self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush()).expect("a key");
    }

    /// Waits until the screen is so; gives the milliseconds since the start or the last key.
    fn until(&mut self, is_so: impl Fn(&str) -> bool) -> (f64, &mut Self) {
        let (seen, changed) = &*self.seen;
        let mut seen = seen.lock().expect("the screen");
        loop {
            let screen = seen.0.screen().contents();
            if is_so(&screen) {
                break;
            }
            let waited = changed.wait_timeout(seen, Duration::from_mins(2)).expect("the screen");
            assert!(!waited.1.timed_out(), "it never came:\n{screen}");
            seen = waited.0;
        }
        drop(seen);
        (self.since.elapsed().as_secs_f64() * 1000.0, self)
    }

    /// The row the cursor is on, from the foot of the list.
    fn row(&self, size: usize) -> Option<usize> {
        let screen = self.seen.0.lock().expect("the screen").0.screen().contents();
        let (before, _) = screen.split_once(&format!("/{size}"))?;
        before.rsplit(' ').next()?.parse().ok()
    }

    fn bytes(&self) -> usize {
        self.seen.0.lock().expect("the screen").1
    }

    /// Milliseconds of CPU in five seconds without a key, and resident megabytes.
    fn at_rest(&self) -> (u64, u64) {
        let folder = PathBuf::from(format!("/proc/{}", self.child.process_id().unwrap_or(0)));
        let work = || -> u64 {
            let text = std::fs::read_to_string(folder.join("stat")).unwrap_or_default();
            let fields: Vec<&str> =
                text.rsplit_once(") ").map_or(vec![], |it| it.1.split(' ').collect());
            [11, 12].iter().filter_map(|at| fields.get(*at)?.parse::<u64>().ok()).sum::<u64>() * 10
        };
        // What still goes on from the last key comes to its end.
        std::thread::sleep(Duration::from_secs(1));
        let before = work();
        std::thread::sleep(Duration::from_secs(5));
        let status = std::fs::read_to_string(folder.join("status")).unwrap_or_default();
        let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let memory = memory.and_then(|it| it.trim().split(' ').next()?.parse::<u64>().ok());
        (work() - before, memory.unwrap_or(0) / 1024)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Measured; what it would still do is of no interest.
        let _killed = self.child.kill();
        let _ended = self.child.wait();
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("more than nothing")
}
