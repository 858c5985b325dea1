//! Which entries a command is about: by citation key, by what a search finds, or all.

use super::Context;
use super::commands::cite::source::hits;
use super::commands::show;
use crate::model::Library;
use crate::session::Error;

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
    pub fn entries(
        &self,
        library: &Library,
        context: &mut Context<'_>,
    ) -> Result<Vec<usize>, Error> {
        if self.all || (self.keys.is_empty() && self.query.is_none()) {
            return Ok((0..library.entries.len()).collect());
        }
        let mut chosen = Vec::new();
        for key in &self.keys {
            show::find(library, key)?;
            chosen.extend(library.position(key));
        }
        if let Some(query) = &self.query {
            chosen.extend(hits(query, library, context)?);
        }
        let mut seen = std::collections::HashSet::new();
        chosen.retain(|at| seen.insert(*at));
        Ok(chosen)
    }
}
