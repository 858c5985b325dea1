//! The `.bib` files as they were when the index was made, in runs of entries with a hash each: when
//! a file has changed, only the runs that have need be read again.

use crate::bibtex::Kind;
use crate::bibtex::encoding::Encoding;
use crate::model::{Entry, Library, Source};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::Path;

/// The name of the file, in the folder of the index proper.
pub const NAME: &str = "runs";
/// About how many bytes a run has.
const LENGTH: usize = 128 * 1024;

/// All files of a library.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Runs {
    /// In the order of the files.
    pub files: Vec<FileRuns>,
    /// The `@string` blocks, as written; `None` where a macro is defined twice, and so it counts
    /// where.
    pub strings: Option<String>,
    /// The citation keys that entries inherit from, in lower case.
    pub parents: BTreeSet<String>,
}

/// One file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRuns {
    /// Its size.
    pub size: u64,
    /// Whether it was read byte for byte as it stands.
    pub is_plain: bool,
    /// Tiling the file. All but the first begin with an entry.
    pub runs: Vec<Run>,
}

/// A stretch of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Where it begins.
    pub start: u64,
    /// The line of its beginning, from 1.
    pub line: u32,
    /// What its bytes hash to.
    pub hash: [u64; 2],
    /// Whether what it says depends on other runs or others on it, or it was not understood whole.
    pub is_tied: bool,
}

/// The hash of a run.
pub fn hash(bytes: &[u8]) -> [u64; 2] {
    let whole = blake3::hash(bytes);
    let half = |at: usize| {
        let mut eight = [0; 8];
        eight.copy_from_slice(&whole.as_bytes()[at..at + 8]);
        u64::from_le_bytes(eight)
    };
    [half(0), half(8)]
}

impl Runs {
    /// The runs of `library` as it was read.
    pub fn of(library: &Library) -> Self {
        let mut parents: BTreeSet<String> = BTreeSet::new();
        for entry in &library.entries {
            for name in ["crossref", "xdata"] {
                parents.extend(entry.list(name).iter().map(|it| it.to_lowercase()));
            }
            parents.extend(entry.raw("crossref").map(|it| it.trim().to_lowercase()));
            let from = entry.fields.iter().filter_map(|field| field.from.as_deref());
            parents.extend(from.map(str::to_lowercase));
        }
        let files =
            (0..library.sources.len()).map(|at| FileRuns::of(library, at, &parents)).collect();
        Self { files, strings: strings(&library.sources), parents }
    }

    /// What was written to `folder`.
    pub fn read(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(NAME)).ok()?).ok()
    }

    /// Writes them to `folder`, whole or not at all.
    pub fn write(&self, folder: &Path) -> std::io::Result<()> {
        let new = folder.join(format!("{NAME}.{}", std::process::id()));
        fs::write(&new, serde_json::to_vec(self)?)?;
        fs::rename(new, folder.join(NAME))
    }

    /// Whether an entry stands for itself: it inherits nothing and nobody inherits from it.
    pub fn is_alone(&self, entry: &Entry) -> bool {
        let inherits = entry.has("crossref")
            || entry.has("xdata")
            || entry.fields.iter().any(|it| it.from.is_some() || it.raw.starts_with("xdata="));
        let is_parent = |key: &str| self.parents.contains(&key.to_lowercase());
        !inherits
            && !entry.is_broken
            && !is_parent(&entry.key)
            && !entry.list("ids").iter().any(|it| is_parent(it))
    }
}

impl FileRuns {
    fn of(library: &Library, number: usize, parents: &BTreeSet<String>) -> Self {
        let source = &library.sources[number];
        let own = Runs { parents: parents.clone(), ..Runs::default() };
        let is_free = |entry: &Entry| own.is_alone(entry);
        let tied: HashSet<usize> = library
            .entries
            .iter()
            .filter(|it| it.place.source == number && !is_free(it))
            .map(|it| it.place.span.start)
            .collect();
        let mut out = Self {
            size: source.bytes.len() as u64,
            is_plain: source.encoding == Encoding::Utf8,
            runs: cut(&source.bytes, source.file.entries().map(|(span, _)| span.start), 1, 0),
        };
        let unsure = source.file.problems.iter().map(|it| it.span.start);
        let strings = source.file.blocks.iter().filter(|it| matches!(it.kind, Kind::Strings(_)));
        for at in tied.into_iter().chain(unsure).chain(strings.map(|it| it.span.start)) {
            let run = out.runs.partition_point(|run| run.start <= at as u64).saturating_sub(1);
            if let Some(run) = out.runs.get_mut(run) {
                run.is_tied = true;
            }
        }
        out
    }
}

/// Cuts `bytes` into runs that begin with an entry (but for the first); `line` and `from` are of
/// their beginning in the file.
pub fn cut(bytes: &[u8], entries: impl Iterator<Item = usize>, line: u32, from: u64) -> Vec<Run> {
    if bytes.is_empty() {
        return Vec::new();
    }
    let mut starts = vec![0];
    for entry in entries {
        if entry - starts.last().copied().unwrap_or(0) >= LENGTH {
            starts.push(entry);
        }
    }
    let mut out: Vec<Run> = Vec::with_capacity(starts.len());
    let mut line = line;
    for (at, start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().unwrap_or(bytes.len());
        let inside = &bytes[*start..end];
        let hash = hash(inside);
        out.push(Run { start: from + *start as u64, line, hash, is_tied: false });
        line += newlines(inside);
    }
    out
}

/// How many lines end in `bytes`, counted as [`crate::text::position::Lines`] counts them.
pub fn newlines(bytes: &[u8]) -> u32 {
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
    ends.filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n')).count() as u32
}

/// The text of all `@string` blocks; `None` where a macro is defined twice.
fn strings(sources: &[Source]) -> Option<String> {
    let mut out = String::new();
    let mut names = HashSet::new();
    for source in sources {
        for block in &source.file.blocks {
            let Kind::Strings(fields) = &block.kind else { continue };
            for field in fields {
                let name = crate::bibtex::text(&source.bytes, &field.name).to_lowercase();
                if !names.insert(name) {
                    return None;
                }
            }
            out.push_str(&crate::bibtex::text(&source.bytes, &block.span));
            out.push('\n');
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_tile_the_file_and_know_their_lines() {
        let mut text = String::from("% head\n");
        for at in 0..5000 {
            text.push_str(&format!("@misc{{k{at},\r\n title={{Some words}}}}\n\n"));
        }
        text.push_str("@book{p, title={P}}\n@inbook{c, crossref={p}}\n");
        let library = Library::new(vec![("a.bib".into(), text.as_bytes().into())]);
        let it = Runs::of(&library);
        let runs = &it.files[0].runs;
        assert!(runs.len() > 1);
        for (at, run) in runs.iter().enumerate() {
            let end = runs.get(at + 1).map_or(text.len(), |next| next.start as usize);
            assert_eq!(run.hash, hash(&text.as_bytes()[run.start as usize..end]));
            assert_eq!(run.line as usize, library.sources[0].lines.line(run.start as usize));
        }
        let tied: Vec<bool> = runs.iter().map(|it| it.is_tied).collect();
        assert!(!tied[0] && tied[tied.len() - 1], "{tied:?}");
        assert!(it.parents.contains("p"));
    }
}
