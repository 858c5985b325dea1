//! kilde: a research bibliography and reference manager.
//!
//! The modules are named here from the bottom up; each uses only those above it in this list.

pub mod text;

pub mod bibtex;

pub mod cite;
