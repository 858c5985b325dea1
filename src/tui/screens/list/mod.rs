//! The list of entries with facets, search line and preview.

pub mod state;
pub mod update;
pub mod view;

pub use state::State;
