//! kilde: a research bibliography and reference manager.
//!
//! The modules are named here from the bottom up; each uses only those above it in this list
//! (`ARCHITECTURE.md` has the whole rule, `tests/it/architecture.rs` holds it).

// 1: text without meaning
pub mod text;

// 2: the file as written
pub mod bibtex;

// 3: what the file means
pub mod model;

// 4: the trade's work, in memory
pub mod check;
pub mod cite;
pub mod compare;
pub mod exchange;
pub mod key_pattern;
pub mod overview;
pub mod query;
pub mod settings;

// 5: what was asked and what follows
pub mod session;

// 6: files and index
pub mod index;
pub mod store;

// 7: where things happen
pub mod world;

// 8: faces
pub mod cli;
pub mod tui;
