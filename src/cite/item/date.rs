//! Dates of CSL-JSON: a day, a month, a year, a season or a range of them, or words.

/// One end of a date. What is not known is `None`; a month without a year is possible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateParts {
    /// The year; before our era it is negative.
    pub year: Option<i32>,
    /// The month, 1 to 12; 13 to 16 and 21 to 24 are spring, summer, autumn and winter.
    pub month: Option<u8>,
    /// The day of the month, 1 to 31.
    pub day: Option<u8>,
}

/// A date or a range of dates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Date {
    /// The date, or the beginning of the range.
    pub start: DateParts,
    /// The end of the range. An end whose year is 0 is open: "1999–".
    pub end: Option<DateParts>,
    /// The season: `1` to `4` from spring to winter, or words of its own. Empty for none.
    pub season: String,
    /// Whether the date is approximate: "ca. 1900".
    pub circa: bool,
    /// Words instead of a date, such as "forthcoming". Empty for none.
    pub literal: String,
}

impl Date {
    /// A year.
    pub fn year(year: i32) -> Date {
        let start = DateParts { year: Some(year), ..DateParts::default() };
        Date { start, ..Date::default() }
    }

    /// A month of a year.
    pub fn month(year: i32, month: u8) -> Date {
        let start = DateParts { year: Some(year), month: Some(month), day: None };
        Date { start, ..Date::default() }
    }

    /// A day.
    pub fn day(year: i32, month: u8, day: u8) -> Date {
        let start = DateParts { year: Some(year), month: Some(month), day: Some(day) };
        Date { start, ..Date::default() }
    }

    /// Words instead of a date.
    pub fn literal(words: &str) -> Date {
        Date { literal: words.into(), ..Date::default() }
    }

    /// This date as the beginning of a range that ends there.
    pub fn until(self, end: DateParts) -> Date {
        Date { end: Some(end), ..self }
    }

    /// Whether nothing at all is known.
    pub fn is_empty(&self) -> bool {
        self.start.year.is_none()
            && self.start.month.is_none()
            && self.literal.is_empty()
            && self.season.is_empty()
    }
}
