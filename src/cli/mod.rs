//! Layer 8: the face for scripts and for the shell. Data goes to standard output, talk to standard
//! error.

pub mod args;
pub mod carry_out;
pub mod choice;
pub mod commands;
pub mod context;
pub mod exit_code;
mod localize;
pub mod progress;
mod refused;
mod run;

pub use context::Context;
pub use exit_code::ExitCode;
pub use run::{Failure, run};
