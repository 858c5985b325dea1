//! Layer 5: what was asked and what follows. Pure: it decides, the world does.

pub mod error;
pub mod publish;
pub mod subset;

pub use error::{Error, Kind};
