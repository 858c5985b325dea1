//! Moving a cursor in a list, the same way on every screen.

use super::command::Command;

/// Where the cursor goes from `at` among `count` rows, of which `page` are shown; `None` where
/// `command` does not move it.
pub fn moved(at: usize, count: usize, page: usize, command: Command) -> Option<usize> {
    let last = count.saturating_sub(1);
    let page = page.saturating_sub(1).max(1);
    Some(match command {
        Command::Down => (at + 1).min(last),
        Command::Up => at.saturating_sub(1),
        Command::PageDown => (at + page).min(last),
        Command::PageUp => at.saturating_sub(page),
        Command::HalfPageDown => (at + page.div_ceil(2)).min(last),
        Command::HalfPageUp => at.saturating_sub(page.div_ceil(2)),
        Command::First => 0,
        Command::Last => last,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_never_leaves_the_list() {
        for count in 0..4 {
            for command in [Command::Down, Command::PageDown, Command::Last, Command::HalfPageDown]
            {
                let at = moved(2, count, 10, command).unwrap_or_default();
                assert!(at <= count.saturating_sub(1), "{count} {command:?}");
            }
        }
        assert_eq!(moved(0, 3, 10, Command::Quit), None);
    }
}
