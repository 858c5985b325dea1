//! Savers that are wrong on purpose: each layer must catch those it is there for.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

/// What they write.
pub const NEW: &[u8] = b"% head\n@book{a,\n  title = {A},\n  year = {2},\n}\n\n@book{b,\n  crossref = {a},\n  note = {m},\n}\n";

/// Writes [`NEW`] into `file` in the way called `how`.
pub fn save(how: &str, file: &Path) {
    let beside = file.with_file_name("twin.bib");
    match how {
        // Truncates and writes, as most programs do.
        "truncate" => std::fs::write(file, NEW).unwrap(),
        // In place and synced, with no copy kept.
        "in-place" => {
            let mut open = File::options().write(true).open(file).unwrap();
            let (head, tail) = NEW.split_at(NEW.len() / 2);
            open.write_all(head).unwrap();
            open.write_all(tail).unwrap();
            open.sync_all().unwrap();
        }
        // A new file in the old one's place, not synced.
        "unsynced" => {
            std::fs::write(&beside, NEW).unwrap();
            std::fs::rename(&beside, file).unwrap();
        }
        // Says that all is well whatever happens.
        "careless" => {
            let _failed = std::fs::write(&beside, NEW);
            let _failed = std::fs::rename(&beside, file);
        }
        // Tries a failed sync again and believes the second answer.
        "retrying" => {
            let mut open = File::create(&beside).unwrap();
            open.write_all(NEW).unwrap();
            let _again = open.sync_all().or_else(|_| open.sync_all()).unwrap();
            std::fs::rename(&beside, file).unwrap();
        }
        _ => unreachable!("{how}"),
    }
    eprintln!("saved");
}

/// Runs a saver on `refs.bib` in `folder`.
pub fn run(how: &str, folder: &Path) {
    let me = command(how);
    let mut saver = std::process::Command::new(&me[0]);
    saver.args(&me[1..]).current_dir(folder).output().unwrap();
}

/// The command line that runs a saver of this program.
pub fn command(how: &str) -> Vec<String> {
    let me = std::env::current_exe().unwrap().to_string_lossy().into_owned();
    vec![me, "--naive".to_owned(), how.to_owned(), "refs.bib".to_owned()]
}
