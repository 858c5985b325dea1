//! The clipboard by way of the desktop's own programs.

use crate::text::said::Said;
use crate::tui::effect::Copied;
use crate::tui::reply::{Reply, Trouble};
use std::env;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// A program that takes a text for the clipboard on its standard input.
struct Tool {
    program: &'static str,
    arguments: &'static [&'static str],
    /// Its arguments for HTML, where it can.
    html: Option<&'static [&'static str]>,
    /// The variable that says that its desktop is there.
    needs: Option<&'static str>,
}

const TOOLS: &[Tool] = &[
    Tool {
        program: "tmux",
        arguments: &["load-buffer", "-w", "-"],
        html: None,
        needs: Some("TMUX"),
    },
    Tool {
        program: "wl-copy",
        arguments: &["--type", "text/plain;charset=utf-8"],
        html: Some(&["--type", "text/html"]),
        needs: Some("WAYLAND_DISPLAY"),
    },
    Tool {
        program: "xclip",
        arguments: &["-selection", "clipboard"],
        html: Some(&["-selection", "clipboard", "-t", "text/html"]),
        needs: Some("DISPLAY"),
    },
    Tool {
        program: "xsel",
        arguments: &["--clipboard", "--input"],
        html: None,
        needs: Some("DISPLAY"),
    },
    Tool { program: "pbcopy", arguments: &[], html: None, needs: None },
    Tool { program: "clip.exe", arguments: &[], html: None, needs: Some("WSL_DISTRO_NAME") },
    Tool { program: "termux-clipboard-set", arguments: &[], html: None, needs: None },
];

/// Whether the program runs on another machine than the user sits at.
pub fn is_remote() -> bool {
    ["SSH_TTY", "SSH_CONNECTION"].iter().any(|name| env::var_os(name).is_some())
}

/// Puts `copied` on the clipboard of this machine; the terminal has been sent it already.
pub fn copy(copied: &Copied) -> Reply {
    let told =
        |by: &str| Reply::Copied { what: copied.what, count: copied.count, by: by.to_owned() };
    if !is_remote() {
        for tool in TOOLS {
            if tool.needs.is_some_and(|name| env::var_os(name).is_none()) {
                continue;
            }
            let (arguments, text) = match (&copied.html, tool.html) {
                (Some(html), Some(arguments)) => (arguments, html),
                _ => (tool.arguments, &copied.plain),
            };
            if run(tool.program, arguments, text).is_ok() {
                return told(tool.program);
            }
        }
    }
    if crate::tui::terminal::osc52(&copied.plain, false, false).is_some() {
        return told("OSC 52");
    }
    let said = Said::new("tui.too-long-to-copy");
    let hints = vec![Said::new("tui.too-long-to-copy.help")];
    Reply::Trouble(Trouble { said, hints, cause: None })
}

fn run(program: &str, arguments: &[&str], text: &str) -> std::io::Result<()> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes())?;
    }
    if child.wait()?.success() { Ok(()) } else { Err(std::io::Error::other(program.to_owned())) }
}
