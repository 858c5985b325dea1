//! What the interface remembers from one start to the next: language, theme. In the user's state
//! folder, `interface.toml`.

use crate::world::place;
use std::collections::BTreeMap;
use std::io::{self, Write as _};

/// Everything remembered; nothing where nothing can be read.
pub fn all() -> BTreeMap<String, String> {
    place::state()
        .and_then(|folder| std::fs::read_to_string(folder.join("interface.toml")).ok())
        .and_then(|text| toml::from_str(&text).ok())
        .unwrap_or_default()
}

/// Remembers `value` under `name`.
pub fn keep(name: &str, value: &str) -> io::Result<()> {
    let Some(folder) = place::state() else { return Ok(()) };
    std::fs::create_dir_all(&folder)?;
    let mut kept = all();
    kept.insert(name.to_owned(), value.to_owned());
    let text = toml::to_string(&kept).map_err(io::Error::other)?;
    // Written beside and renamed, so that a crash leaves the old or the new.
    let beside = folder.join(format!("interface.toml.{}", std::process::id()));
    let mut file = std::fs::File::create(&beside)?;
    file.write_all(text.as_bytes())?;
    std::fs::rename(beside, folder.join("interface.toml"))
}
