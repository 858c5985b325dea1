//! The screens: a folder each, with what it knows (`state`), what follows from a command
//! (`update`) and what it looks like (`view`).

pub mod choice;
pub mod confirm;
pub mod form;
pub mod list;
pub mod page;
pub mod problems;
pub mod prompt;
pub mod review;
