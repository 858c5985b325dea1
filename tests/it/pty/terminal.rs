//! A pseudo-terminal with the program in it.

use crate::support::desk::Desk;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read as _, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// How long something may take before the test gives up; only a failing test waits so long.
const LIMIT: Duration = Duration::from_secs(20);

/// A pseudo-terminal with the program in it.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
}

struct Seen {
    screen: vt100::Parser,
    bytes: Vec<u8>,
    is_over: bool,
}

impl Terminal {
    /// Starts the program at `desk`.
    pub fn open(desk: &Desk, arguments: &[&str], columns: u16, rows: u16) -> Self {
        Self::open_with(desk, arguments, &[], columns, rows)
    }

    /// Starts the program at `desk` with variables of the environment.
    pub fn open_with(
        desk: &Desk,
        arguments: &[&str],
        variables: &[(&str, &str)],
        columns: u16,
        rows: u16,
    ) -> Self {
        let program = env!("CARGO_BIN_EXE_kilde");
        Self::start(program, desk, arguments, variables, columns, rows)
    }

    /// Starts `program` at `desk`.
    pub fn start(
        program: &str,
        desk: &Desk,
        arguments: &[&str],
        variables: &[(&str, &str)],
        columns: u16,
        rows: u16,
    ) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(desk.path());
        command.env_clear();
        let home = desk.path().join("home");
        for (name, value) in
            [("HOME", home.to_str().unwrap()), ("PATH", "/nowhere"), ("TERM", "xterm-256color")]
        {
            command.env(name, value);
        }
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let keys = pty.master.take_writer().unwrap();
        let seen = Seen {
            screen: vt100::Parser::new(cells(rows), cells(columns), 0),
            bytes: vec![],
            is_over: false,
        };
        let seen = Arc::new((Mutex::new(seen), Condvar::new()));
        let mut reader = pty.master.try_clone_reader().unwrap();
        let reading = Arc::clone(&seen);
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            loop {
                let count = reader.read(&mut buffer).unwrap_or(0);
                let mut seen = reading.0.lock().unwrap();
                seen.screen.process(&buffer[..count]);
                seen.bytes.extend_from_slice(&buffer[..count]);
                seen.is_over |= count == 0;
                reading.1.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        Self { master: pty.master, keys, child, seen }
    }

    /// Sends bytes as a keyboard would.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        self
    }

    /// Waits until the screen says `text`.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) -> &mut Self {
        self.wait_until(text, |screen, _| screen.contains(text))
    }

    /// Waits until `is_so` holds of the screen.
    #[track_caller]
    pub fn wait_so(&mut self, what: &str, is_so: impl Fn(&str) -> bool) -> &mut Self {
        self.wait_until(what, |screen, _| is_so(screen))
    }

    /// Waits until the screen no longer says `text`.
    #[track_caller]
    pub fn wait_gone(&mut self, text: &str) -> &mut Self {
        self.wait_until(text, |screen, _| !screen.contains(text))
    }

    /// Waits until the program has sent `bytes`.
    #[track_caller]
    pub fn wait_sent(&mut self, bytes: &str) -> &mut Self {
        self.wait_until(bytes, |_, sent| {
            sent.windows(bytes.len()).any(|window| window == bytes.as_bytes())
        })
    }

    /// Waits until another program has written a file that holds `text`.
    #[track_caller]
    pub fn wait_file(&mut self, path: &std::path::Path, text: &str) -> &mut Self {
        let deadline = Instant::now() + LIMIT;
        while std::fs::read_to_string(path).unwrap_or_default() != text {
            assert!(Instant::now() < deadline, "waited for {text:?} in {}", path.display());
            std::thread::yield_now();
        }
        self
    }

    #[track_caller]
    fn wait_until(&mut self, what: &str, is_so: impl Fn(&str, &[u8]) -> bool) -> &mut Self {
        let deadline = Instant::now() + LIMIT;
        {
            let (seen, changed) = &*self.seen;
            let mut seen = seen.lock().unwrap();
            loop {
                let contents = seen.screen.screen().contents();
                if is_so(&contents, &seen.bytes) {
                    break;
                }
                let left = deadline.saturating_duration_since(Instant::now());
                assert!(!left.is_zero() && !seen.is_over, "waited for {what:?}; saw\n{contents}");
                seen = changed.wait_timeout(seen, left).unwrap().0;
            }
        }
        self
    }

    /// The bytes that the program has sent so far.
    pub fn sent(&self) -> Vec<u8> {
        self.seen.0.lock().unwrap().bytes.clone()
    }

    /// Whether the program is stopped, as a shell stops a job; waits until it is.
    pub fn wait_stopped(&mut self) -> &mut Self {
        let stat = format!("/proc/{}/stat", self.child.process_id().unwrap());
        let deadline = Instant::now() + LIMIT;
        loop {
            let text = std::fs::read_to_string(&stat).unwrap();
            let state = text.rsplit_once(") ").and_then(|(_, rest)| rest.chars().next());
            if state == Some('T') {
                return self;
            }
            assert!(Instant::now() < deadline, "the program goes on: {text}");
            std::thread::yield_now();
        }
    }

    /// Waits until the terminal is as it was before the program took it.
    pub fn wait_given_back(&mut self) -> &mut Self {
        let deadline = Instant::now() + LIMIT;
        while !self.is_given_back() {
            assert!(Instant::now() < deadline, "the terminal is still the program's");
            std::thread::yield_now();
        }
        self
    }

    /// What is on the screen now.
    pub fn screen(&self) -> String {
        self.seen.0.lock().unwrap().screen.screen().contents()
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.seen.0.lock().unwrap().screen.screen_mut().set_size(cells(rows), cells(columns));
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).unwrap();
        self
    }

    /// Sends a signal to the program.
    pub fn signal(&mut self, signal: rustix::process::Signal) -> &mut Self {
        let id = i32::try_from(self.child.process_id().unwrap()).unwrap();
        rustix::process::kill_process(rustix::process::Pid::from_raw(id).unwrap(), signal).unwrap();
        self
    }

    /// The end of the pseudo-terminal at which the program is.
    fn other_end(&self) -> std::os::fd::OwnedFd {
        use rustix::fs::{Mode, OFlags, open};
        let flags = OFlags::RDWR | OFlags::NOCTTY;
        open(self.master.tty_name().unwrap(), flags, Mode::empty()).unwrap()
    }

    /// Waits for the end; gives the exit code.
    pub fn left(&mut self) -> u32 {
        self.child.wait().unwrap().exit_code()
    }

    /// Waits for the end; gives the exit code, and whether the terminal was given back: the
    /// alternate screen left, the mouse let go, lines edited and echoed by the terminal again.
    pub fn end(&mut self) -> (u32, bool) {
        let status = self.child.wait().unwrap();
        self.wait_sent("\x1b[?1049l");
        (status.exit_code(), self.is_given_back())
    }

    /// Whether the terminal is as it was before the program took it.
    pub fn is_given_back(&self) -> bool {
        let termios = rustix::termios::tcgetattr(self.other_end()).unwrap();
        let modes = rustix::termios::LocalModes::ECHO | rustix::termios::LocalModes::ICANON;
        let cooked = termios.local_modes.contains(modes);
        let seen = self.seen.0.lock().unwrap();
        let screen = seen.screen.screen();
        cooked
            && !screen.alternate_screen()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
            && !screen.bracketed_paste()
            && !screen.hide_cursor()
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}
