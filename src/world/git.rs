//! git's side of merging: `kilde git install` and the drivers that git calls then.

use crate::bibtex::encoding::{self, Encoding};
use crate::bibtex::merge::{Record, is_sound, merge};
use crate::bibtex::parse;
use crate::session::Error;
use crate::store::read;
use crate::text::said::Said;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The line of `.gitattributes` that gives `.bib` files to the drivers.
pub const ATTRIBUTES: &str = "*.bib merge=kilde diff=kilde";

/// Tells git's repository around `folder` of the drivers, and gives the file of attributes, where
/// the line was added if it was not there. Only this repository is told, and only when asked.
pub fn install(folder: &Path) -> Result<PathBuf, Error> {
    let top = git(folder, &["rev-parse", "--show-toplevel"])?;
    let top = PathBuf::from(top.trim_end_matches(['\n', '\r']));
    let program = std::env::current_exe()
        .map_err(|error| Error::world(Said::new("git.no-program")).because(error))?;
    let program = quoted(&program.display().to_string());
    let settings = [
        ("merge.kilde.name", "kilde: merge by entry and field".to_owned()),
        ("merge.kilde.driver", format!("{program} git merge %O %A %B %P")),
        ("merge.kilde.recursive", "binary".to_owned()),
        // The entry that a change is in, at the head of each hunk of a diff.
        ("diff.kilde.xfuncname", "^[ \\t]*(@[[:alpha:]]+[ \\t]*[{(][^,]*).*$".to_owned()),
        ("diff.kilde.wordRegex", "[^[:space:]{}\",]+|[{}\",]".to_owned()),
    ];
    for (name, value) in &settings {
        git(folder, &["config", "--local", name, value])?;
    }
    let path = top.join(".gitattributes");
    let cannot = |error: std::io::Error| {
        Error::world(Said::new("app.unreadable").with("path", path.display())).because(error)
    };
    let old = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(cannot(error)),
    };
    if !old.lines().any(|line| line.trim() == ATTRIBUTES) {
        let end = if old.is_empty() || old.ends_with('\n') { "" } else { "\n" };
        let text = format!("{old}{end}{ATTRIBUTES}\n");
        std::fs::write(&path, text).map_err(cannot)?;
    }
    Ok(path)
}

/// Runs git in `folder`, with no hooks, and gives what it printed.
fn git(folder: &Path, arguments: &[&str]) -> Result<String, Error> {
    let output = Command::new("git")
        .args(["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_TERMINAL_PROMPT", "0")
        .output()
        .map_err(|error| Error::world(Said::new("git.not-there")).because(error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let why = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(Error::world(Said::new("git.said-no").with("why", why)))
}

/// A word for the shell that git starts drivers with.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// How a merge for git ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merged {
    /// Everything of both sides is in the file.
    Cleanly,
    /// So many values were changed by both: ours stand, theirs are in comments beside them.
    WithConflicts(usize),
    /// One of the three, or what came of them, could not be read to its end: git's own merge of
    /// lines was made instead.
    ByLines,
}

/// Merges what `ours` and `theirs` made of `base` into `ours`, as git asks its drivers to.
pub fn merge_files(base: &Path, ours: &Path, theirs: &Path) -> Result<Merged, Error> {
    let read = |path: &Path| {
        read::bytes(path).map_err(|unreadable| {
            Error::world(Said::new("app.unreadable").with("path", path.display()))
                .because(unreadable.source)
        })
    };
    let (b, o, t) = (read(base)?, read(ours)?, read(theirs)?);
    let sides = [&b, &o, &t].map(|bytes| encoding::decode(bytes));
    let encodings = [sides[1].1, sides[2].1];
    let same = encodings[0] == encodings[1] && encodings[0] != Encoding::Unknown;
    let sound = sides.iter().all(|(text, _)| is_sound(text, &parse(text)));
    let by_entry = (same && sound).then(|| {
        let merged = merge(&sides[0].0, &sides[1].0, &sides[2].0, Record::InText);
        // Text of both sides may have come to read like the head of an entry that never ends.
        let reads = is_sound(&merged.text, &parse(&merged.text));
        let bytes = encoding::encode(&merged.text, encodings[0]).ok().filter(|_| reads);
        bytes.map(|bytes| (bytes.into_owned(), merged.conflicts.len()))
    });
    if let Some((bytes, conflicts)) = by_entry.flatten() {
        crate::world::output::write(ours, &bytes)?;
        return Ok(if conflicts == 0 { Merged::Cleanly } else { Merged::WithConflicts(conflicts) });
    }
    let status = Command::new("git")
        .args(["merge-file", "-L", "ours", "-L", "base", "-L", "theirs"])
        .args([ours, base, theirs])
        .status()
        .map_err(|error| Error::world(Said::new("git.not-there")).because(error))?;
    // Below zero it was an error, else it is the number of conflicts.
    match status.code() {
        Some(code) if code < 128 => Ok(Merged::ByLines),
        _ => Err(Error::world(Said::new("git.said-no").with("why", "merge-file"))),
    }
}
