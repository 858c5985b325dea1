//! Ordinal numbers (CSL 1.0.2, "Ordinals").

use super::Gender;
use super::Locale;
use crate::cite::style::tree::Form;
use std::collections::HashMap;

/// How much of the number has to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Matching {
    WholeNumber,
    LastTwoDigits,
    LastDigit,
}

/// The names of the terms for numbers with a suffix of their own.
#[derive(Clone, Debug, Default)]
pub(super) struct Ordinals {
    pub(super) terms: HashMap<(Matching, u32, Option<Gender>), String>,
}

impl Locale {
    /// The number with the suffix of an ordinal: `1st`, `1.`.
    pub fn ordinal(&self, number: i64, gender: Option<Gender>) -> String {
        format!("{number}{}", self.ordinal_suffix(number.unsigned_abs(), gender))
    }

    fn ordinal_suffix(&self, number: u64, gender: Option<Gender>) -> &str {
        let Some(ordinals) = &self.ordinals else {
            return self.old_suffix(number, gender);
        };
        for gender in [gender, None] {
            for (matching, part) in [
                (Matching::WholeNumber, number),
                (Matching::LastTwoDigits, number % 100),
                (Matching::LastDigit, number % 10),
            ] {
                let part = u32::try_from(part).unwrap_or(u32::MAX);
                if let Some(name) = ordinals.terms.get(&(matching, part, gender)) {
                    return self.gendered(name, Form::Long, false, gender).unwrap_or_default();
                }
            }
        }
        self.gendered("ordinal", Form::Long, false, gender).unwrap_or_default()
    }

    /// The four suffixes of CSL 1.0, for locales that have nothing newer.
    fn old_suffix(&self, number: u64, gender: Option<Gender>) -> &str {
        let last = number % 10;
        let teens = number / 10 % 10 == 1;
        let name = match last {
            1 if !teens => "ordinal-01",
            2 if !teens => "ordinal-02",
            3 if !teens => "ordinal-03",
            _ => "ordinal-04",
        };
        self.gendered(name, Form::Long, false, gender).unwrap_or_default()
    }

    /// `first`, `second`; as [`Locale::ordinal`] where the locale has no word.
    pub fn long_ordinal(&self, number: i64, gender: Option<Gender>) -> String {
        let name = format!("long-ordinal-{number:02}");
        match self.gendered(&name, Form::Long, false, gender) {
            Some(word) if !word.is_empty() => word.to_owned(),
            _ => self.ordinal(number, gender),
        }
    }
}
