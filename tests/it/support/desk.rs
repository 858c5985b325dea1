//! A desk: a temporary home, a library in it, and the real program run there with nothing of the
//! machine's own environment.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A place to run the program.
pub struct Desk {
    home: TempDir,
}

/// What the program did.
#[derive(Debug)]
pub struct Done {
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
    /// The exit code; −1 where a signal ended it.
    pub code: i32,
}

impl Desk {
    /// An empty desk.
    pub fn new() -> Self {
        Self { home: TempDir::new().unwrap() }
    }

    /// A desk with the shipped library copied to `library/`.
    pub fn with_shipped_library() -> Self {
        let desk = Self::new();
        let data = root().join("data");
        for entry in std::fs::read_dir(data).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                desk.file(&format!("library/data/{name}"), &std::fs::read(&path).unwrap());
            }
        }
        desk
    }

    /// A desk with one library file `refs.bib`.
    pub fn with_bib(text: &str) -> Self {
        let desk = Self::new();
        desk.file("refs.bib", text.as_bytes());
        desk
    }

    /// The folder in which the program runs.
    pub fn path(&self) -> &Path {
        self.home.path()
    }

    /// Writes a file, making its folders.
    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.home.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The text of a file.
    pub fn read(&self, name: &str) -> String {
        String::from_utf8(std::fs::read(self.home.path().join(name)).unwrap()).unwrap()
    }

    /// The program, ready to be run here: no home but this one, no locale, no colours.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kilde"));
        command.env_clear().current_dir(self.path());
        command.env("HOME", self.path().join("home")).env("PATH", "/usr/bin:/bin");
        command.env("TMPDIR", self.path());
        command
    }

    /// Runs the program with these arguments.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Done {
        self.run_with(arguments, "")
    }

    /// Runs the program with these arguments and this standard input.
    pub fn run_with<S: AsRef<OsStr>>(&self, arguments: &[S], input: &str) -> Done {
        let mut child = self
            .command()
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        let writer = std::thread::spawn(move || {
            // A program that does not read its input closes the pipe.
            let _written = stdin.write_all(input.as_bytes());
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Done {
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
            code: output.status.code().unwrap_or(-1),
        }
    }

    /// Runs a line as a person types it, `kilde` left out; words are split as a shell does, without
    /// variables and patterns.
    pub fn line(&self, line: &str) -> Done {
        self.run(&words(line))
    }
}

/// Splits a line into words: blanks separate, single and double quotes keep together.
pub fn words(line: &str) -> Vec<String> {
    let (mut out, mut word, mut quote, mut any) = (Vec::new(), String::new(), None, false);
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), c) => word.push(c),
            (None, '\'' | '"') => (quote, any) = (Some(c), true),
            (None, ' ') if any || !word.is_empty() => {
                out.push(std::mem::take(&mut word));
                any = false;
            }
            (None, ' ') => {}
            (None, c) => word.push(c),
        }
    }
    if any || !word.is_empty() {
        out.push(word);
    }
    out
}

/// The project's own folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Test material that lies beside the project; says so and gives `None` when it is not there.
pub fn shared(name: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: ../shared/{name} is not there");
    None
}
