//! The long part of the fault plan: `cargo test --test faults` runs all of it, `… -- F4 F7` some rows.
//!
//! The real program is killed before and failed at every system call of what it does to files, its
//! calls are replayed in a model that loses what was not synced, and it saves where there is no room
//! or no right, where others write, and on a file system that lies.
//!
//! Oracles: the file is byte for byte the old or the new one (O1); where the program said that it
//! saved, it is the new one (O2); where it did not, it said so and the change is in the journal or
//! was not meant yet (O3); after the next start nothing is left beside it (O4); no other file is
//! touched (O5). Each layer (system calls killed and failed, a file system that lies, the model of
//! power cuts, recovery, places) is also run on a saver that is wrong on purpose, and must catch it.
//!
//! Everything happens below `$KILDE_FAULT_DIR`, else `/dev/shm`, else the usual temporary folder.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test that cannot go on says so and stops"
)]

mod bytes;
mod clock;
mod desk;
mod fuse;
mod lying;
mod model;
mod naive;
mod others;
mod places;
mod recovery;
mod report;
mod syscalls;
mod trace;

use report::Row;
use std::process::ExitCode;
use std::time::Instant;

/// The rows of the plan, the quick ones first.
const LAYERS: &[(&str, fn() -> Row)] = &[
    ("F6", places::full),
    ("F8", places::forbidden),
    ("F12", bytes::cut),
    ("F14", clock::wrong),
    ("F16", bytes::odd),
    ("F17", places::links),
    ("F18", places::elsewhere),
    ("F7", lying::faults),
    ("F10", lying::useless_locks),
    ("F11", others::outside),
    ("F4", model::power_cuts),
    ("F5", recovery::killed),
    ("F9", others::two_writers),
    ("F1", syscalls::killed),
    ("F2", syscalls::failed),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, how, file] = arguments.as_slice()
        && flag == "--naive"
    {
        naive::save(how, file.as_ref());
        return ExitCode::SUCCESS;
    }
    let asked = |name: &str| arguments.iter().any(|it| it == name);
    let any = LAYERS.iter().any(|(name, _)| asked(name));
    let (start, mut bad) = (Instant::now(), 0);
    for (name, run) in LAYERS.iter().filter(|(name, _)| !any || asked(name)) {
        let begun = Instant::now();
        let row = run();
        println!("{name:<4} {:>4} s  {row}", begun.elapsed().as_secs());
        bad += row.bad();
    }
    println!("{bad} breaches in {} s", start.elapsed().as_secs());
    if bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
