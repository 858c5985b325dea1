//! The thread that reads the terminal. It waits for bytes or for a hang-up by itself, since
//! crossterm 0.29 reads a terminal that has gone for ever (crossterm#793).

use super::ground::Ground;
use crate::tui::event::Event;
use crossterm::event;
use rustix::event::{PollFd, PollFlags, poll};
use std::fs::File;
use std::io::{self, IsTerminal as _, PipeReader, PipeWriter, Read as _, Write as _};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// The reading thread, which can be told to leave the terminal to somebody else for a while.
pub struct Input {
    wake: PipeWriter,
    paused: Receiver<()>,
    resume: Sender<()>,
}

impl Input {
    /// Starts reading; what happens is sent to `events`.
    pub fn start(events: Sender<Event>) -> io::Result<Self> {
        let (woken, wake) = io::pipe()?;
        let (has_paused, paused) = channel();
        let (resume, resumed) = channel();
        let terminal = terminal()?;
        std::thread::Builder::new().name("input".to_owned()).spawn(move || {
            let reading = Reading { terminal, woken, has_paused, resumed };
            reading.run(&events);
        })?;
        Ok(Self { wake, paused, resume })
    }

    /// Leaves the terminal alone until [`Input::resume`].
    pub fn pause(&mut self) {
        if self.wake.write_all(b"p").is_ok() {
            let _paused = self.paused.recv_timeout(Duration::from_secs(1));
        }
    }

    /// Reads again.
    pub fn resume(&mut self) {
        let _resumed = self.resume.send(());
    }
}

/// Where crossterm reads from: standard input if that is a terminal, else the controlling one.
fn terminal() -> io::Result<OwnedFd> {
    if io::stdin().is_terminal() {
        io::stdin().as_fd().try_clone_to_owned()
    } else {
        Ok(File::options().read(true).write(true).open("/dev/tty")?.into())
    }
}

/// How long crossterm looks for another event; with none at all it does not look.
const MOMENT: Duration = Duration::from_millis(1);

struct Reading {
    terminal: OwnedFd,
    woken: PipeReader,
    has_paused: Sender<()>,
    resumed: Receiver<()>,
}

impl Reading {
    fn run(mut self, events: &Sender<Event>) {
        let mut ground = Ground::default();
        while let Ok((terminal, woken)) = self.wait() {
            if woken.contains(PollFlags::IN) {
                let mut byte = [0];
                let _read = self.woken.read(&mut byte);
                if self.has_paused.send(()).is_err() || self.resumed.recv().is_err() {
                    return;
                }
                continue;
            }
            if terminal.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                break;
            }
            while event::poll(MOMENT).unwrap_or(false) {
                let Ok(raw) = event::read() else { break };
                for event in Event::from_terminal(raw).into_iter().flat_map(|it| ground.take(it)) {
                    if events.send(event).is_err() {
                        return;
                    }
                }
            }
        }
        let _sent = events.send(Event::HungUp);
    }

    /// Waits for bytes, a hang-up or a call; no time limit, so an idle program does nothing.
    fn wait(&self) -> io::Result<(PollFlags, PollFlags)> {
        let mut watched =
            [PollFd::new(&self.terminal, PollFlags::IN), PollFd::new(&self.woken, PollFlags::IN)];
        loop {
            match poll(&mut watched, None) {
                Ok(_) => return Ok((watched[0].revents(), watched[1].revents())),
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}
