//! Ctrl-C during work that can be ended half-way with something to show for it.

use signal_hook::SigId;
use signal_hook::consts::SIGINT;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// From here until it is dropped, the first Ctrl-C raises a flag and the second ends the program.
pub struct Interrupt {
    flag: Arc<AtomicBool>,
    ids: Vec<SigId>,
}

impl Interrupt {
    /// Listens. Where that is not possible, Ctrl-C ends the program as ever.
    pub fn listen() -> Self {
        let flag = Arc::new(AtomicBool::new(false));
        // The first to be registered acts first: nothing, as long as the flag is down.
        let ids = [
            signal_hook::flag::register_conditional_default(SIGINT, Arc::clone(&flag)),
            signal_hook::flag::register(SIGINT, Arc::clone(&flag)),
        ];
        Self { flag, ids: ids.into_iter().flatten().collect() }
    }

    /// Whether it was pressed.
    pub fn flag(&self) -> &AtomicBool {
        &self.flag
    }
}

impl Drop for Interrupt {
    fn drop(&mut self) {
        for id in self.ids.drain(..) {
            signal_hook::low_level::unregister(id);
        }
    }
}
