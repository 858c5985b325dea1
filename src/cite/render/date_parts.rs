//! The value of a part of a date, as text and as a key to sort by.

use super::Render;
use crate::cite::item::Date;
use crate::cite::item::DateParts;
use crate::cite::locale::Locale;
use crate::cite::output::blob::Blob;
use crate::cite::style::tree::DatePart;
use crate::cite::style::tree::Form;
use crate::cite::style::tree::Part;

impl Render<'_> {
    /// The text of a part and its era; `None` where the date lacks the part.
    pub(super) fn date_value(&self, part: &DatePart, day: &DateParts) -> Option<(String, String)> {
        let locale = self.env.locale;
        let form = part.form.as_deref().unwrap_or("long");
        let (text, era) = match part.part {
            Part::Year => {
                let year = day.year?;
                let era = if year < 0 {
                    locale.term("bc", Form::Long, false)
                } else if (1..500).contains(&year) {
                    locale.term("ad", Form::Long, false)
                } else {
                    None
                };
                (self.year(year, form), era.unwrap_or_default().to_owned())
            }
            Part::Month => (month(day.month?, form, locale), String::new()),
            Part::Day => {
                let number = day.day?;
                (day_text(number, day.month, form, locale), String::new())
            }
        };
        let strips = part.formatting.strip_periods || self.strip_periods > 0;
        let text = if strips && part.part == Part::Month { text.replace('.', "") } else { text };
        Some((text, era))
    }

    fn year(&self, year: i32, form: &str) -> String {
        let number = year.unsigned_abs().to_string();
        match form {
            _ if year == 0 && !self.bare => "0".into(),
            "short" if number.len() == 4 => number[2..].to_owned(),
            "numeric" => format!("{number:0>4}"),
            _ => number,
        }
    }

    /// Digits that sort as the date does; a part that is not shown counts as nothing.
    pub(super) fn date_key(&mut self, date: &Date, kinds: &[Part]) {
        let key = key(date, kinds);
        if !key.is_empty() {
            self.push(Blob::text(&key));
        }
    }
}

/// The key of a date by the parts given.
pub(in crate::cite) fn key(date: &Date, kinds: &[Part]) -> String {
    if date.start.year.unwrap_or(0) == 0 {
        return String::new();
    }
    let mut key = String::new();
    for day in [date.start, date.end.unwrap_or_default()] {
        let year = day.year.filter(|_| kinds.contains(&Part::Year)).unwrap_or(0);
        if year < 0 {
            key.push_str(&format!("0{:04}", 9999_i64.saturating_sub(i64::from(-year)).max(0)));
        } else {
            key.push_str(&format!("1{year:04}"));
        }
        let month = day.month.filter(|_| kinds.contains(&Part::Month)).unwrap_or(0);
        let number = day.day.filter(|_| kinds.contains(&Part::Day)).unwrap_or(0);
        let month = if month > 12 { 0 } else { month };
        key.push_str(&format!("{month:02}{number:02}"));
    }
    key
}

fn month(number: u8, form: &str, locale: &Locale) -> String {
    match form {
        "numeric" | "numeric-leading-zeros" if !(1..=12).contains(&number) => String::new(),
        "numeric" => number.to_string(),
        "numeric-leading-zeros" => format!("{number:02}"),
        _ => {
            let mut number = number;
            if !(1..=24).contains(&number) {
                return String::new();
            }
            while number > 16 {
                number -= 4;
            }
            let name = if number > 12 {
                format!("season-{:02}", number - 12)
            } else {
                format!("month-{number:02}")
            };
            let form = if form == "short" { Form::Short } else { Form::Long };
            locale.term(&name, form, false).unwrap_or_default().to_owned()
        }
    }
}

fn day_text(number: u8, month: Option<u8>, form: &str, locale: &Locale) -> String {
    match form {
        "numeric-leading-zeros" => format!("{number:02}"),
        "ordinal" if number == 1 || !locale.ordinals_on_first_day_only() => {
            let gender = month.and_then(|month| locale.gender(&format!("month-{month:02}")));
            locale.ordinal(i64::from(number), gender)
        }
        _ => number.to_string(),
    }
}
