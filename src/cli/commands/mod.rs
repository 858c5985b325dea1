//! The commands: a file each, with its arguments (`Args`) and what it does (`run`).

pub mod cite;
pub mod completions;
pub mod convert;
pub mod dedupe;
pub mod doctor;
pub mod export;
pub mod import;
pub mod list;
pub mod man;
pub mod publish;
pub mod release;
pub mod show;
pub mod styles;
pub mod subset;
