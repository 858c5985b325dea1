//! The exit codes: a contract with scripts.

use crate::session::{Error, Kind};

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum ExitCode {
    /// Fine.
    Fine = 0,
    /// There are findings, or no hit.
    Findings = 1,
    /// Wrong use.
    Use = 2,
    /// The world said no: unreadable, locked, changed on disk.
    World = 3,
    /// Our fault.
    Bug = 70,
}

impl ExitCode {
    /// The code for what stopped a request.
    pub fn of(error: &Error) -> Self {
        match error.kind {
            Kind::Use => Self::Use,
            Kind::World => Self::World,
            Kind::Bug => Self::Bug,
        }
    }
}
