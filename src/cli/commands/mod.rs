//! The commands: a file each, with its arguments (`Args`) and what it does (`run`).

pub mod list;
pub mod show;
