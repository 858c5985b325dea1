//! A terminal that goes away ends the program: it neither spins nor stays behind.

use super::terminal::Terminal;
use crate::support::desk::{Desk, root};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, pidfd_open};
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

/// The variable that tells the second process which folder it is at, and how to start.
const HOLDS: &str = "KILDE_TEST_HOLDS";

const BIB: &str = "@book{a, author={A}, title={Norsk Grammatik}}\n";

/// Not a test of its own: with [`HOLDS`] it is the terminal that the others close.
#[test]
fn hold_a_terminal() {
    let Some(how) = std::env::var_os(HOLDS) else { return };
    let desk = Desk::with_bib(BIB);
    let program = env!("CARGO_BIN_EXE_kilde");
    let runs = format!("echo $$ > pid; exec {program} --lang en refs.bib");
    // In a session of its own it has no controlling terminal, and no signal comes.
    let script = if how == "session" { format!("setsid sh -c '{runs}'") } else { runs };
    let variables = [("PATH", "/usr/bin:/bin")];
    let mut terminal = Terminal::start("/bin/sh", &desk, &["-c", &script], &variables, 80, 24);
    terminal.wait_for("1 entry").press("/gram").wait_for("1/1");
    println!("pid {}", desk.read("pid").trim());
    loop {
        std::thread::park();
    }
}

/// Whether the program ends when its terminal does, and how much it worked meanwhile.
fn ends(how: &str) -> bool {
    let mut holder = Command::new(std::env::current_exe().unwrap())
        .args(["pty::closed::hold_a_terminal", "--exact", "--nocapture", "--test-threads=1"])
        .current_dir(root())
        .env(HOLDS, how)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(holder.stdout.take().unwrap()).lines();
    let id = lines
        .map_while(Result::ok)
        .find_map(|line| line.split_once("pid ").and_then(|(_, id)| id.trim().parse::<i32>().ok()));
    let Some(id) = id else {
        holder.wait().unwrap();
        panic!("no program on the terminal");
    };
    let program = pidfd_open(Pid::from_raw(id).unwrap(), PidfdFlags::empty()).unwrap();
    // All its ends of the terminal close with it.
    holder.kill().unwrap();
    holder.wait().unwrap();
    let limit = Timespec { tv_sec: 10, tv_nsec: 0 };
    let ended = poll(&mut [PollFd::new(&program, PollFlags::IN)], Some(&limit)).unwrap();
    if ended == 0 {
        let _killed = rustix::process::kill_process(
            Pid::from_raw(id).unwrap(),
            rustix::process::Signal::KILL,
        );
    }
    ended == 1
}

#[test]
fn a_closed_terminal_ends_the_program() {
    assert!(ends("leader"));
}

#[test]
fn it_ends_too_where_no_signal_tells_it() {
    if !std::path::Path::new("/usr/bin/setsid").exists() {
        eprintln!("skipped: there is no setsid here");
        return;
    }
    assert!(ends("session"));
}
