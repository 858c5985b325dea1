//! One entry as a form: its fields by how much its type needs them, each edited in its line.

pub mod state;
pub mod update;
pub mod view;

pub use state::State;
