//! Two entries with one key: only the first can be cited. Case does not tell keys apart in BibTeX,
//! and `ids` are keys as well.

use super::{Look, Rule, rule};
use crate::check::{LibraryView, Report, Severity};
use std::collections::HashMap;

rule!(
    "key-doubled",
    Some(Severity::Error),
    None,
    Look::Library(look),
    "@book{lie2021, title = {A}}\n@book{Lie2021, title = {B}}",
    None
);

fn look(view: &LibraryView<'_>, report: &mut Report) {
    let mut known: HashMap<String, usize> = HashMap::new();
    for (at, entry) in view.library.entries.iter().enumerate() {
        let mut keys = vec![entry.key.clone()];
        if entry.has("ids") {
            keys.extend(entry.list("ids"));
        }
        for key in keys.iter().filter(|key| !key.is_empty()) {
            match known.get(&key.to_lowercase()) {
                Some(other) if *other != at => {
                    let Some(it) = view.entry(at) else { continue };
                    let place = &view.library.entries[*other].place;
                    let path = view.library.sources[place.source].path.display().to_string();
                    report.entry(
                        &it,
                        it.head(),
                        &[("key", key), ("file", &path), ("line", &place.line.to_string())],
                        Vec::new(),
                    );
                }
                Some(_) => {}
                None => {
                    known.insert(key.to_lowercase(), at);
                }
            }
        }
    }
}
