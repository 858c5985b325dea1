//! Records that come in, or entries that are perhaps one work, side by side.

pub mod state;
pub mod update;
pub mod view;

pub use state::State;
