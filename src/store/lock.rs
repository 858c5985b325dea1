//! One of us at a time saves a file. The lock goes with the process: nothing is left when it dies.

use super::state::FileState;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
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
    of_state(state, PATIENCE)
}

/// The lock of a file if nobody holds it now.
pub fn attempt(state: &FileState) -> io::Result<Option<Lock>> {
    of_state(state, Duration::ZERO)
}

fn of_state(state: &FileState, patience: Duration) -> io::Result<Option<Lock>> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed())
        .open(state.lock())?;
    Ok(wait(&file, Instant::now(), patience)?.then_some(Lock { _file: file }))
}

/// Waits for the lock of the file itself, which holds among several users of one folder, who have
/// no state in common. A save puts a new file in the old one's place, so whoever has waited looks
/// whether what it holds is still the file. `Ok(None)` where another holds it too long; a file that
/// is not there or may not be opened is not locked.
pub fn take_itself(path: &Path) -> io::Result<Option<Option<Lock>>> {
    itself(path, PATIENCE)
}

/// [`take_itself`], if nobody holds it now.
pub fn attempt_itself(path: &Path) -> io::Result<Option<Option<Lock>>> {
    itself(path, Duration::ZERO)
}

fn itself(path: &Path, patience: Duration) -> io::Result<Option<Option<Lock>>> {
    use std::os::unix::fs::MetadataExt as _;
    let start = Instant::now();
    loop {
        let Ok(file) = File::open(path) else { return Ok(Some(None)) };
        if !wait(&file, start, patience)? {
            return Ok(None);
        }
        let held = file.metadata()?;
        match std::fs::metadata(path) {
            Ok(now) if (now.dev(), now.ino()) != (held.dev(), held.ino()) => {}
            _ => return Ok(Some(Some(Lock { _file: file }))),
        }
    }
}

/// Waits until `file` is ours; not longer than `patience` since `start`.
fn wait(file: &File, start: Instant, patience: Duration) -> io::Result<bool> {
    let mut pause = Duration::from_millis(1);
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) if start.elapsed() < patience => {
                std::thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(50));
            }
            Err(TryLockError::WouldBlock) => return Ok(false),
            // No locks on this file system: the comparison before the write has to do.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(true);
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}
