//! A line that asks for one text.

pub mod state;
pub mod update;
pub mod view;

pub use state::State;
