//! Signals have a thread of their own, so that the terminal is given back even when the rest of the
//! program hangs in a write to it.

use super::screen::restore;
use crate::tui::event::Event;
use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;
use std::io;
use std::sync::mpsc::Sender;

/// Starts to listen. Every edit is in the journal before it is shown, so on the way out nothing
/// remains to be saved.
pub fn listen(events: Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            let event = match signal {
                SIGWINCH => match crossterm::terminal::size() {
                    Ok((width, height)) => Event::Resize(width, height),
                    Err(_) => continue,
                },
                SIGCONT => Event::Returned,
                SIGTSTP => {
                    restore();
                    let _stopped = emulate_default_handler(SIGTSTP);
                    Event::Returned
                }
                ending => {
                    restore();
                    let _ended = emulate_default_handler(ending);
                    return;
                }
            };
            if events.send(event).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}
