//! Dates and pages as other programs write them, and as BibLaTeX does (manual 2.3.8).

use crate::model::Date;
use crate::model::date::{Point, month_number, parse};
use std::fmt::Write as _;

/// A date in any of the usual spellings as BibLaTeX's; `None` where it is none.
///
/// `2010/03/15/`, `2010 Mar-Apr`, `Spring 2010`, `15. mars 2010`, `20100315`, `c2010`, `[2010?]`.
pub fn read(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['/', '.', ',', ' ']);
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return checked(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if let Some(date) = parse(text)
        && digits <= 4
        && !text.contains(['/', ' '])
    {
        return Some(if text.contains('T') { edtf(&date) } else { text.to_owned() });
    }
    let parts: Vec<&str> = text.split('/').collect();
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        // RIS: year/month/day/other.
        [year, rest @ ..] if is_year(year) && !rest.iter().any(|part| is_year(part)) => {
            slashed(year, rest)
        }
        // BibLaTeX's range.
        [from, to] if parse(from).is_some() || parse(to).is_some() => checked(text.to_owned()),
        [day, month, year] if is_year(year) => {
            // Day first, unless the second number cannot be a month.
            let (day, month) =
                if month_number(month).is_some() { (day, month) } else { (month, day) };
            let month = month_number(month)?;
            checked(format!("{year}-{month:02}-{:02}", day.parse::<u8>().ok()?))
        }
        _ => words(text),
    }
}

fn checked(text: String) -> Option<String> {
    parse(&text).map(|_| text)
}

fn slashed(year: &str, rest: &[&str]) -> Option<String> {
    let month = rest
        .first()
        .filter(|part| !part.is_empty())
        .map(|part| month_number(part).or_else(|| season(part)));
    let other = rest.iter().skip(2).find_map(|part| season(part));
    let Some(month) = month.flatten().or(other) else { return checked(year.to_owned()) };
    match rest.get(1).and_then(|day| day.trim().parse::<u8>().ok()).filter(|_| month <= 12) {
        Some(day) => checked(format!("{year}-{month:02}-{day:02}"))
            .or_else(|| checked(format!("{year}-{month:02}"))),
        None => checked(format!("{year}-{month:02}")),
    }
}

/// A date of words and numbers in any order: the year is the number of four digits.
fn words(text: &str) -> Option<String> {
    let circa = ["ca", "circa", "about", "approximately"]
        .iter()
        .any(|word| text.to_lowercase().starts_with(word));
    let uncertain = text.contains('?');
    let (mut years, mut months, mut days): (Vec<&str>, Vec<u8>, Vec<u8>) = Default::default();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let digits = word.trim_start_matches(|c: char| !c.is_ascii_digit());
        let bare = digits.trim_end_matches(|c: char| !c.is_ascii_digit());
        match bare.len() {
            4 if bare.bytes().all(|byte| byte.is_ascii_digit()) => years.push(bare),
            1 | 2 => days.extend(bare.parse::<u8>().ok()),
            0 => months.extend(named_month(word).or_else(|| season(word))),
            _ => return None,
        }
    }
    let year = *years.first()?;
    if let [from, to] = years.as_slice()
        && months.is_empty()
        && days.is_empty()
    {
        return checked(format!("{from}/{to}"));
    }
    // `15.03.2010`: two numbers and a year, the day first.
    if months.is_empty() && days.len() == 2 {
        let first_is_year = text.starts_with(year);
        let (day, month) = if first_is_year { (days[1], days[0]) } else { (days[0], days[1]) };
        return checked(format!("{year}-{month:02}-{day:02}"));
    }
    let mut out = match (months.as_slice(), days.as_slice()) {
        ([month], [day]) if *month <= 12 => format!("{year}-{month:02}-{day:02}"),
        ([from, to], []) if from <= to => format!("{year}-{from:02}/{year}-{to:02}"),
        ([month, ..], _) => format!("{year}-{month:02}"),
        ([], _) => year.to_owned(),
    };
    if parse(&out).is_none() {
        out = year.to_owned();
    }
    match (circa, uncertain) {
        (true, true) => out.push('%'),
        (true, false) => out.push('~'),
        (false, true) => out.push('?'),
        (false, false) => {}
    }
    checked(out)
}

/// A month by name, not by number.
fn named_month(word: &str) -> Option<u8> {
    if word.chars().count() < 3 { None } else { month_number(word) }
}

fn season(word: &str) -> Option<u8> {
    let word = word.trim().to_lowercase();
    Some(match word.as_str() {
        "spring" | "vår" | "våren" => 21,
        "summer" | "sommer" | "sommar" => 22,
        "fall" | "autumn" | "høst" | "høsten" | "haust" => 23,
        "winter" | "vinter" => 24,
        _ => return None,
    })
}

/// The season of months 21 to 24 in English.
pub fn season_name(month: u8) -> Option<&'static str> {
    Some(match month {
        21 => "Spring",
        22 => "Summer",
        23 => "Autumn",
        24 => "Winter",
        _ => return None,
    })
}

/// `date` as BibLaTeX writes it.
pub fn edtf(date: &Date) -> String {
    let mark = match (date.circa, date.uncertain) {
        (true, true) => "%",
        (true, false) => "~",
        (false, true) => "?",
        (false, false) => "",
    };
    let mut out = date.start.map_or_else(String::new, |start| point(&start, mark));
    if let Some(end) = date.end {
        out.push('/');
        out.push_str(&end.map_or_else(String::new, |end| point(&end, mark)));
    }
    out
}

fn point(point: &Point, mark: &str) -> String {
    let mut out =
        if point.year < 0 { format!("-{:04}", -point.year) } else { format!("{:04}", point.year) };
    if let Some(month) = point.month {
        let _ = write!(out, "-{month:02}");
        if let Some(day) = point.day {
            let _ = write!(out, "-{day:02}");
        }
    }
    out.push_str(mark);
    out
}

/// Pages with an en dash between first and last, whatever dash they came with.
pub fn pages(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '-' | '–' | '—' | '‐' | '‑' | '−' => {
                if !out.ends_with('–') {
                    out.push('–');
                }
            }
            ' ' | '\u{a0}' if out.ends_with('–') => {}
            c => out.push(c),
        }
    }
    out.replace(" –", "–").trim().to_owned()
}

/// Pages with the last page written out: MEDLINE writes `1234-9` for 1234–1239.
pub fn full_pages(text: &str) -> String {
    let text = pages(text);
    let Some((first, last)) = text.split_once('–') else { return text };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let from = first.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    if !digits(from) || !digits(last) || last.len() >= from.len() {
        return text;
    }
    let kept = first.len() - last.len();
    format!("{first}–{}{last}", &first[..kept])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_the_spellings_of_other_programs() {
        for (text, edtf) in [
            ("2010", "2010"),
            ("2010///", "2010"),
            ("2010/03/15/", "2010-03-15"),
            ("2010/03//", "2010-03"),
            ("2010///Spring", "2010-21"),
            ("2010/Mar/05", "2010-03-05"),
            ("2010 Mar 15", "2010-03-15"),
            ("2010 Mar-Apr", "2010-03/2010-04"),
            ("Spring 2010", "2010-21"),
            ("March 15, 2010", "2010-03-15"),
            ("15. mars 2010", "2010-03-15"),
            ("15.03.2010", "2010-03-15"),
            ("15/03/2010", "2010-03-15"),
            ("2010.03.15", "2010-03-15"),
            ("20100315", "2010-03-15"),
            ("2010-03-15T12:00:00Z", "2010-03-15"),
            ("c2010", "2010"),
            ("[2010?]", "2010?"),
            ("ca. 2010", "2010~"),
            ("2014-2018", "2014/2018"),
            ("2014-01/2018", "2014-01/2018"),
            ("DEC 2003", "2003-12"),
            ("JAN-FEB 2003", "2003-01/2003-02"),
        ] {
            assert_eq!(read(text).as_deref(), Some(edtf), "{text}");
        }
        for text in ["in press", "", "12345", "u.å."] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn pages_have_one_dash_and_full_numbers() {
        assert_eq!(pages("12 - 19"), "12–19");
        assert_eq!(pages("12--19"), "12–19");
        assert_eq!(full_pages("1234-9"), "1234–1239");
        assert_eq!(full_pages("S12-5"), "S12–S15");
        assert_eq!(full_pages("e123"), "e123");
    }
}
