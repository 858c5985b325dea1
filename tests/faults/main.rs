//! The long part of the fault plan: the real program, killed at and failed at every system call of a
//! save, and saving where there is no room or no right. `cargo test --test faults`.
//!
//! Oracles: the file is byte for byte the old or the new one (O1); if the program ended well it is the
//! new one (O2), else the change is in the journal or nothing was meant yet (O3); after the next start nothing is
//! left beside it (O4); no other file is touched (O5). A saver that truncates and writes must be
//! caught, or the test has no teeth.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test that cannot go on says so and stops"
)]

mod places;
mod syscalls;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const BIB: &str = "% head\n@book{a,\n  title = {A},\n  year = {1},\n}\n\n@book{b,\n  crossref = {a},\n  note = {n},\n}\n";

/// A folder with a library and a home of its own.
pub struct Desk {
    home: tempfile::TempDir,
}

impl Desk {
    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("refs.bib"), BIB).unwrap();
        std::fs::write(home.path().join("other"), "untouched").unwrap();
        Self { home }
    }

    pub fn path(&self) -> &Path {
        self.home.path()
    }

    pub fn bib(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(self.path().join("refs.bib")).unwrap()).into_owned()
    }

    /// A command that starts `program` here, with nothing of the machine's environment.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env_clear().current_dir(self.path());
        command.env("HOME", self.path().join("home")).env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
        command
    }

    pub fn kilde(&self, arguments: &[&str]) -> (bool, String) {
        let output =
            self.command(kilde()).args(["-L", "refs.bib"]).args(arguments).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// What lies beside the library that was not there at first.
    pub fn leftovers(&self) -> Vec<PathBuf> {
        std::fs::read_dir(self.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| {
                let name = path.file_name().unwrap().to_string_lossy();
                !["refs.bib", "same.bib", "other", "home", "trace"].contains(&name.as_ref())
            })
            .collect()
    }
}

pub fn kilde() -> &'static str {
    env!("CARGO_BIN_EXE_kilde")
}

/// Whether `program` can be run here.
pub fn has(program: &str) -> bool {
    let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).output();
    let found = found.is_ok_and(|output| output.status.success());
    if !found {
        println!("skipped: {program} is not installed");
    }
    found
}

fn main() -> ExitCode {
    let mut breaches = Vec::new();
    if has("strace") {
        breaches.extend(syscalls::run());
    }
    breaches.extend(places::run());
    for breach in &breaches {
        println!("BREACH {breach}");
    }
    println!("{} breaches", breaches.len());
    if breaches.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
