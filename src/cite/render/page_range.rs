//! Page ranges (CSL 1.0.2, appendix "Page Range Formats").

/// The ends of a range as they are written, particles included in the first and where needed in
/// the second; `None` where the range stays as it is.
pub(super) fn write(
    start: (&str, &str),
    end: (&str, &str),
    format: &str,
) -> Option<(String, String)> {
    let (particle, from) = start;
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let to = expand(from, end.1);
    let (first, last): (u128, u128) =
        (from[..digits(from)].parse().ok()?, to[..digits(&to)].parse().ok()?);
    if first >= last {
        return Some((from.to_owned(), format!("{}{}", end.0, end.1)));
    }
    let short = match format {
        "minimal" => minimal(from, &to, 1),
        "minimal-two" => minimal(from, &to, 2),
        "chicago" | "chicago-15" => chicago_15(first, last, &to),
        "chicago-16" => chicago_16(first, last, &to),
        _ => return Some((from.to_owned(), format!("{particle}{to}"))),
    };
    let cut = short.len() < to.len();
    Some((from.to_owned(), if cut { short } else { format!("{particle}{short}") }))
}

/// 123 and 45 make 145.
fn expand(from: &str, to: &str) -> String {
    match from.len().checked_sub(to.len()) {
        Some(missing) if missing > 0 && from.is_char_boundary(missing) => {
            format!("{}{to}", &from[..missing])
        }
        _ => to.to_owned(),
    }
}

fn minimal(from: &str, to: &str, least: usize) -> String {
    if from.len() != to.len() {
        return to.to_owned();
    }
    let same = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    let kept = (to.len() - same).max(least).min(to.len());
    to[to.len() - kept..].to_owned()
}

fn chicago_15(first: u128, last: u128, to: &str) -> String {
    if first > 100 && !first.is_multiple_of(100) && first / 100 == last / 100 {
        return (last % 100).to_string();
    }
    if first >= 10_000 {
        return shared(first, last, to, 3);
    }
    to.to_owned()
}

fn chicago_16(first: u128, last: u128, to: &str) -> String {
    if first > 100 && !first.is_multiple_of(100) {
        shared(first, last, to, 2)
    } else {
        to.to_owned()
    }
}

/// What is left of the end without the digits that it shares, but at least `least` digits.
fn shared(first: u128, last: u128, to: &str, least: usize) -> String {
    for digits in least..to.len() {
        let divisor = 10_u128.pow(digits.min(38) as u32);
        if first / divisor == last / divisor {
            return (last % divisor).to_string();
        }
    }
    to.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(range: (&str, &str), format: &str, expected: &str) {
        let (from, to) = write(("", range.0), ("", range.1), format).expect("a range");
        assert_eq!(format!("{from}–{to}"), expected, "{format}");
    }

    #[test]
    fn ranges_are_written_as_asked() {
        check(("321", "28"), "expanded", "321–328");
        check(("321", "328"), "minimal", "321–8");
        check(("321", "328"), "minimal-two", "321–28");
        check(("1087", "1089"), "chicago", "1087–89");
        check(("100", "104"), "chicago", "100–104");
        check(("1496", "1504"), "chicago-15", "1496–1504");
        check(("12991", "13001"), "chicago-16", "12991–3001");
    }

    #[test]
    fn a_range_that_goes_down_stays() {
        check(("300", "100"), "minimal", "300–100");
    }
}
