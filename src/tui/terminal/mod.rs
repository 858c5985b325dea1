//! The terminal: taken, drawn on, lent, and always given back.

mod clipboard;
mod ground;
mod input;
mod screen;
mod signals;

pub use clipboard::osc52;
pub use input::Input;
pub use screen::Screen;
pub use signals::listen;
