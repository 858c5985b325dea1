//! Layer 6: files. The only door to the user's `.bib` files, for reading and for saving.

pub mod decisions;
pub mod folder;
pub mod read;
