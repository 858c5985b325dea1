//! The same typing in SQLite FTS5, with an index of prefixes, and in ripgrep.

use super::told;
use kilde::model::Library;
use kilde::text::words::words;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// The queries that are words alone, as typed letter by letter: full text of others knows no more.
fn typed(queries: &[String]) -> Vec<String> {
    let plain = queries.iter().filter(|it| !it.contains([':', '=', '"', '*', '?', '~', '(', '[']));
    plain
        .flat_map(|text| text.char_indices().map(|(at, c)| text[..at + c.len_utf8()].to_owned()))
        .filter(|it| it.ends_with(char::is_alphanumeric))
        .collect()
}

/// Builds a table of five columns and asks for every prefix, best first; time is SQLite's own.
pub fn sqlite(root: &Path, queries: &[String]) {
    let file = root.join("peer.sqlite");
    if Command::new("sqlite3").arg("--version").output().is_err() {
        println!("| SQLite | not installed |");
        return;
    }
    if !file.exists() {
        let csv = root.join("peer.csv");
        table(root, &csv);
        let script = format!(
            "CREATE VIRTUAL TABLE e USING fts5(key UNINDEXED, title, author, keywords, abstract, \
             tokenize=\"unicode61 remove_diacritics 2\", prefix='1 2 3 4');\n\
             .mode csv\n.timer on\n.import {} e\nINSERT INTO e(e) VALUES('optimize');\n",
            csv.display()
        );
        let start = Instant::now();
        ask(&file, &script);
        println!(
            "| SQLite FTS5 with prefixes: building | {:.0} s |",
            start.elapsed().as_secs_f64()
        );
        // What cannot be removed is at worst left in the folder.
        let _gone = std::fs::remove_file(csv);
    }
    let keys = typed(queries);
    let mut script = String::from(".timer on\n");
    for key in &keys {
        let parts: Vec<String> =
            words(key).into_iter().map(|it| format!("\"{}\"", it.text)).collect();
        let _written = writeln!(
            script,
            "SELECT count(*) FROM (SELECT key, title, author FROM e WHERE e MATCH '{}*' ORDER BY rank LIMIT 50);",
            parts.join(" ")
        );
    }
    let answer = ask(&file, &script);
    let mut times: Vec<(f64, String)> = answer
        .lines()
        .filter_map(|line| line.strip_prefix("Run Time: "))
        .map(|line| {
            let numbers: Vec<f64> = line.split(' ').filter_map(|it| it.parse().ok()).collect();
            (numbers.iter().skip(1).sum::<f64>() * 1000.0, String::new())
        })
        .collect();
    if !times.is_empty() {
        told("SQLite FTS5 with prefixes: a key", &mut times);
    }
}

fn table(root: &Path, csv: &Path) {
    let file = root.join("data/library.bib");
    let bytes = std::fs::read(&file).expect("the library");
    let library = Library::new(vec![(file, bytes.into())]);
    let mut out = std::io::BufWriter::new(std::fs::File::create(csv).expect("a table"));
    for entry in &library.entries {
        let text = |name: &str| entry.text(name).unwrap_or_default().replace('"', "\"\"");
        let [title, author, keywords, about] =
            ["title", "author", "keywords", "abstract"].map(text);
        writeln!(out, "{},\"{title}\",\"{author}\",\"{keywords}\",\"{about}\"", entry.key)
            .expect("a row");
    }
}

fn ask(file: &Path, script: &str) -> String {
    let mut child = Command::new("sqlite3")
        .arg(file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("sqlite3");
    let mut stdin = child.stdin.take().expect("its input");
    let script = script.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(script.as_bytes()));
    let out = child.wait_with_output().expect("its answer");
    writer.join().expect("the writer").expect("the script");
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// Counts the lines with what is typed; a process a key.
pub fn ripgrep(root: &Path, queries: &[String]) {
    let mut times = Vec::new();
    for key in typed(queries).iter().step_by(29) {
        let start = Instant::now();
        let file = root.join("data/library.bib");
        let done = Command::new("rg").args(["-i", "-F", "-c", key]).arg(file).output();
        if done.is_err() {
            println!("| ripgrep | not installed |");
            return;
        }
        times.push((start.elapsed().as_secs_f64() * 1000.0, key.clone()));
    }
    told("ripgrep: a key (clock, unranked)", &mut times);
}
