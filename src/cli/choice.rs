//! Which entries a command is about: by citation key, by what a search finds, or all.

use super::commands::show;
use crate::model::Library;
use crate::session::Error;
use crate::text::fold;

/// The arguments that choose entries.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Choice {
    /// The citation keys; with none, and no query, every entry.
    #[arg(value_name = "KEY")]
    pub keys: Vec<String>,
    /// Entries that a search finds.
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
    /// Every entry.
    #[arg(long, conflicts_with_all = ["keys", "query"])]
    pub all: bool,
}

impl Choice {
    /// The entries that are meant, as places in [`Library::entries`]: those named by key in that
    /// order, then those that the query finds.
    pub fn entries(&self, library: &Library) -> Result<Vec<usize>, Error> {
        if self.all || (self.keys.is_empty() && self.query.is_none()) {
            return Ok((0..library.entries.len()).collect());
        }
        let mut chosen = Vec::new();
        for key in &self.keys {
            show::find(library, key)?;
            chosen.extend(library.position(key));
        }
        if let Some(query) = &self.query {
            let words: Vec<String> = query.split_whitespace().map(fold::base).collect();
            let has = |at: &usize| {
                let entry = &library.entries[*at];
                let texts = entry.fields.iter().filter_map(|field| entry.text(&field.name));
                let text = texts.map(|text| fold::base(&text)).collect::<Vec<_>>().join(" ");
                words.iter().all(|word| text.contains(word.as_str()))
            };
            chosen.extend((0..library.entries.len()).filter(has));
        }
        let mut seen = std::collections::HashSet::new();
        chosen.retain(|at| seen.insert(*at));
        Ok(chosen)
    }
}
