//! A copy of a file before its first change of a day, kept in the state folder.

use super::state::{FileState, private_folder};
use std::io;
use std::path::Path;

/// How many days are kept.
const DAYS: usize = 10;

/// Copies the file if today has no copy yet. The oldest beyond ten go once the new one is whole.
pub fn before_first_change(target: &Path, state: &FileState, today: &str) -> io::Result<()> {
    let folder = state.copies();
    let copy = folder.join(format!("{today}.bib"));
    if copy.exists() {
        return Ok(());
    }
    private_folder(&folder)?;
    let part = folder.join("part");
    let size = std::fs::copy(target, &part)?;
    if size != std::fs::metadata(target)?.len() {
        return Err(io::Error::other("the copy is not whole"));
    }
    std::fs::rename(&part, &copy)?;
    let mut all: Vec<_> = std::fs::read_dir(&folder)?.flatten().map(|entry| entry.path()).collect();
    all.retain(|path| path.extension().is_some_and(|it| it == "bib"));
    all.sort();
    for old in all.iter().rev().skip(DAYS) {
        std::fs::remove_file(old)?;
    }
    Ok(())
}
