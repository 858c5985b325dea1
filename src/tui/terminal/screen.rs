//! Taking the terminal, drawing on it, giving it back.

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::Print;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::{Frame, Terminal};
use std::io::{self, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::ThreadId;
use std::time::Duration;

/// Whether the terminal is ours now.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Held while something is written, so that a signal does not give the terminal back in the middle
/// of a frame.
static WRITING: Mutex<()> = Mutex::new(());

/// Presses and drags of the mouse, in the encoding without limits; not every move, which would
/// flood a slow line.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// A frame goes out in one write.
#[derive(Debug, Default)]
pub struct OneWrite {
    bytes: Vec<u8>,
}

impl Write for OneWrite {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let _held = WRITING.lock();
        let mut out = io::stdout().lock();
        let done = out.write_all(&self.bytes).and_then(|()| out.flush());
        self.bytes.clear();
        done
    }
}

/// The terminal while it is ours.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<OneWrite>>,
}

impl Screen {
    /// Takes the terminal. A panic of this thread gives it back before it is told; a panic of
    /// another does not touch it.
    pub fn take() -> io::Result<Self> {
        watch_panics(std::thread::current().id());
        enter()?;
        let terminal = Terminal::new(CrosstermBackend::new(OneWrite::default()))?;
        Ok(Self { terminal })
    }

    /// Draws one frame.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.terminal.draw(view)?;
        Ok(())
    }

    /// Columns and rows.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        let size = self.terminal.size()?;
        Ok((size.width, size.height))
    }

    /// Sends `sequence` to the terminal as it is.
    pub fn send(&mut self, sequence: &str) -> io::Result<()> {
        let out = self.terminal.backend_mut();
        out.write_all(sequence.as_bytes())?;
        io::Write::flush(out)
    }

    /// Forgets what is on the screen, so that the next frame draws all of it.
    pub fn forget(&mut self) -> io::Result<()> {
        // `Terminal::clear` asks where the cursor is; a terminal that is slow to answer, or whose
        // answer another reader takes, would end the program.
        self.terminal = Terminal::new(CrosstermBackend::new(OneWrite::default()))?;
        self.send("\x1b[2J")
    }

    /// Asks the terminal for the colour of its ground; the answer comes as an event.
    pub fn ask_ground(&mut self) -> io::Result<()> {
        self.send(super::ground::QUESTION)
    }

    /// Gives the terminal to `borrower` and takes it back.
    pub fn lend<T>(&mut self, borrower: impl FnOnce() -> T) -> io::Result<T> {
        restore();
        let done = borrower();
        enter()?;
        self.forget()?;
        Ok(done)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        restore();
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, Print(MOUSE_ON), Hide)
}

/// Gives the terminal back, if it is ours. May be called from any thread and more than once; waits
/// only a moment for a frame that is under way.
pub fn restore() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    // A terminal that takes nothing more may hold the lock for ever: a moment is enough.
    let mut held = None;
    for _ in 0..20 {
        held = WRITING.try_lock().ok();
        if held.is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let mut sequence = Vec::new();
    let queued =
        queue!(sequence, Print(MOUSE_OFF), DisableBracketedPaste, Show, LeaveAlternateScreen);
    if queued.is_ok() {
        // Past std's own lock, which a frame under way may hold; and nobody could do anything
        // about an error.
        let _written = rustix::io::write(rustix::stdio::stdout(), &sequence);
    }
    let _cooked = disable_raw_mode();
    drop(held);
}

fn watch_panics(ours: ThreadId) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() == ours {
            restore();
            before(info);
        } else if !TAKEN.load(Ordering::SeqCst) {
            before(info);
        }
        // A worker's panic is told by the worker: the screen is not touched.
    }));
}
