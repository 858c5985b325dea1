//! The integration tests, one program: links once, runs in parallel.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test that cannot go on says so and stops"
)]

mod architecture;
mod bad_input;
mod bibutils;
mod catalogues;
mod cite;
mod cite_from_bib;
mod cite_office;
mod citeproc;
mod csl_oracle;
mod damage;
mod data;
mod dedupe;
mod documents;
mod editing;
mod exchange;
mod faults;
mod fetch;
mod finding;
mod git;
mod hostile_styles;
mod importing;
mod imports;
mod links;
mod manual;
mod must_handle;
mod plain;
mod pty;
mod publish;
mod publish_again;
mod publish_hostile;
mod queries;
mod rules;
mod saving;
mod search_quality;
mod second_opinion;
mod settings;
mod support;
mod threats;
mod tls;
mod tui;
mod zoo;
mod zoo_edits;
