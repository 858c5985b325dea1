//! What a path means as a library: a library folder, a folder of `.bib` files, or files by name.

use std::path::{Path, PathBuf};

/// The files of a library and where its index may live.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folder {
    /// The folder that holds `data/` and `index/`; `None` for loose files.
    pub root: Option<PathBuf>,
    /// The `.bib` files in the order of their names; `-` is standard input.
    pub files: Vec<PathBuf>,
    /// `data/thesaurus.toml`, when the library has one.
    pub thesaurus: Option<PathBuf>,
}

/// Why a path is no library.
#[derive(Debug, thiserror::Error)]
pub enum NoLibrary {
    /// There is nothing at the path.
    #[error("there is nothing at `{0}`")]
    Missing(PathBuf),
    /// A folder without `.bib` files.
    #[error("there is no .bib file in `{0}`")]
    Empty(PathBuf),
    /// No path was given and none was found.
    #[error("there is no library here")]
    NoneHere(PathBuf),
    /// The folder cannot be read.
    #[error("`{0}` cannot be read")]
    Unreadable(PathBuf, #[source] std::io::Error),
}

/// The library that `paths` name.
pub fn named(paths: &[PathBuf]) -> Result<Folder, NoLibrary> {
    if let [one] = paths
        && one.is_dir()
    {
        return folder(one);
    }
    let mut out = Folder::default();
    for path in paths {
        if path.as_os_str() != "-" && !path.exists() {
            return Err(NoLibrary::Missing(path.clone()));
        }
        if path.is_dir() {
            out.files.extend(folder(path)?.files);
        } else {
            out.files.push(path.clone());
        }
    }
    Ok(out)
}

/// The nearest library upward from `from`, then `preset`, then the `.bib` files of `from` itself.
pub fn nearest(from: &Path, preset: Option<&Path>) -> Result<Folder, NoLibrary> {
    for folder in from.ancestors() {
        let data = folder.join("data");
        if data.is_dir() && !bib_files(&data)?.is_empty() {
            return with_root(folder);
        }
    }
    if let Some(preset) = preset {
        return named(&[preset.to_owned()]);
    }
    let files = bib_files(from)?;
    if files.is_empty() {
        return Err(NoLibrary::NoneHere(from.to_owned()));
    }
    Ok(Folder { root: None, files, thesaurus: None })
}

fn folder(path: &Path) -> Result<Folder, NoLibrary> {
    if path.join("data").is_dir() {
        let found = with_root(path)?;
        if !found.files.is_empty() {
            return Ok(found);
        }
    }
    let files = bib_files(path)?;
    if files.is_empty() {
        return Err(NoLibrary::Empty(path.to_owned()));
    }
    Ok(Folder { root: None, files, thesaurus: None })
}

fn with_root(root: &Path) -> Result<Folder, NoLibrary> {
    let data = root.join("data");
    let thesaurus = data.join("thesaurus.toml");
    Ok(Folder {
        root: Some(root.to_owned()),
        files: bib_files(&data)?,
        thesaurus: thesaurus.is_file().then_some(thesaurus),
    })
}

fn bib_files(folder: &Path) -> Result<Vec<PathBuf>, NoLibrary> {
    let unreadable = |error| NoLibrary::Unreadable(folder.to_owned(), error);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let is_bib = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("bib"));
        let hidden = path.file_name().is_some_and(|it| it.to_string_lossy().starts_with('.'));
        if is_bib && !hidden && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
