//! Reference lists and citations with the Citation Style Language, version 1.0.2.
//!
//! [`style::Style`] and [`locale::Locale`] are read once; a [`processor::Processor`] joins them and
//! turns [`item::Item`]s into references. `docs/citing.md` says how.

pub mod builtin;
pub mod citation;
pub mod convert;
pub mod document;
pub mod format;
pub mod group;
pub mod item;
pub mod locale;
pub mod missing;
pub mod output;
pub mod processor;
pub(in crate::cite) mod render;
pub(in crate::cite) mod sort;
pub mod style;
