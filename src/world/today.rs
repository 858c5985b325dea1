//! Today's date, for what asks whether something is overdue.

use crate::check::Day;
use crate::model::date;
use crate::store::clock;

/// Today in UTC, or the day of `$SOURCE_DATE_EPOCH` (seconds since 1970), so that what is made can
/// be made again (reproducible-builds.org).
pub fn today() -> Option<Day> {
    let set = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    let day = clock::day(set.unwrap_or_else(clock::now));
    let point = date::parse(&day)?.start?;
    Some((point.year, point.month?, point.day?))
}
