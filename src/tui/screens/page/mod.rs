//! A page to read.

pub mod state;
pub mod update;
pub mod view;

pub use state::State;
