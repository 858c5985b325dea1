//! The workers: what takes time happens in their threads and comes back as a reply.

pub mod clipboard;
pub mod memory;
pub mod reader;
pub mod shelf;
mod threads;

pub use threads::Workers;
