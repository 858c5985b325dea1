//! Dates of BibLaTeX as dates of CSL.

use crate::cite::item::Date;
use crate::cite::item::DateParts;
use crate::model::Entry;
use crate::model::date as model;

/// The date in a field of an entry: what cannot be read becomes words; `None` where there is none.
pub(super) fn read(entry: &Entry, field: &str) -> Option<Date> {
    if let Some(date) = entry.date(field) {
        return Some(convert(&date));
    }
    let words = entry.text(field).or_else(|| (field == "date").then(|| entry.text("year"))?)?;
    Some(Date::literal(&words))
}

fn convert(date: &model::Date) -> Date {
    let circa = date.circa || date.uncertain;
    match (date.start, date.end) {
        (Some(start), None) => Date { start: parts(start), circa, ..Date::default() },
        (Some(start), Some(Some(end))) => {
            Date { start: parts(start), end: Some(parts(end)), circa, ..Date::default() }
        }
        // CSL's open end is the year 0.
        (Some(start), Some(None)) => {
            let open = DateParts { year: Some(0), ..DateParts::default() };
            Date { start: parts(start), end: Some(open), circa, ..Date::default() }
        }
        // CSL has no open beginning.
        (None, Some(Some(end))) => Date::literal(&format!("–{}", end.year)),
        (None, _) => Date::default(),
    }
}

/// BibLaTeX counts years as astronomers do: 0 is 1 BC, which is CSL's -1.
fn parts(point: model::Point) -> DateParts {
    let year = if point.year <= 0 { point.year - 1 } else { point.year };
    DateParts { year: Some(year), month: point.month, day: point.day }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Library;

    #[track_caller]
    fn check(fields: &str, expected: &Date) {
        let text = format!("@misc{{k, {fields}}}");
        let library = Library::new(vec![("a.bib".into(), text.as_bytes().into())]);
        assert_eq!(read(&library.entries[0], "date").as_ref(), Some(expected));
    }

    #[test]
    fn ranges_seasons_and_open_ends() {
        let end = DateParts { year: Some(2022), month: Some(2), day: None };
        check("date={2021-10/2022-02}", &Date::month(2021, 10).until(end));
        check("date={2001-22}", &Date::month(2001, 22));
        let open = DateParts { year: Some(0), ..DateParts::default() };
        check("date={1997/}", &Date::year(1997).until(open));
        check("date={/1999}", &Date::literal("–1999"));
    }

    #[test]
    fn doubt_and_years_before_our_era() {
        check("date={1723~}", &Date { circa: true, ..Date::year(1723) });
        check("date={0000}", &Date::year(-1));
    }

    #[test]
    fn what_is_no_date_is_words() {
        check("year={in press}", &Date::literal("in press"));
        check("date={someday}", &Date::literal("someday"));
        check("year={2011}, month=may", &Date::month(2011, 5));
    }
}
