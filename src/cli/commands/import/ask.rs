//! `--duplicates ask`: a person decides on each record that is, or may be, there already. A capital
//! letter decides for all that follow.

use super::report::brief;
use crate::cli::{Context, Failure};
use crate::exchange::Record;
use crate::model::Library;
use crate::session::import::{Doing, Import, Standing};
use crate::text::said::Said;
use std::io::{self, BufRead};

/// Asks about each record that is not new.
pub(super) fn all(
    library: &Library,
    import: &mut Import,
    context: &mut Context<'_>,
) -> Result<(), Failure> {
    let mut input = io::stdin().lock();
    let mut for_all: Option<char> = None;
    let open: Vec<usize> = (0..import.newcomers.len())
        .filter(|at| {
            matches!(import.newcomers[*at].standing, Standing::Same(..) | Standing::Perhaps(..))
        })
        .collect();
    for (nth, at) in open.iter().enumerate() {
        let (there, reasons) = match &import.newcomers[*at].standing {
            Standing::Same(there, reasons) | Standing::Perhaps(there, reasons) => {
                (*there, reasons.clone())
            }
            _ => continue,
        };
        let answer = match for_all {
            Some(answer) => answer,
            None => {
                let entry = Record::from_entry(&library.entries[there]);
                let why: Vec<String> = reasons.iter().map(|it| context.words(it)).collect();
                let said = Said::new("import.ask")
                    .with("nth", nth + 1)
                    .with("count", open.len())
                    .with("new", brief(&import.newcomers[*at].record))
                    .with("there", format!("{}: {}", entry.key, brief(&entry)))
                    .with("why", why.join(", "));
                match answer(&said, &mut input, context)? {
                    Some(letter) => {
                        if letter.is_uppercase() {
                            for_all = Some(letter);
                        }
                        letter
                    }
                    // No more answers: what is left stays as the rule has it.
                    None => return Ok(()),
                }
            }
        };
        import.newcomers[*at].doing = match answer.to_ascii_lowercase() {
            'm' => Doing::Merge(there),
            'a' => Doing::Add,
            'r' => Doing::Reject,
            _ => Doing::Skip,
        };
    }
    Ok(())
}

/// Asks until there is an answer; `None` at the end of the input.
fn answer(
    said: &Said,
    input: &mut dyn BufRead,
    context: &mut Context<'_>,
) -> io::Result<Option<char>> {
    context.say(said)?;
    loop {
        context.say(&Said::new("import.ask.answers"))?;
        context.err.flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let letter = line.trim().chars().next();
        if let Some(letter) = letter.filter(|it| "smarSMAR".contains(*it)) {
            return Ok(Some(letter));
        }
    }
}
