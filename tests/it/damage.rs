//! An index that was damaged, of another version, or of somebody else: nobody notices but by waiting
//! a moment. A quick part of what `cargo test --test damage` does in full.

use kilde::index::{self, Cancel, Index, Opened, Options, Sources};
use kilde::model::Library;
use kilde::query;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

/// What is asked of the index after each piece of damage.
const ASKED: [&str; 6] =
    ["fisk", "forfatter:berg", "year:2001..2003", "\"stille fjell\"", "fsik", ""];

/// A fixed sequence (xorshift).
pub struct Sequence(pub u64);

impl Sequence {
    pub fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % below.max(1)
    }
}

/// A library, its index as it should be, and its answers.
pub struct Workbench {
    folder: tempfile::TempDir,
    sources: Sources,
    whole: Vec<(PathBuf, Vec<u8>)>,
    answers: Vec<Vec<String>>,
}

impl Workbench {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.bib");
        let entry = |at: usize| {
            format!(
                "@book{{k{at}, author={{Berg, Anna and Lie{at}, Ola}}, title={{Fisk og stille fjell {at}}}, \
                 date={{{}}}, keywords={{sjø, hav{at}}}, abstract={{Om fisken i vatn nummer {at}.}}}}\n",
                1990 + at
            )
        };
        fs::write(&file, (0..40).map(entry).collect::<String>()).unwrap();
        let cache = Some(folder.path().join("cache"));
        let sources = Sources { root: None, files: vec![file], thesaurus: None, cache };
        let mut it = Self { folder, sources, whole: Vec::new(), answers: Vec::new() };
        it.answers = answers(&it.make());
        it.whole =
            files(&it.place()).into_iter().map(|at| (at.clone(), fs::read(at).unwrap())).collect();
        it
    }

    fn place(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    fn make(&self) -> Index {
        let before = index::before(&self.sources);
        let bytes = fs::read(&self.sources.files[0]).unwrap();
        let library = Library::new(vec![(self.sources.files[0].clone(), bytes.into())]);
        Index::make(&self.sources, &library, &before, &mut |_| std::ops::ControlFlow::Continue(()))
            .unwrap()
    }

    /// The files of the index, as they should be.
    pub fn parts(&self) -> Vec<PathBuf> {
        self.whole.iter().map(|(path, _)| path.clone()).collect()
    }

    /// Puts everything as it should be.
    pub fn mend(&self) {
        // What damage has put in the place of a file or a folder goes first.
        let _gone = fs::remove_dir_all(self.place());
        for (path, bytes) in &self.whole {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }

    /// Does `damage` to `part`, opens as a search does, and holds the answers against the right ones.
    /// Gives whether the index could be used as it was.
    pub fn try_out(&self, part: &Path, damage: &Damage) -> Result<bool, String> {
        self.mend();
        damage.to(part);
        let (index, used) = match Index::open(&self.sources) {
            Opened::Fresh(index) => (index, true),
            Opened::Stale(_) => {
                (Index::catch_up(&self.sources).unwrap_or_else(|_| self.make()), false)
            }
            Opened::Nothing => (self.make(), false),
        };
        let found = answers(&index);
        if found != self.answers {
            return Err(format!("{damage:?} of {}: other answers", part.display()));
        }
        Ok(used)
    }
}

fn answers(index: &Index) -> Vec<Vec<String>> {
    let options = Options { limit: 100, facets: true, ..Options::default() };
    let answer = |text: &&str| {
        let found = index.search(&query::parse(text), &options, &Cancel::never()).unwrap();
        let row = |hit| {
            let row = index.row(&found, hit);
            format!("{} {} {} {}", row.key, row.title, row.place.line, row.place.file.display())
        };
        found.hits.iter().map(row).collect()
    };
    ASKED.iter().map(answer).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() { out.extend(files(&path)) } else { out.push(path) }
    }
    out.sort();
    out
}

/// What is done to a file of the index.
#[derive(Debug, Clone)]
pub enum Damage {
    Gone,
    Cut(usize),
    Flipped(usize, u8),
    Zeroed(usize, usize),
    Grown(usize),
    /// Something else of the same length.
    Other(u64),
    /// A link to the right bytes elsewhere.
    Linked,
    Folder,
    /// Text put in the place of other text, where it stands in the file.
    Said(&'static str, &'static str),
}

impl Damage {
    /// Different kinds of damage to a file of `length` bytes; `count` of those that are by chance.
    pub fn all(length: usize, count: usize, chance: &mut Sequence) -> Vec<Self> {
        let mut out =
            vec![Self::Gone, Self::Cut(0), Self::Grown(1), Self::Grown(5000), Self::Linked];
        out.extend([
            Self::Folder,
            Self::Other(chance.next(1 << 30) as u64),
            Self::Zeroed(0, length),
        ]);
        out.extend([
            Self::Said("kilde 1", "kilde 0"),
            Self::Said("index_format_v", "index_format_x"),
            Self::Said("\"made-", "\"../made-"),
            Self::Said("\"entries\":40", "\"entries\":41"),
            Self::Said("\"opstamp\":", "\"opstamp\":9"),
            Self::Said("\"max_doc\":40", "\"max_doc\":39"),
        ]);
        for _ in 0..count {
            out.push(Self::Flipped(chance.next(length), 1 << chance.next(8)));
            out.push(Self::Flipped(chance.next(length), 0xFF));
            out.push(Self::Cut(chance.next(length)));
            out.push(Self::Zeroed(chance.next(length), 1 + chance.next(64)));
        }
        out
    }

    fn to(&self, part: &Path) {
        let mut bytes = fs::read(part).unwrap();
        let length = bytes.len();
        match self {
            Self::Gone => return fs::remove_file(part).unwrap(),
            Self::Linked => {
                let other = part.with_extension("elsewhere");
                fs::rename(part, &other).unwrap();
                return symlink(other, part).unwrap();
            }
            Self::Folder => {
                fs::remove_file(part).unwrap();
                return fs::create_dir(part).unwrap();
            }
            Self::Cut(to) => bytes.truncate(*to),
            Self::Flipped(at, bits) => {
                if let Some(byte) = bytes.get_mut(*at) {
                    *byte ^= bits;
                }
            }
            Self::Zeroed(from, count) => {
                bytes.iter_mut().skip(*from).take(*count).for_each(|byte| *byte = 0);
            }
            Self::Grown(by) => bytes.extend(std::iter::repeat_n(b'x', *by)),
            Self::Other(seed) => {
                let mut chance = Sequence(seed + 1);
                bytes = (0..length).map(|_| chance.next(256) as u8).collect();
            }
            Self::Said(old, new) => {
                let Ok(text) = String::from_utf8(bytes.clone()) else { return };
                bytes = text.replacen(old, new, 1).into_bytes();
            }
        }
        fs::write(part, bytes).unwrap();
    }
}

#[test]
fn a_damaged_index_is_made_anew_without_a_word() {
    let bench = Workbench::new();
    let mut chance = Sequence(5);
    let (mut tried, mut used) = (0, 0);
    for (nth, part) in bench.parts().iter().enumerate() {
        let length = fs::metadata(part).unwrap().len() as usize;
        let all = Damage::all(length, 1, &mut chance);
        // Each file gets a few kinds of damage, and all files together get every kind.
        for damage in all.iter().skip(nth % 4).step_by(4) {
            used += usize::from(bench.try_out(part, damage).unwrap());
            bench.mend();
            tried += 1;
        }
    }
    assert!(tried >= 40 && used < tried, "{used} of {tried}");
}

#[test]
fn what_a_dead_process_left_behind_is_in_nobodys_way() {
    let bench = Workbench::new();
    bench.mend();
    let made = bench.parts()[0].parent().unwrap().to_owned();
    for name in [".tantivy-writer.lock", ".tantivy-meta.lock"] {
        let folders = bench.parts().into_iter().filter_map(|it| it.parent().map(Path::to_owned));
        for folder in folders {
            fs::write(folder.join(name), "").unwrap();
        }
    }
    fs::write(made.join("manifest.json.1"), "half a man").unwrap();
    let text = fs::read_to_string(&bench.sources.files[0]).unwrap();
    fs::write(&bench.sources.files[0], format!("{text}@misc{{ny, title={{Ny}}}}\n")).unwrap();
    let index = bench.make();
    assert_eq!(index.count(), 41);
}

#[test]
fn two_at_once_wait_for_each_other_and_find_the_same() {
    let bench = Workbench::new();
    fs::remove_dir_all(bench.place()).unwrap();
    let found: Vec<_> = std::thread::scope(|scope| {
        let work = || answers(&bench.make());
        let all: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        all.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert!(found.iter().all(|it| *it == bench.answers));
}
