//! The integration tests, one program: links once, runs in parallel.

mod architecture;
mod bad_input;
mod catalogues;
mod documents;
mod support;
