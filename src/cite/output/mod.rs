//! From a tree of rendered parts to text: markup in values, punctuation, quotation marks, and the
//! writers.

pub mod blob;
pub(in crate::cite) mod flatten;
pub(in crate::cite) mod flipflop;
mod flipflop_tags;
pub(in crate::cite) mod markup;
pub(in crate::cite) mod merge;
pub(in crate::cite) mod pieces;
pub(in crate::cite) mod punctuation;
