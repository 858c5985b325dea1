//! The clipboard by way of the terminal itself: OSC 52, which reaches the user's own machine over
//! SSH.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The longest text that terminals are known to take (xterm's limit for one sequence).
const MAX: usize = 74_994;

/// The sequence that puts `text` on the clipboard; wrapped for tmux or GNU screen when the program
/// runs in one. `None` where the text is too long.
pub fn osc52(text: &str, tmux: bool, screen: bool) -> Option<String> {
    let encoded = STANDARD.encode(text);
    if encoded.len() > MAX {
        return None;
    }
    let plain = format!("\x1b]52;c;{encoded}\x07");
    Some(if tmux {
        // Both: tmux takes the plain one when `set-clipboard` is on, and passes the wrapped one
        // through when `allow-passthrough` is.
        format!("{plain}\x1bPtmux;\x1b{plain}\x1b\\")
    } else if screen {
        // screen takes at most 768 bytes at a time.
        let bytes: Vec<char> = plain.chars().collect();
        bytes
            .chunks(700)
            .map(|part| format!("\x1bP{}\x1b\\", part.iter().collect::<String>()))
            .collect()
    } else {
        plain
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_encoded_so_that_nothing_in_it_is_a_sequence() {
        assert_eq!(osc52("hei\x1b", false, false).unwrap(), "\x1b]52;c;aGVpGw==\x07");
    }

    #[test]
    fn in_tmux_the_sequence_is_also_passed_through() {
        let sequence = osc52("hei", true, false).unwrap();
        assert!(sequence.ends_with("\x1bPtmux;\x1b\x1b]52;c;aGVp\x07\x1b\\"));
    }

    #[test]
    fn what_no_terminal_takes_is_not_sent() {
        assert_eq!(osc52(&"x".repeat(80_000), false, false), None);
    }
}
