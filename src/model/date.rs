//! Dates: EDTF level 1 as BibLaTeX has it (BibLaTeX manual 2.3.8), and BibTeX's year and month.

/// A point in time, known to the year or better.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// The year; negative before the common era (astronomical count: 0 is 1 BC).
    pub year: i32,
    /// 1 to 12; 21 to 24 are seasons from spring on.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
}

/// A date or a range.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Date {
    /// The date, or where the range begins; `None` for an open beginning.
    pub start: Option<Point>,
    /// Where a range ends: `Some(None)` is an open end, `None` no range.
    pub end: Option<Option<Point>>,
    /// `~`: approximate.
    pub circa: bool,
    /// `?`: uncertain.
    pub uncertain: bool,
}

impl Date {
    /// The first year that is known.
    pub fn year(&self) -> Option<i32> {
        self.start.or(self.end.flatten()).map(|point| point.year)
    }
}

/// Reads a `date` field; `None` where it is no date.
pub fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    let mut date = Date::default();
    let (start, end) = match text.split_once('/') {
        Some((start, end)) => (start, Some(end)),
        None => (text, None),
    };
    date.start = part(start, &mut date.circa, &mut date.uncertain)?;
    if let Some(end) = end {
        date.end = Some(part(end, &mut date.circa, &mut date.uncertain)?);
    }
    date.year().is_some().then_some(date)
}

fn part(text: &str, circa: &mut bool, uncertain: &mut bool) -> Option<Option<Point>> {
    let mut text = text.trim();
    while let Some(c) = text.chars().last().filter(|c| matches!(c, '?' | '~' | '%')) {
        *circa |= matches!(c, '~' | '%');
        *uncertain |= matches!(c, '?' | '%');
        text = text.get(..text.len() - 1)?;
    }
    if text.is_empty() || text == ".." || text == "*" {
        return Some(None);
    }
    let text = text.split(['T', ' ']).next()?;
    // Years of more than four digits begin with `y`.
    let text = text.strip_prefix(['y', 'Y']).unwrap_or(text);
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let mut parts = digits.split('-');
    let year = parts.next()?;
    if year.len() < 4 || year.len() > 9 {
        return None;
    }
    let year: String = year.chars().map(|c| if matches!(c, 'X' | 'u') { '0' } else { c }).collect();
    let year = sign * year.parse::<i32>().ok()?;
    let number = |part: Option<&str>, range: std::ops::RangeInclusive<u8>| -> Option<Option<u8>> {
        match part {
            None | Some("XX" | "uu") => Some(None),
            Some(part) => part.parse().ok().filter(|it| range.contains(it)).map(Some),
        }
    };
    let month = number(parts.next(), 1..=41).filter(|m| m.is_none_or(|m| m <= 12 || m >= 21))?;
    let day = number(parts.next(), 1..=31)?;
    Some(Some(Point { year, month, day }))
}

/// Reads BibTeX's `year` and `month`; `None` where `year` does not hold a year.
pub fn legacy(year: &str, month: Option<&str>) -> Option<Date> {
    if let Some(mut date) = parse(year) {
        if let (Some(point), Some(month)) = (date.start.as_mut(), month)
            && point.month.is_none()
        {
            point.month = month_number(month);
        }
        return Some(date);
    }
    let digits: String = {
        let from = year.find(|c: char| c.is_ascii_digit())?;
        year.get(from..)?.chars().take_while(char::is_ascii_digit).collect()
    };
    if digits.len() != 4 {
        return None;
    }
    let circa = year.trim_start().to_lowercase().starts_with("ca");
    let point =
        Point { year: digits.parse().ok()?, month: month.and_then(month_number), day: None };
    Some(Date { start: Some(point), end: None, circa, uncertain: year.contains('?') })
}

/// 1 to 12 for a number, an English or Norwegian name of a month or its first three letters.
pub fn month_number(text: &str) -> Option<u8> {
    let text = text.trim().trim_end_matches('.').to_lowercase();
    if let Ok(number) = text.parse::<u8>() {
        return (1..=12).contains(&number).then_some(number);
    }
    const NAMES: [&[&str]; 12] = [
        &["jan"],
        &["feb"],
        &["mar"],
        &["apr"],
        &["may", "mai", "maj"],
        &["jun"],
        &["jul"],
        &["aug"],
        &["sep"],
        &["oct", "okt"],
        &["nov"],
        &["dec", "des"],
    ];
    let head: String = text.chars().take(3).collect();
    let at = NAMES.iter().position(|names| names.contains(&head.as_str()))?;
    u8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(year: i32, month: Option<u8>, day: Option<u8>) -> Option<Point> {
        Some(Point { year, month, day })
    }

    #[test]
    fn days_months_years_and_seasons() {
        assert_eq!(parse("2020-09-30").unwrap().start, point(2020, Some(9), Some(30)));
        assert_eq!(parse("2001-21").unwrap().start, point(2001, Some(21), None));
        assert_eq!(parse("199X").unwrap().start, point(1990, None, None));
        assert_eq!(parse("-0044").unwrap().start, point(-44, None, None));
    }

    #[test]
    fn ranges_may_be_open_and_uncertain() {
        let date = parse("2014/2018").unwrap();
        assert_eq!(date.end, Some(point(2018, None, None)));
        assert_eq!(parse("1997/").unwrap().end, Some(None));
        assert!(parse("1723~/1725?").unwrap().circa);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "in press", "²", "2000-13", "20145X-", "May 2012", "/"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_old_fields_give_what_they_hold() {
        assert_eq!(legacy("2011a", Some("May")).unwrap().start, point(2011, Some(5), None));
        assert_eq!(legacy("in press", None), None);
        assert_eq!(month_number("desember"), Some(12));
    }
}
