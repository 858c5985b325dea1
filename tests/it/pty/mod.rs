//! The real program in a pseudo-terminal: it waits for what should be on the screen, never for time.

mod basics;
mod journeys;
mod outside;
pub mod terminal;
