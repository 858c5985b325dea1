//! Citations: how they are told apart, drawn together and placed.

pub(in crate::cite) mod disambiguate;
mod disambiguate_step;
pub(in crate::cite) mod look;
pub(in crate::cite) mod names_registry;
