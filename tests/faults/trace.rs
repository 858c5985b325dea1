//! What a program really did to files, read from strace's record of its calls.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// One thing done that a crash may undo.
#[derive(Debug, Clone)]
pub enum Step {
    /// A new name for a new file.
    Create { name: PathBuf, file: usize },
    /// Bytes written to a file.
    Write { file: usize, at: usize, data: Vec<u8> },
    /// A file made shorter or longer.
    Resize { file: usize, to: usize },
    /// A file gets another name; what had that name is gone.
    Rename { from: PathBuf, to: PathBuf, file: usize },
    /// Two files change names: the names with what each has afterwards.
    Exchange { one: (PathBuf, usize), two: (PathBuf, usize) },
    /// A name is taken away.
    Remove { name: PathBuf },
    /// A new folder.
    Folder { name: PathBuf },
    /// A file's bytes are on the disk.
    Synced { file: usize },
    /// The names in a folder are on the disk.
    FolderSynced { name: PathBuf },
    /// It said that it saved.
    Said,
}

/// What was done, and which file had which name at first.
pub struct Trace {
    pub steps: Vec<Step>,
    pub names: HashMap<PathBuf, usize>,
    pub contents: Vec<Vec<u8>>,
}

enum Open {
    File { file: usize, at: usize, appends: bool },
    Folder(PathBuf),
}

struct Reader<'a> {
    root: &'a Path,
    said: &'a str,
    names: HashMap<PathBuf, usize>,
    contents: Vec<Vec<u8>>,
    open: HashMap<i64, Open>,
    steps: Vec<Step>,
}

/// Reads a record made with `-f -xx -s 10000000` of what was done below `root`, where files were as
/// in `before`. `said` is what the program says when it has saved.
pub fn read(text: &str, root: &Path, before: &[(PathBuf, Vec<u8>)], said: &str) -> Trace {
    let mut reader = Reader {
        root,
        said,
        names: HashMap::new(),
        contents: Vec::new(),
        open: HashMap::new(),
        steps: Vec::new(),
    };
    for (name, bytes) in before {
        reader.names.insert(name.clone(), reader.contents.len());
        reader.contents.push(bytes.clone());
    }
    let (names, contents) = (reader.names.clone(), reader.contents.clone());
    for line in text.lines() {
        reader.line(line);
    }
    Trace { steps: reader.steps, names, contents }
}

impl Reader<'_> {
    fn line(&mut self, line: &str) {
        let Some((_, call)) = line.split_once(' ') else { return };
        let Some((name, rest)) = call.trim_start().split_once('(') else { return };
        let Some((arguments, result)) = rest.rsplit_once(" = ") else { return };
        let Ok(result) = result.split_whitespace().next().unwrap_or("?").parse::<i64>() else {
            return;
        };
        if result < 0 {
            return;
        }
        let parts = split(arguments.trim_end().trim_end_matches(')'));
        let number = |at: usize| parts.get(at).and_then(|it| it.parse::<i64>().ok());
        let path = |at: usize| parts.get(at).and_then(|it| self.path(it));
        match name {
            "openat" | "open" => {
                let at = usize::from(name == "openat");
                if let Some(path) = path(at) {
                    self.opened(path, parts.get(at + 1).copied().unwrap_or(""), result);
                }
            }
            "close" => drop(number(0).and_then(|it| self.open.remove(&it))),
            "write" => self.write(number(0), &string(parts.get(1).copied().unwrap_or("")), result),
            "read" => self.moved(number(0), result),
            "lseek" => {
                if let Some(Open::File { at, .. }) = number(0).and_then(|it| self.open.get_mut(&it))
                {
                    *at = result as usize;
                }
            }
            "copy_file_range" => self.copied(number(0), number(2), result),
            "sendfile" => self.copied(number(1), number(0), result),
            "ftruncate" => {
                if let Some(Open::File { file, .. }) = number(0).and_then(|it| self.open.get(&it)) {
                    let (file, to) = (*file, number(1).unwrap_or(0) as usize);
                    self.contents[file].resize(to, 0);
                    self.steps.push(Step::Resize { file, to });
                }
            }
            "fsync" | "fdatasync" => match number(0).and_then(|it| self.open.get(&it)) {
                Some(Open::File { file, .. }) => self.steps.push(Step::Synced { file: *file }),
                Some(Open::Folder(name)) => {
                    self.steps.push(Step::FolderSynced { name: name.clone() });
                }
                None => {}
            },
            "rename" | "renameat" | "renameat2" => {
                let at = if name == "rename" { (0, 1) } else { (1, 3) };
                let exchanges = arguments.contains("RENAME_EXCHANGE");
                if let (Some(from), Some(to)) = (path(at.0), path(at.1)) {
                    self.renamed(from, to, exchanges);
                }
            }
            "unlink" | "unlinkat" => {
                if let Some(name) = path(usize::from(name == "unlinkat"))
                    && self.names.remove(&name).is_some()
                {
                    self.steps.push(Step::Remove { name });
                }
            }
            "mkdir" | "mkdirat" => {
                if let Some(name) = path(usize::from(name == "mkdirat")) {
                    self.steps.push(Step::Folder { name });
                }
            }
            _ => {}
        }
    }

    /// A path below the root, as it is called there.
    fn path(&self, text: &str) -> Option<PathBuf> {
        if !text.starts_with('"') {
            return None;
        }
        let path = PathBuf::from(String::from_utf8_lossy(&string(text)).into_owned());
        let path = if path.is_absolute() { path } else { self.root.join(path) };
        path.strip_prefix(self.root).ok().map(Path::to_owned)
    }

    fn opened(&mut self, path: PathBuf, flags: &str, result: i64) {
        if flags.contains("O_DIRECTORY") {
            self.open.insert(result, Open::Folder(path));
            return;
        }
        let file = match self.names.get(&path) {
            Some(file) => *file,
            None if flags.contains("O_CREAT") => {
                let file = self.contents.len();
                self.contents.push(Vec::new());
                self.names.insert(path.clone(), file);
                self.steps.push(Step::Create { name: path, file });
                file
            }
            None => return,
        };
        if flags.contains("O_TRUNC") && !self.contents[file].is_empty() {
            self.contents[file].clear();
            self.steps.push(Step::Resize { file, to: 0 });
        }
        let appends = flags.contains("O_APPEND");
        self.open.insert(result, Open::File { file, at: 0, appends });
    }

    fn write(&mut self, number: Option<i64>, data: &[u8], result: i64) {
        let data = &data[..(result as usize).min(data.len())];
        match number.and_then(|it| self.open.get_mut(&it)) {
            Some(Open::File { file, at, appends }) => {
                let file = *file;
                if *appends {
                    *at = self.contents[file].len();
                }
                let from = *at;
                *at += data.len();
                put(&mut self.contents[file], from, data);
                self.steps.push(Step::Write { file, at: from, data: data.to_vec() });
            }
            _ if number == Some(2) && contains(data, self.said.as_bytes()) => {
                self.steps.push(Step::Said);
            }
            _ => {}
        }
    }

    fn moved(&mut self, number: Option<i64>, by: i64) {
        if let Some(Open::File { at, .. }) = number.and_then(|it| self.open.get_mut(&it)) {
            *at += by as usize;
        }
    }

    fn copied(&mut self, from: Option<i64>, to: Option<i64>, length: i64) {
        let Some(Open::File { file, at, .. }) = from.and_then(|it| self.open.get_mut(&it)) else {
            return;
        };
        let start = *at;
        *at += length as usize;
        let whole = &self.contents[*file];
        let data =
            whole[start.min(whole.len())..(start + length as usize).min(whole.len())].to_vec();
        if length > 0 {
            self.write(to, &data, length);
        }
    }

    fn renamed(&mut self, from: PathBuf, to: PathBuf, exchanges: bool) {
        let Some(file) = self.names.remove(&from) else { return };
        let there = self.names.insert(to.clone(), file);
        match there {
            Some(there) if exchanges => {
                self.names.insert(from.clone(), there);
                self.steps.push(Step::Exchange { one: (from, there), two: (to, file) });
            }
            _ => self.steps.push(Step::Rename { from, to, file }),
        }
    }
}

/// Puts `data` at a place of `bytes`; what was never written between is zeros, as on a disk.
pub fn put(bytes: &mut Vec<u8>, at: usize, data: &[u8]) {
    if bytes.len() < at + data.len() {
        bytes.resize(at + data.len(), 0);
    }
    bytes[at..at + data.len()].copy_from_slice(data);
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len().max(1)).any(|it| it == part)
}

/// The arguments, which hold no comma that is not between two.
fn split(arguments: &str) -> Vec<&str> {
    arguments.split(", ").map(str::trim).collect()
}

/// The bytes of `"\x61\x62"`.
fn string(text: &str) -> Vec<u8> {
    let inner = text.trim_matches('"');
    inner.split("\\x").skip(1).filter_map(|it| u8::from_str_radix(it.get(..2)?, 16).ok()).collect()
}
