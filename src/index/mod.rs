//! Layer 6: finding. The only home of tantivy.
//!
//! The index is a cache: it is made from the `.bib` files and can be deleted at any time. It holds
//! what a row of the list shows, so that the list is painted before any `.bib` is read.
//!
//! ```text
//! index/manifest.json   what it was made from: stamps of files, versions
//! index/lock            held while it is made or brought up to date
//! index/made-…/         tantivy's files, `places` (where each entry stands), `runs` (hashes of the
//!                       files by stretches), `words`
//! ```
//!
//! [`Index::open`] opens what is there; [`Index::make`] makes it or brings it up to date;
//! [`Index::search`] answers.

mod catch_up;
pub mod chain;
mod collect;
mod complete;
mod dictionary;
mod document;
pub mod facets;
mod like;
mod make;
pub mod manifest;
mod mark;
pub mod place;
pub mod places;
mod plan;
mod portable;
pub mod row;
mod runs;
mod schema;
mod search;
mod tokenizer;
pub mod understood;
pub mod widen;
mod words_of;

pub use complete::{Completion, Offer};
pub use dictionary::Known;
pub use document::row as row_of;
pub use facets::Facets;
pub use make::{Before, Progress, Tell, before};
pub use mark::{Mark, Marker, Passage};
pub use place::Sources;
pub use portable::portable;
pub use row::{Badges, Place, Row};
pub use search::{Bell, Cancel, Found, Hit, Loose, Options, Relaxed, Sort};
pub use understood::{Group, Reason, Understood, Way};

use crate::query::compound::Lexicon;
use chain::{Chain, Steps};
use manifest::{Manifest, Standing};
use places::Places;
use schema::Fields;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tantivy::{IndexReader, ReloadPolicy, Searcher};
use widen::Widener;

/// Why an index cannot be made or asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What tantivy says.
    #[error(transparent)]
    Tantivy(#[from] tantivy::TantivyError),
    /// What the disk says.
    #[error(transparent)]
    Disk(#[from] std::io::Error),
    /// It is not what was written.
    #[error("the index is damaged")]
    Damaged,
    /// So much has changed that a new one is made faster.
    #[error("too much has changed")]
    TooMuch,
    /// The search was told to stop.
    #[error("cancelled")]
    Cancelled,
}

/// The index of a library, open for searching. Cheap to share between threads.
pub struct Index {
    tantivy: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    lexicon: Arc<Lexicon>,
    steps: Steps,
    places: Places,
    sources: Sources,
    widener: OnceLock<Widener>,
    chains: Mutex<Vec<Chain>>,
}

/// What was found at the place of the index.
pub enum Opened {
    /// It holds what the files hold.
    Fresh(Index),
    /// It can be used, and some file may have changed since.
    Stale(Index),
    /// There is none that can be used.
    Nothing,
}

impl Index {
    /// Opens the index of `sources` without reading a `.bib`.
    pub fn open(sources: &Sources) -> Opened {
        let Some(folder) = place::folder(sources) else { return Opened::Nothing };
        let Some(manifest) = Manifest::read(&folder) else { return Opened::Nothing };
        let standing = manifest.standing(sources);
        if standing == Standing::Foreign {
            return Opened::Nothing;
        }
        match Self::open_made(sources, &folder, &manifest) {
            Ok(index) if standing == Standing::Fresh => Opened::Fresh(index),
            Ok(index) => Opened::Stale(index),
            Err(_) => Opened::Nothing,
        }
    }

    /// Opens the index proper that `manifest` describes, if it is what was written.
    fn open_made(sources: &Sources, folder: &Path, manifest: &Manifest) -> Result<Self, Error> {
        let made = folder.join(&manifest.folder);
        let whole = manifest.parts_are_whole(folder);
        if made.symlink_metadata()?.is_symlink() {
            return Err(Error::Damaged);
        }
        let index = tantivy::Index::open_in_dir(&made)?;
        let (schema, fields) = schema::schema();
        if index.schema() != schema {
            return Err(Error::Damaged);
        }
        let names = |parts: &[manifest::Seen]| -> Vec<_> {
            parts.iter().map(|part| (part.path.clone(), part.size)).collect()
        };
        // Copied or restored: the times are new, the bytes should be the same.
        if !whole
            && (names(&manifest.parts) != names(&manifest::parts(&made))
                || manifest.parts.iter().any(|part| !part.holds(&made))
                || !index.validate_checksum()?.is_empty())
        {
            return Err(Error::Damaged);
        }
        let lexicon = Arc::new(words_of::lexicon(&words_of::read(&made)?));
        let places = Places::open(&made, sources.files.clone())?;
        let index = Self::of(index, fields, lexicon, Steps::default(), places, sources)?;
        if index.count() != manifest.entries {
            return Err(Error::Damaged);
        }
        Ok(index)
    }

    fn of(
        tantivy: tantivy::Index,
        fields: Fields,
        lexicon: Arc<Lexicon>,
        steps: Steps,
        places: Places,
        sources: &Sources,
    ) -> Result<Self, Error> {
        schema::register(&tantivy, &lexicon, steps);
        let reader = tantivy.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let (sources, widener) = (sources.clone(), OnceLock::new());
        let chains = Mutex::default();
        Ok(Self { tantivy, reader, fields, lexicon, steps, places, sources, widener, chains })
    }

    /// How many entries there are.
    pub fn count(&self) -> usize {
        self.searcher().num_docs() as usize
    }

    /// A chain, with what one before it remembers; to be [given back](Self::give_back).
    fn chain(&self) -> Chain {
        let known = self.chains.lock().unwrap_or_else(PoisonError::into_inner).pop();
        known.unwrap_or_else(|| Chain::new(Arc::clone(&self.lexicon), self.steps))
    }

    fn give_back(&self, chain: Chain) {
        self.chains.lock().unwrap_or_else(PoisonError::into_inner).push(chain);
    }

    fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }
}
