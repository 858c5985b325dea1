//! A folder with a library and a home of its own, and the program run in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub const BIB: &str = "% head\n@book{a,\n  title = {A},\n  year = {1},\n}\n\n@book{b,\n  crossref = {a},\n  note = {n},\n}\n";

/// What lies in the folder and is meant to.
const KNOWN: [&str; 10] = [
    "refs.bib", "same.bib", "other", "home", "trace", "new.ris", "site", "disk", "kilde",
    "twin.bib",
];

pub struct Desk {
    folder: tempfile::TempDir,
}

/// Where folders are made: in memory where there is such a place, so that a sync costs nothing.
fn root() -> PathBuf {
    match std::env::var_os("KILDE_FAULT_DIR") {
        Some(folder) => folder.into(),
        None if Path::new("/dev/shm").is_dir() => "/dev/shm".into(),
        None => std::env::temp_dir(),
    }
}

impl Desk {
    pub fn new() -> Self {
        Self::with(BIB.as_bytes())
    }

    pub fn with(bib: &[u8]) -> Self {
        let folder = tempfile::Builder::new().prefix("kilde-fault-").tempdir_in(root()).unwrap();
        std::fs::write(folder.path().join("refs.bib"), bib).unwrap();
        std::fs::write(folder.path().join("other"), "untouched").unwrap();
        Self { folder }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub fn bib(&self) -> Vec<u8> {
        std::fs::read(self.at("refs.bib")).unwrap_or_default()
    }

    /// The state folder of the program here.
    pub fn state(&self) -> PathBuf {
        self.at("home/.local/state/kilde")
    }

    /// A command that starts `program` here, with nothing of the machine's environment.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().current_dir(self.path()).stdin(std::process::Stdio::null());
        command.env("HOME", self.at("home")).env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
        command
    }

    pub fn kilde(&self, arguments: &[&str]) -> (bool, String) {
        self.kilde_on("refs.bib", arguments)
    }

    pub fn kilde_on(&self, file: &str, arguments: &[&str]) -> (bool, String) {
        said(&self.command(kilde()).args(["-L", file]).args(arguments).output().unwrap())
    }

    /// Runs a shell line here; whether it went well.
    pub fn sh(&self, line: &str) -> bool {
        self.command("sh").args(["-c", line]).output().is_ok_and(|it| it.status.success())
    }

    /// What lies beside the library that was not there at first.
    pub fn leftovers(&self) -> Vec<String> {
        let names = std::fs::read_dir(self.path()).unwrap();
        let names = names.map(|it| it.unwrap().file_name().to_string_lossy().into_owned());
        names.filter(|name| !KNOWN.contains(&name.as_str())).collect()
    }

    /// What must hold after the next start whatever happened (O4, O5), and that it works.
    pub fn settled(&self, files: &[&[u8]]) -> Vec<String> {
        let mut breaches = Vec::new();
        let (fine, told) = self.kilde(&["list"]);
        if !fine {
            breaches.push(format!("the library does not open: {told}"));
        }
        if !files.contains(&&*self.bib()) {
            breaches.push(format!("O1: neither the old nor the new one: {told}"));
        }
        let left = self.leftovers();
        if !left.is_empty() {
            breaches.push(format!("O4: left over: {left:?}"));
        }
        if std::fs::read(self.at("other")).unwrap() != b"untouched" {
            breaches.push("O5: another file was touched".to_owned());
        }
        breaches
    }
}

pub fn said(output: &Output) -> (bool, String) {
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

pub fn kilde() -> &'static str {
    env!("CARGO_BIN_EXE_kilde")
}

/// Whether `program` can be run here.
pub fn has(program: &str) -> bool {
    let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).output();
    found.is_ok_and(|output| output.status.success())
}

pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Does `work` on each of `items`, two at a time, and gathers what it says.
pub fn two_at_a_time<T: Sync>(items: &[T], work: impl Fn(&T) -> Vec<String> + Sync) -> Vec<String> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let found = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let Some(item) = items.get(at) else { return };
                    let said = work(item);
                    found.lock().unwrap().extend(said);
                }
            });
        }
    });
    found.into_inner().unwrap()
}
