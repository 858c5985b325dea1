//! The interface line by line, for screen readers, Braille displays and pipes: the same state and
//! commands as on the screen; a line is asked for, and what followed is said. No boxes, no cursor
//! addressing, no colour.

mod ask;
mod say;
mod say_over;
mod talk;

pub use talk::{Talk, Turn};

use super::effect::Effect;
use super::reply::Reply;
use super::terminal::osc52;
use super::work::{clipboard, memory};
use crate::session::Error;
use crate::text::harmless;
use crate::text::said::Said;
use crate::world::{Opening, editor};
use std::io::{self, BufRead as _, IsTerminal as _, Write};

/// Reads lines from standard input until it ends or `quit`, and says on standard output what
/// follows.
pub fn run(opening: Opening) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    match lines(opening, &mut out) {
        // Whoever listened has had enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(|error| Error::world(Said::new("app.cannot-write")).because(error)),
    }
}

fn lines(opening: Opening, out: &mut impl Write) -> io::Result<()> {
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let language = super::run::language(&opening, &memory::all());
    let opens = crate::text::said::plain("tui.opening", language).unwrap_or_default();
    writeln!(out, "{opens}")?;
    out.flush()?;
    let title = super::run::title(&opening.folder);
    let (mut talk, said) = Talk::open(opening.folder, &title, language);
    speak(out, &said)?;
    let mut input = io::stdin().lock();
    loop {
        if is_terminal {
            write!(out, "{}", talk.prompt())?;
        }
        out.flush()?;
        let mut line = Vec::new();
        // Everything is on the disk before it is said: an end of the input loses nothing.
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let line = String::from_utf8_lossy(&line);
        let turn = talk.line(line.trim_end_matches(['\n', '\r']));
        speak(out, &turn.said)?;
        for effect in turn.outside {
            let said = match effect {
                Effect::Quit => return Ok(()),
                effect => outside(&mut talk, effect, out, is_terminal)?,
            };
            speak(out, &said)?;
        }
    }
}

/// What the state cannot do itself.
fn outside(
    talk: &mut Talk,
    effect: Effect,
    out: &mut impl Write,
    is_terminal: bool,
) -> io::Result<Vec<String>> {
    Ok(match effect {
        Effect::Copy(copied) => {
            let sequence = osc52(&copied.plain, std::env::var_os("TMUX").is_some(), false);
            if let (true, Some(sequence)) = (is_terminal, sequence) {
                write!(out, "{sequence}")?;
            }
            let mut said = talk.reply(clipboard::copy(&copied));
            said.extend(copied.plain.lines().map(str::to_owned));
            said
        }
        Effect::Lend { id, text } => match editor::edit(&text) {
            Ok(draft) if draft.text.trim() == text.trim() => Vec::new(),
            Ok(draft) => talk.reply(Reply::Edited { id, text: draft.text.clone() }),
            Err(error) => talk.reply(Reply::Trouble(error.into())),
        },
        Effect::Remember { name, value } => {
            // A setting that could not be kept is asked for again at the next start: no harm.
            let _kept = memory::keep(name, &value);
            Vec::new()
        }
        Effect::Suspend => {
            out.flush()?;
            signal_hook::low_level::raise(signal_hook::consts::SIGTSTP)?;
            Vec::new()
        }
        other => talk.perform(other),
    })
}

fn speak(out: &mut impl Write, said: &[String]) -> io::Result<()> {
    for line in said {
        writeln!(out, "{}", harmless::lines(line))?;
    }
    Ok(())
}
