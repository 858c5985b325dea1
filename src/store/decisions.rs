//! The file of decisions on duplicates: `data/apart.tsv` in a library folder, `NAME.apart.tsv`
//! beside loose files.

use super::folder::Folder;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Where the decisions of a library stand; `None` for standard input.
pub fn path(folder: &Folder) -> Option<PathBuf> {
    beside(folder, "apart")
}

/// Where a library keeps what a person decided, by what it is about; `None` for standard input.
pub fn beside(folder: &Folder, name: &str) -> Option<PathBuf> {
    if let Some(root) = &folder.root {
        return Some(root.join("data").join(format!("{name}.tsv")));
    }
    let first = folder.files.first().filter(|file| file.as_os_str() != "-")?;
    Some(first.with_extension(format!("{name}.tsv")))
}

/// The file's text, empty where there is no file.
pub fn read(path: &Path) -> io::Result<String> {
    match std::fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        other => other,
    }
}

/// Writes the file whole: the old one or the new one stands there, never half of it.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = path.with_file_name(name);
    let mut file = std::fs::File::create(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&new, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_stand_beside_the_library() {
        let root = Folder {
            root: Some("lib".into()),
            files: vec!["lib/data/a.bib".into()],
            ..Folder::default()
        };
        assert_eq!(path(&root), Some("lib/data/apart.tsv".into()));
        let loose = Folder { files: vec!["x/a.bib".into()], ..Folder::default() };
        assert_eq!(path(&loose), Some("x/a.apart.tsv".into()));
        assert_eq!(path(&Folder { files: vec!["-".into()], ..Folder::default() }), None);
    }

    #[test]
    fn what_is_written_is_read_and_a_missing_file_is_empty() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("apart.tsv");
        assert_eq!(read(&file).unwrap(), "");
        write(&file, "a\tb\n").unwrap();
        assert_eq!(read(&file).unwrap(), "a\tb\n");
    }
}
