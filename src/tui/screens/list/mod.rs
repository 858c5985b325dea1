//! The list of entries with facets, search line and preview.

mod bar;
pub mod finding;
pub mod state;
pub mod update;
pub mod view;

pub use state::State;
