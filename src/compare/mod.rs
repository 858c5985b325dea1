//! Layer 4: descriptions of perhaps one work, and what to do about them.
//!
//! [`Features`] folds an entry once (TeX, marks, abbreviations, forms of names); [`candidates`]
//! finds pairs worth a look by several cheap keys, in time linear in their number; [`compare`]
//! adds up evidence for and against (after Fellegi and Sunter, "A theory for record linkage",
//! 1969) and gives the reasons in words; [`find`] gathers pairs in clusters; [`incoming`] holds
//! newcomers against a library; [`merge`] makes one entry of several. Nothing here knows a file.

mod apart;
mod candidates;
mod cluster;
mod container;
mod decisions;
mod features;
mod incoming;
pub mod merge;
mod pages;
mod people;
mod score;
mod title;

pub use candidates::candidates;
pub use cluster::{Cluster, Pair, find, find_told};
pub use decisions::Decisions;
pub use features::Features;
pub use incoming::{Incoming, Match, incoming};
pub use score::{Likeness, PERHAPS, Reason, SAME, Verdict, compare};
