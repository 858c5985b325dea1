//! Layer 5: what was asked and what follows. Pure: it decides, the world does.

pub mod change;
pub mod dry_run;
pub mod error;
pub mod import;
pub mod keys;
pub mod publish;
pub mod searches;
pub mod subset;
pub mod target;
pub mod terms;

pub use error::{Error, Kind};
