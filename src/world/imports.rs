//! What stands beside a library for its imports: records that are not wanted, what columns of
//! tables are, and, beside an imported file, what of it could not be read.

use crate::exchange::Format;
use crate::session::Error;
use crate::session::import::Rejects;
use crate::store::clock;
use crate::store::decisions;
use crate::store::folder::Folder;
use crate::text::said::Said;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The day, as `2026-03-01`.
pub fn today() -> String {
    clock::day(clock::now())
}

/// The records that are not wanted; none where there is no file.
pub fn rejects(folder: &Folder) -> Result<Rejects, Error> {
    Ok(Rejects::parse(&read(folder, "rejected")?))
}

/// Writes the records that are not wanted.
pub fn remember_rejects(folder: &Folder, rejects: &Rejects) -> Result<(), Error> {
    write(folder, "rejected", &rejects.text())
}

/// What columns of tables are, header and field, as it was said at earlier imports.
pub fn columns(folder: &Folder) -> Result<Vec<(String, String)>, Error> {
    let text = read(folder, "columns")?;
    let pairs = text.lines().filter_map(|line| line.split_once('\t'));
    Ok(pairs.map(|(header, field)| (header.to_owned(), field.to_owned())).collect())
}

/// Remembers what columns are; what was said last counts.
pub fn remember_columns(folder: &Folder, said: &[(String, String)]) -> Result<(), Error> {
    let mut all = columns(folder)?;
    all.retain(|(header, _)| !said.iter().any(|(known, _)| known.eq_ignore_ascii_case(header)));
    all.extend(said.iter().cloned());
    all.sort();
    let lines =
        all.iter().map(|(header, field)| format!("{}\t{field}\n", header.replace('\t', " ")));
    write(folder, "columns", &lines.collect::<String>())
}

fn read(folder: &Folder, name: &str) -> Result<String, Error> {
    let Some(path) = decisions::beside(folder, name) else { return Ok(String::new()) };
    decisions::read(&path).map_err(|error| {
        Error::world(Said::new("app.unreadable").with("path", path.display())).because(error)
    })
}

fn write(folder: &Folder, name: &str, text: &str) -> Result<(), Error> {
    let Some(path) = decisions::beside(folder, name) else { return Ok(()) };
    decisions::write(&path, text).map_err(|error| {
        Error::world(Said::new("export.not-written").with("path", path.display())).because(error)
    })
}

/// Writes what could not be read into a new file beside the one it came from, to be mended and read
/// again: `scopus.ris` → `scopus.left.ris`. A table gets its header. Nothing for nothing.
pub fn leave(
    path: &Path,
    format: Format,
    head: &str,
    texts: &[&str],
) -> Result<Option<PathBuf>, Error> {
    let texts: Vec<&str> = texts.iter().copied().filter(|text| !text.is_empty()).collect();
    if texts.is_empty() {
        return Ok(None);
    }
    let mut text = String::new();
    if matches!(format, Format::Csv | Format::Tsv) {
        text.push_str(head.lines().next().unwrap_or_default());
        text.push('\n');
    }
    for it in texts {
        text.push_str(it.trim_end());
        text.push('\n');
    }
    let told = |path: &Path, error: io::Error| {
        Error::world(Said::new("export.not-written").with("path", path.display())).because(error)
    };
    for nth in 1..1000 {
        let beside = named(path, nth);
        match File::create_new(&beside) {
            Ok(mut file) => {
                file.write_all(text.as_bytes()).map_err(|error| told(&beside, error))?;
                return Ok(Some(beside));
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(told(&beside, error)),
        }
    }
    Ok(None)
}

fn named(path: &Path, nth: usize) -> PathBuf {
    let nth = if nth == 1 { String::new() } else { format!("-{nth}") };
    let ending = path.extension().map(|it| it.to_string_lossy().into_owned());
    match ending {
        Some(ending) => path.with_extension(format!("left{nth}.{ending}")),
        None => path.with_extension(format!("left{nth}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_never_takes_the_place_of_another_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        assert_eq!(leave(&path, Format::Csv, "title\nx", &["", ""]).unwrap(), None);
        let first = leave(&path, Format::Csv, "title\nx", &["a", "b\n"]).unwrap().unwrap();
        let second = leave(&path, Format::Csv, "title\nx", &["c"]).unwrap().unwrap();
        assert_eq!(first.file_name().unwrap(), "a.left.csv");
        assert_eq!(second.file_name().unwrap(), "a.left-2.csv");
        assert_eq!(std::fs::read_to_string(first).unwrap(), "title\na\nb\n");
    }
}
