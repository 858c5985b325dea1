//! A question answered with yes or no.

pub mod state;
pub mod update;
pub mod view;

pub use state::State;
