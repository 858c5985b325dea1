//! The real program in a pseudo-terminal: it waits for what should be on the screen, never for time.

mod basics;
mod closed;
mod hostile;
mod journeys;
mod outside;
mod robust;
pub mod terminal;
