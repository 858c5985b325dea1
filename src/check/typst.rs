//! A second opinion: what typst and hayagriva, which read with the `biblatex` crate, say of one entry.
//!
//! That crate gives up a whole file for one entry, and some inputs end or hang the process. So it is
//! asked about one entry at a time, never about a file, and not at all about what it is known not to
//! live through; what it says is only told.

use biblatex::{Bibliography, RetrievalError};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

/// The longest entry that it is asked about, in bytes: it takes quadratic time for some.
const LONGEST: usize = 32 * 1024;

/// The deepest braces, and the most pieces joined by `#`: more may take its stack, or minutes.
const DEEPEST: usize = 60;

/// Why it would refuse a file with this entry in it (`text` is the entry, with the macros that it
/// uses); `None` where it would take it, or is not asked. Says so in English, as it does.
pub fn refusal(text: &str) -> Option<String> {
    if !is_safe_to_ask(text) {
        return None;
    }
    silence();
    SILENT.set(true);
    let said = catch_unwind(AssertUnwindSafe(|| ask(text)));
    SILENT.set(false);
    said.unwrap_or_else(|_| Some("it crashes".to_owned()))
}

fn ask(text: &str) -> Option<String> {
    let bibliography = match Bibliography::parse(text) {
        Ok(bibliography) => bibliography,
        Err(error) => return Some(error.kind.to_string()),
    };
    let entry = bibliography.iter().next()?;
    let wrong = |error: RetrievalError| match error {
        RetrievalError::Missing(_) => None,
        RetrievalError::TypeError(error) => Some(error.to_string()),
    };
    let dates = [entry.date().err(), entry.url_date().err(), entry.event_date().err()];
    let all = dates.into_iter().flatten().chain(entry.author().err());
    all.filter_map(wrong).next().or_else(|| entry.editors().err().map(|it| it.to_string()))
}

/// Whether the crate is known to live through entries like this. Circles of `crossref` and of macros
/// end it; whoever asks leaves them out.
fn is_safe_to_ask(text: &str) -> bool {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    text.len() <= LONGEST && deepest <= DEEPEST && text.matches('#').count() <= DEEPEST
}

thread_local! {
    /// Whether a panic on this thread is one of the crate's, which is caught and not told.
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

/// Has panics of the crate go untold, those of others as before.
fn silence() {
    static DONE: Once = Once::new();
    DONE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !SILENT.get() {
                before(info);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_takes_and_what_it_refuses() {
        assert_eq!(refusal("@book{a, title = {T}, date = {2014-05}}"), None);
        assert_eq!(refusal("@book{a, title = {US$ 5}}").as_deref(), Some("unexpected end of file"));
        assert!(refusal("@book{a, month = sept}").unwrap().contains("sept"));
        assert!(refusal("@book{a b, title = {T}}").is_some());
        assert!(refusal("@book(a, title = {T})").is_some());
    }

    #[test]
    fn it_may_crash_and_is_not_asked_what_would_end_the_process() {
        assert_eq!(
            refusal("@book{a, year = {2012}, month = {May 2012}}").as_deref(),
            Some("it crashes")
        );
        assert_eq!(refusal(&format!("@book{{a, title = {{{}}}}}", "\\x{".repeat(20_000))), None);
        assert_eq!(refusal(&format!("@book{{a, title = {}\"x\"}}", "\"x\"#".repeat(5_000))), None);
    }
}
