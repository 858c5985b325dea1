//! The program `kilde`.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(kilde::cli::run(std::env::args_os(), kilde::tui::run) as u8)
}
