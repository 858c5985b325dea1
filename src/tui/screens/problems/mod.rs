//! What the rules found, with what to do about it.

pub mod state;
pub mod update;
pub mod view;

pub use state::State;
