//! Layer 3: what an entry means, by BibLaTeX's data model. Knows nothing of how a file is indented.

pub mod alias;
pub mod csl;
pub mod date;
pub mod entry;
pub mod inherit;
pub mod library;
pub mod name;
pub mod name_tex;

pub use date::Date;
pub use entry::{Entry, Field, Place};
pub use library::{Library, Source};
pub use name::Name;
