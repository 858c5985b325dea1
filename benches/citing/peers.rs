//! Whole programs that make an APA list of the same works, in one run: kilde, hayagriva, pandoc and
//! citeproc-js. A peer that is not installed is named and left out.
//!
//! citeproc-js is looked for as Node finds it (`npm install citeproc`, `NODE_PATH`), the others on
//! the path. The time is what the processes used of the processor, in the kernel too; reading the
//! input is part of it.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SIZES: [usize; 3] = [100, 1_000, 10_000];
/// Nobody waits longer for one list.
const PATIENCE: Duration = Duration::from_secs(150);

/// The words of a peer's call on an input.
type Call = dyn Fn(&Input) -> Vec<String>;

/// A program, by what it is called, what it reads and how it is called.
struct Peer {
    name: &'static str,
    probe: Vec<String>,
    call: Box<Call>,
}

/// The same works in two formats.
struct Input {
    bib: PathBuf,
    json: PathBuf,
}

pub(crate) fn run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::temp_dir().join(format!("kilde-citing-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let apa = root.join("data/builtin/csl/styles/apa.csl");
    let words = |line: String| line.split('\u{1}').map(str::to_owned).collect::<Vec<String>>();
    let kilde = env!("CARGO_BIN_EXE_kilde");
    let js = root.join("benches/citing/citeproc.js");
    let locales = root.join("data/builtin/csl/locales");
    let style = apa.display().to_string();
    let for_pandoc = style.clone();
    let script = format!("node\u{1}{}\u{1}{style}\u{1}{}", js.display(), locales.display());
    let probe = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<String>>();
    let peers = [
        Peer {
            name: "kilde, from .bib",
            probe: vec![kilde.into(), "--version".into()],
            call: Box::new(move |input| {
                let bib = input.bib.display();
                words(format!(
                    "{kilde}\u{1}cite\u{1}-L\u{1}{bib}\u{1}--all\u{1}-s\u{1}apa\u{1}-l\u{1}en-US"
                ))
            }),
        },
        Peer {
            name: "kilde, from CSL-JSON",
            probe: vec![kilde.into(), "--version".into()],
            call: Box::new(move |input| {
                let json = input.json.display();
                words(format!(
                    "{kilde}\u{1}cite\u{1}--items\u{1}{json}\u{1}-s\u{1}apa\u{1}-l\u{1}en-US"
                ))
            }),
        },
        Peer {
            name: "hayagriva, from .bib",
            probe: probe("hayagriva --version"),
            call: Box::new(move |input| {
                let bib = input.bib.display();
                words(format!("hayagriva\u{1}{bib}\u{1}reference\u{1}--style\u{1}apa\u{1}--no-fmt"))
            }),
        },
        Peer {
            name: "pandoc, from CSL-JSON",
            probe: probe("pandoc --version"),
            call: Box::new(move |input| {
                let (json, style) = (input.json.display(), &for_pandoc);
                words(format!(
                    "pandoc\u{1}-f\u{1}csljson\u{1}-t\u{1}plain\u{1}--citeproc\u{1}--csl\u{1}{style}\u{1}{json}"
                ))
            }),
        },
        Peer {
            name: "citeproc-js, from CSL-JSON",
            probe: vec!["node".into(), "-e".into(), "require('citeproc')".into()],
            call: Box::new(move |input| words(format!("{script}\u{1}{}", input.json.display()))),
        },
    ];
    println!("| program | {} |", SIZES.map(|size| format!("{size} entries")).join(" | "));
    println!("|---|{}", "---:|".repeat(SIZES.len()));
    let inputs = SIZES.map(|size| input(root, &folder, size));
    for peer in &peers {
        if !quiet(&peer.probe).status().is_ok_and(|status| status.success()) {
            println!("| {} | not installed: `{}` | | |", peer.name, peer.probe.join(" "));
            continue;
        }
        let mut cells = Vec::new();
        let mut gives_up = false;
        for (size, input) in SIZES.iter().zip(&inputs) {
            cells.push(if gives_up { "too long".into() } else { cell(peer, input, *size) });
            gives_up |= cells.last().is_some_and(|cell| cell.starts_with("more than"));
        }
        println!("| {} | {} |", peer.name, cells.join(" | "));
    }
    fs::remove_dir_all(&folder).unwrap();
}

fn cell(peer: &Peer, input: &Input, size: usize) -> String {
    let before = children();
    let start = Instant::now();
    let mut child = quiet(&(peer.call)(input)).spawn().unwrap();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if start.elapsed() > PATIENCE => {
                child.kill().unwrap();
                child.wait().unwrap();
                return format!("more than {} s", PATIENCE.as_secs());
            }
            None => std::thread::sleep(Duration::from_millis(1)),
        }
    };
    let used = match (before, children()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed().as_secs_f64(),
    };
    let each = used * 1e6 / size as f64;
    let failed = if status.success() { "" } else { " (failed)" };
    format!("{used:.2} s ({each:.0} µs each){failed}")
}

fn quiet(call: &[String]) -> Command {
    let mut command = Command::new(&call[0]);
    command.args(&call[1..]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Seconds of processor time that children who have ended used; `None` where the system does not
/// tell.
fn children() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = text.rsplit(')').next()?.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(13)? + ticks(14)?) / 100.0)
}

/// The shipped library again and again, each time with other keys and other years.
fn input(root: &Path, folder: &Path, size: usize) -> Input {
    let bib = fs::read_to_string(root.join("data/selvhjelp.bib")).unwrap();
    let items = root.join("../shared/csl-oracle/items.json");
    let items: Vec<Value> = serde_json::from_str(&fs::read_to_string(items).unwrap()).unwrap();
    let entries: Vec<&str> = bib.split("\n@").filter(|block| block.contains("title")).collect();
    let (mut out, mut values) = (String::new(), Vec::new());
    for at in 0..size {
        let round = at / entries.len();
        let entry = entries[at % entries.len()].trim_start_matches('@');
        let (head, rest) = entry.split_once(',').unwrap();
        let rest: Vec<String> = rest.lines().map(|line| earlier(line, round)).collect();
        out.push_str(&format!("@{head}x{round},{}\n", rest.join("\n")));
        let mut item = items[at % items.len()].clone();
        let id = item["id"].as_str().unwrap().to_owned();
        item["id"] = format!("{id}x{}", at / items.len()).into();
        if let Some(year) = item["issued"]["date-parts"][0][0].as_i64() {
            item["issued"]["date-parts"][0][0] = (year - (at / items.len()) as i64).into();
        }
        values.push(item);
    }
    let input = Input {
        bib: folder.join(format!("{size}.bib")),
        json: folder.join(format!("{size}.json")),
    };
    fs::write(&input.bib, out).unwrap();
    fs::write(&input.json, serde_json::to_string(&values).unwrap()).unwrap();
    input
}

/// A line of a date with the year so much earlier; any other line as it is.
fn earlier(line: &str, years: usize) -> String {
    let is_date = line.trim_start().starts_with("date ");
    let from = line.find('{').map(|at| at + 1).filter(|_| is_date);
    let year = from.and_then(|from| line.get(from..from + 4)?.parse::<usize>().ok());
    match (from, year) {
        (Some(from), Some(year)) => {
            format!("{}{}{}", &line[..from], year - years, &line[from + 4..])
        }
        _ => line.to_owned(),
    }
}
