//! Reference lists and citations with the Citation Style Language, version 1.0.2.

pub mod builtin;
pub mod convert;
pub mod document;
pub mod format;
pub mod item;
