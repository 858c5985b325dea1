//! Layer 6: files. The only door to the user's `.bib` files, for reading and for saving.

pub mod clock;
mod copies;
pub mod decisions;
pub mod folder;
pub mod history;
mod in_place;
pub mod journal;
mod lock;
pub mod read;
mod ready;
mod replace;
pub mod save;
pub mod state;
