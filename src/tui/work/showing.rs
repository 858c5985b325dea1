//! One entry, ready to be shown.

use super::citing::Citing;
use crate::model::{Entry, Library};
use crate::session::Error;
use crate::text::said::Said;
use crate::tui::find::Preview;
use std::path::Path;

/// The entry as the preview shows it.
pub fn preview(
    library: &Library,
    citing: &Citing,
    id: &str,
    entry: &Entry,
    line: usize,
) -> Result<Preview, Error> {
    let path = &library.sources[entry.place.source].path;
    let file = path.file_name().unwrap_or(Path::new("-").as_os_str()).to_string_lossy();
    let fields = entry.fields.iter().map(|field| {
        let text = entry.text(&field.name).unwrap_or_default();
        (field.name.to_string(), text, field.from.as_ref().map(ToString::to_string))
    });
    let reference = citing.references(library, &[entry])?.into_iter().next().unwrap_or_default();
    Ok(Preview {
        id: id.to_owned(),
        reference,
        head: format!("@{} {} · {file}:{line}", entry.entry_type, entry.key),
        fields: fields.collect(),
        problems: if entry.is_broken { vec![Said::new("tui.broken-entry")] } else { Vec::new() },
    })
}
