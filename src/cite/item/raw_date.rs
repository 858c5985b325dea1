//! Dates that are written out: `2010-03-01`, `2010-03/2010-04`, `March 2010`, `Spring 1999 -
//! Summer 2001`, `ca. 1900`, `44 BC`. What cannot be read becomes a literal.

use super::Date;
use super::DateParts;

const MONTHS: [&str; 16] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "spr",
    "sum", "fal", "win",
];

/// The date that a text says, or the text as a literal.
pub(super) fn read(text: &str) -> Date {
    let text = text.trim();
    if text.is_empty() {
        return Date::default();
    }
    if let Some(quoted) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return Date::literal(quoted);
    }
    let (ends, circa) = match text.split_once('/') {
        Some((start, end)) if text.contains('-') || is_year(start) && is_year(end) => {
            (vec![start, end], false)
        }
        _ => (split_range(text), false),
    };
    let mut date = Date { circa, ..Date::default() };
    let mut parts = Vec::new();
    for end in ends {
        let Some(part) = part(end, &mut date.circa) else { return Date::literal(text) };
        parts.push(part);
    }
    date.start = parts[0];
    date.end = parts.get(1).copied();
    if let Some(end) = date.end {
        date.start.year = date.start.year.or(end.year);
        date.start.month = date.start.month.or(end.month.filter(|_| date.start.day.is_some()));
    }
    let lone_day = date.start.day.is_some() && date.start.month.is_none();
    if date.start.year.is_none() || lone_day { Date::literal(text) } else { date }
}

/// The ends of `A - B`, of `A–B`, or of `1999-2001`; a date with hyphens is not split.
fn split_range(text: &str) -> Vec<&str> {
    for separator in [" - ", " – ", "–", "--"] {
        if let Some((start, end)) = text.split_once(separator) {
            return vec![start, end];
        }
    }
    match text.split_once('-') {
        Some((start, end)) if is_year(start) && is_year(end) => vec![start, end],
        _ => vec![text],
    }
}

fn is_year(text: &str) -> bool {
    let text = text.trim();
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
}

/// One end of a date; `None` where a word or number fits nowhere.
fn part(text: &str, circa: &mut bool) -> Option<DateParts> {
    let text = text.trim();
    let text = match text.split_once('T') {
        Some((day, _)) if day.ends_with(|c: char| c.is_ascii_digit()) => day,
        _ => text,
    };
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut parts = DateParts::default();
    let mut number = None;
    let mut separators: &[char] = &['-', '/', ' ', ',', '.'];
    if text.bytes().all(|b| b.is_ascii_digit()) && text.len() < 4 {
        separators = &[];
        parts.year = text.parse().ok();
    }
    let whole_words = text.split(separators).filter(|word| !word.is_empty());
    for word in whole_words.filter(|_| !separators.is_empty()) {
        let lower = word.to_lowercase();
        if word.bytes().all(|b| b.is_ascii_digit()) {
            let value: i32 = word.parse().ok()?;
            if word.len() == 4 && parts.year.is_none() {
                parts.year = Some(value);
            } else if parts.month.is_none() && parts.year.is_some() && (1..=24).contains(&value) {
                parts.month = Some(value as u8);
            } else if number.is_none() {
                number = Some(value);
            } else if parts.month.is_none() && (1..=12).contains(&number?) {
                parts.month = Some(number? as u8);
                number = Some(value);
            } else {
                return None;
            }
        } else if matches!(lower.as_str(), "ca" | "c" | "circa" | "~" | "?") {
            *circa = true;
        } else if lower.starts_with("bc") {
            parts.year = Some(-parts.year.or_else(|| number.take())?);
        } else if lower == "ad" || lower == "ce" {
            parts.year = parts.year.or_else(|| number.take());
        } else {
            let head: String = lower.chars().take(3).collect();
            let month = MONTHS.iter().position(|month| *month == head)?;
            parts.month = Some(month as u8 + 1);
        }
    }
    if let Some(number) = number {
        parts.day = Some(u8::try_from(number).ok().filter(|day| (1..=31).contains(day))?);
    }
    if negative {
        parts.year = parts.year.map(|year| -year);
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_their_usual_shapes() {
        assert_eq!(read("2010-03-01"), Date::day(2010, 3, 1));
        assert_eq!(read("2010-03-01T10:00:00Z"), Date::day(2010, 3, 1));
        assert_eq!(read("March 2010"), Date::month(2010, 3));
        assert_eq!(read("1 March 2010"), Date::day(2010, 3, 1));
        assert_eq!(read("44 BC"), Date::year(-44));
        assert_eq!(read("ca. 1900"), Date { circa: true, ..Date::year(1900) });
        let end = DateParts { year: Some(2001), month: Some(14), day: None };
        assert_eq!(read("Spring 1999 - Summer 2001"), Date::month(1999, 13).until(end));
        let end = DateParts { year: Some(2001), ..DateParts::default() };
        assert_eq!(read("1999/2001"), Date::year(1999).until(end));
    }

    #[test]
    fn what_cannot_be_read_is_a_literal() {
        assert_eq!(read("Bogus Date"), Date::literal("Bogus Date"));
        assert_eq!(read("\"March 2010\""), Date::literal("March 2010"));
    }
}
