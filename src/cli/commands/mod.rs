//! The commands: a file each, with its arguments (`Args`) and what it does (`run`).

pub mod add;
pub mod check;
pub mod cite;
pub mod completions;
pub mod convert;
pub mod dedupe;
pub mod doctor;
pub mod edit;
pub mod export;
pub mod format;
pub mod import;
pub mod keys;
pub mod list;
pub mod log;
pub mod man;
pub mod move_to;
pub mod publish;
pub mod release;
pub mod rename;
pub mod rm;
pub mod set;
pub mod show;
pub mod styles;
pub mod subset;
pub mod undo;
pub mod unset;
