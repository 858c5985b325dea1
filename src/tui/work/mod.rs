//! The workers: what takes time happens in their threads and comes back as a reply.

mod catalogue;
mod changing;
mod checking;
mod citing;
pub mod clipboard;
mod early;
mod exporting;
mod finder;
pub mod job;
mod jobs;
pub mod memory;
mod narrowing;
mod opening;
pub mod reader;
mod reviewing;
mod searching;
mod showing;
mod threads;

pub use threads::Workers;

/// What comes from a file is worked on with room to recurse.
const STACK: usize = 16 << 20;
