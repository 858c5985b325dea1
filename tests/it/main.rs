//! The integration tests, one program: links once, runs in parallel.

mod architecture;
mod catalogues;
