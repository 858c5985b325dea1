//! One of us at a time saves a file. The lock goes with the process: nothing is left when it dies.

use super::state::FileState;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::time::{Duration, Instant};

/// A held lock; given back when dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// How long to wait for another of us to finish a save.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits for the lock of a file; none where another process still holds it after twenty seconds.
pub fn take(state: &FileState) -> io::Result<Option<Lock>> {
    wait(state, PATIENCE)
}

/// The lock of a file if nobody holds it now.
pub fn attempt(state: &FileState) -> io::Result<Option<Lock>> {
    wait(state, Duration::ZERO)
}

fn wait(state: &FileState, patience: Duration) -> io::Result<Option<Lock>> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed())
        .open(state.lock())?;
    let start = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(Lock { _file: file })),
            Err(TryLockError::WouldBlock) if start.elapsed() < patience => {
                std::thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(50));
            }
            Err(TryLockError::WouldBlock) => return Ok(None),
            // No locks on this file system: the comparison before the write has to do.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(Some(Lock { _file: file }));
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}
