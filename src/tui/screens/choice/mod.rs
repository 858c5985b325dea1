//! One of many, chosen by typing a part of it: palette, help, formats, styles.

pub mod state;
pub mod update;
pub mod view;

pub use state::State;
