//! Layer 8: the face for people. Event → [`update`](update::update) → effects → workers → replies,
//! which are events again; [`view`](view::view) draws the state. State, update and view touch
//! nothing but themselves, so they are tested without a terminal.

pub mod available;
pub mod canvas;
pub mod cells;
pub mod change;
mod changing;
pub mod command;
pub mod cursor;
pub mod depth;
pub mod effect;
pub mod event;
mod fault;
pub mod find;
pub mod hints;
pub mod input;
pub mod keymap;
pub mod layout;
mod mouse;
pub mod offer;
pub mod paint;
pub mod picture;
pub mod plain;
pub mod press;
pub mod preview;
mod replied;
pub mod reply;
pub mod review;
mod run;
pub mod screens;
pub mod stage;
pub mod state;
mod terminal;
pub mod tutorial;
pub mod update;
pub mod view;
pub mod work;

pub use run::run;
