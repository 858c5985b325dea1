//! Every `.bib` file there is to be had: `$KILDE_ZOO`, else `../shared/zoo`.

use kilde::bibtex;
use kilde::bibtex::encoding::{self, Encoding};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The folder with the files, if it is there.
pub fn folder() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let zoo =
        std::env::var_os("KILDE_ZOO").map_or_else(|| root.join("../shared/zoo"), PathBuf::from);
    if zoo.is_dir() {
        return Some(zoo);
    }
    println!("skipped: there is no folder of .bib files at {}", zoo.display());
    None
}

/// All files below the folder that end in `.bib` or stand in its manifest.
pub fn files(zoo: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![zoo.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it != "tsv" && it != "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// How many entries the manifest says each file has, by a scanner that is not ours.
fn manifest(zoo: &Path) -> HashMap<PathBuf, usize> {
    let Ok(text) = std::fs::read_to_string(zoo.join("manifest.tsv")) else { return HashMap::new() };
    text.lines()
        .skip(1)
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Some((zoo.join(cells.first()?), cells.get(4)?.parse().ok()?))
        })
        .collect()
}

/// Whether a scanner that only looks at the starts of lines can count otherwise: entries in a
/// comment, after other things on a line, or with blanks in their heads.
fn is_hard_to_count(text: &[u8]) -> bool {
    let lower = text.to_ascii_lowercase();
    memchr::memchr_iter(b'@', &lower).any(|at| {
        let line = lower[..at].iter().rposition(|b| *b == b'\n').map_or(0, |it| it + 1);
        let inside = !lower[line..at].trim_ascii().is_empty();
        let rest = &lower[at + 1..];
        let word = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        inside
            || rest.starts_with(b"comment")
            || word == 0
            || rest.get(word) != Some(&b'{')
            || rest.get(word + 1..).is_some_and(|key| !key.iter().take(60).any(|b| *b == b','))
    })
}

#[test]
fn zoo_blocks_tile_every_file_and_encodings_come_back() {
    let Some(zoo) = folder() else { return };
    let counts = manifest(&zoo);
    let (mut n_files, mut n_entries, mut n_broken, mut n_off) = (0, 0, 0, 0);
    for path in files(&zoo) {
        let name = path.display();
        let bytes = std::fs::read(&path).unwrap();
        let (text, encoding) = encoding::decode(&bytes);
        if encoding != Encoding::Unknown {
            assert_eq!(*encoding::encode(&text, encoding).unwrap(), *bytes, "{name}");
        }
        let file = bibtex::parse(&text);
        let mut at = 0;
        for block in &file.blocks {
            assert!(block.span.start == at && block.span.end > at, "{name}");
            at = block.span.end;
        }
        assert_eq!(at, text.len(), "{name}");
        let entries = file.entries().count();
        n_files += 1;
        n_entries += entries;
        n_broken += file.entries().filter(|(_, entry)| entry.close.is_none()).count();
        if let Some(expected) = counts.get(&path)
            && *expected != entries
        {
            n_off += 1;
            println!("{name}: the manifest counts {expected}, we {entries}");
            assert!(is_hard_to_count(&text), "{name}: {expected} {entries}");
        }
    }
    println!("{n_files} files, {n_entries} entries, {n_broken} broken; {n_off} counted otherwise");
    assert!(n_off * 40 <= n_files, "{n_off} of {n_files} counted otherwise");
}
