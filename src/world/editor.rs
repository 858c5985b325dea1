//! The user's own editor.

use crate::session::Error;
use crate::text::said::Said;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;
use std::process::Command;

/// What came back from the editor; its file goes when this is dropped.
#[derive(Debug)]
pub struct Draft {
    /// The text as it was left.
    pub text: String,
    path: Option<PathBuf>,
}

impl Draft {
    /// Leaves the file where it is, and says where.
    pub fn keep(mut self) -> PathBuf {
        self.path.take().unwrap_or_default()
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            // It lies among temporary files: the system clears it away if we cannot.
            let _gone = std::fs::remove_file(path);
        }
    }
}

/// Lets the user edit `text` in `$VISUAL`, `$EDITOR` or `vi`, started without a shell.
pub fn edit(text: &str) -> Result<Draft, Error> {
    let cannot = |error: std::io::Error| {
        Error::world(Said::new("edit.no-editor").with("editor", "")).because(error)
    };
    let folder = std::env::temp_dir();
    let nanos = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| since.as_nanos());
    let path = folder.join(format!("kilde-{}-{nanos}.bib", std::process::id()));
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)
        .map_err(cannot)?;
    let mut draft = Draft { text: String::new(), path: Some(path.clone()) };
    file.write_all(text.as_bytes()).and_then(|()| file.write_all(b"\n")).map_err(cannot)?;
    drop(file);
    let editor = ["VISUAL", "EDITOR"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.trim().is_empty())
        .unwrap_or_else(|| "vi".to_owned());
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let status = Command::new(program).args(words).arg(&path).status().map_err(|error| {
        Error::world(Said::new("edit.no-editor").with("editor", &editor))
            .hint(Said::new("edit.no-editor.help"))
            .because(error)
    })?;
    if !status.success() {
        return Err(Error::world(Said::new("edit.editor-failed")));
    }
    let bytes = std::fs::read(&path).map_err(cannot)?;
    draft.text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(draft)
}
