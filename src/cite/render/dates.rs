//! `cs:date` (CSL 1.0.2, "Date", "Date-part", "Date Ranges", "AD and BC", "Seasons").

use super::Render;
use crate::cite::item::Date;
use crate::cite::item::DateParts;
use crate::cite::output::blob::Blob;
use crate::cite::output::blob::Content;
use crate::cite::style::tree::Collapse;
use crate::cite::style::tree::DateElement;
use crate::cite::style::tree::DatePart;
use crate::cite::style::tree::Form;
use crate::cite::style::tree::Formatting;
use crate::cite::style::tree::Part;
use compact_str::CompactString;
use std::borrow::Cow;

/// A date on its way into the tree.
struct Walk<'d> {
    date: &'d Date,
    /// Between the parts.
    delimiter: CompactString,
    /// The parts in which the ends of a range differ, and those after them.
    differing: Vec<Part>,
    done: Vec<Part>,
    /// The end of the range, until the place for it comes.
    end: Vec<Blob>,
}

impl<'a> Render<'a> {
    /// The parts that a date shows, as the style or the locale has them.
    fn date_parts_of(&self, element: &'a DateElement) -> (Cow<'a, [DatePart]>, Formatting) {
        let Some(form) = &element.form else {
            return (Cow::Borrowed(&element.given), element.formatting.clone());
        };
        let Some(date) = self.env.locale.date(form) else {
            return (Cow::Borrowed(&[]), element.formatting.clone());
        };
        let mut parts = date.parts.clone();
        for part in &mut parts {
            let kind = part.part;
            for own in element.given.iter().filter(|own| own.part == kind) {
                part.lay_over(own);
            }
        }
        match element.parts.as_deref() {
            Some("year") => parts.retain(|part| part.part == Part::Year),
            Some("year-month") => parts.retain(|part| part.part != Part::Day),
            Some("month-day") => {
                if let Some(at) = parts.iter().position(|part| part.part == Part::Year) {
                    if at > 0 {
                        parts[at - 1].formatting.suffix.clear();
                    }
                    parts.remove(at);
                }
            }
            _ => {}
        }
        let mut formatting = date.formatting.clone();
        if !element.formatting.prefix.is_empty() {
            formatting.prefix.clone_from(&element.formatting.prefix);
        }
        if !element.formatting.suffix.is_empty() {
            formatting.suffix.clone_from(&element.formatting.suffix);
        }
        (Cow::Owned(parts), formatting)
    }

    /// Renders a date, or a sort key for it.
    pub(super) fn date(&mut self, element: &'a DateElement) {
        let (parts, formatting) = self.date_parts_of(element);
        let kinds: Vec<Part> = parts.iter().map(|part| part.part).collect();
        if !self.ask(element.variable, Form::Long, &kinds) {
            return;
        }
        let Some(date) = self.item.date(element.variable) else { return };
        if self.sorting {
            self.date_key(date, &kinds);
            return;
        }
        if self.looking && element.variable.name() == "accessed" {
            return;
        }
        self.strip_periods += usize::from(element.formatting.strip_periods);
        let mut walk = Walk {
            date,
            delimiter: formatting.delimiter.clone(),
            differing: differing(date, &kinds),
            done: Vec::new(),
            end: Vec::new(),
        };
        self.open(&formatting);
        for part in parts.iter() {
            self.date_part(part, &mut walk);
        }
        self.close();
        self.strip_periods -= usize::from(element.formatting.strip_periods);
    }

    fn date_part(&mut self, part: &DatePart, walk: &mut Walk) {
        self.rendered_something = true;
        walk.done.push(part.part);
        let date = walk.date;
        if part.part == Part::Year && !date.literal.is_empty() {
            self.append(&date.literal, &part.formatting);
        }
        let start = self.date_value(part, &date.start);
        let end = date.end.as_ref().and_then(|end| self.date_value(part, end));
        let start = if part.part == Part::Year { self.unless_known(start, date) } else { start };
        let shown = start.as_ref().is_some_and(|(text, _)| !text.is_empty());
        match start {
            Some((text, era)) => self.date_value_out(part, &text, &era, end, walk),
            None if part.part == Part::Month && date.start.month.is_none() => {
                self.season(&date.season, part);
            }
            None => {}
        }
        if part.part == Part::Year && (shown || self.have_collapsed) {
            self.implicit_year_suffix();
        }
    }

    fn season(&mut self, season: &str, part: &DatePart) {
        if season.is_empty() {
            return;
        }
        let term = match season {
            "1" | "2" | "3" | "4" => {
                self.flags().variable_success = true;
                let name = format!("season-0{season}");
                self.env.locale.term(&name, Form::Long, false).unwrap_or_default().to_owned()
            }
            words => words.to_owned(),
        };
        self.append(&term, &part.formatting);
    }

    /// The year is not repeated where citations are collapsed to their suffixes.
    fn unless_known(
        &mut self,
        value: Option<(String, String)>,
        date: &Date,
    ) -> Option<(String, String)> {
        let citation = &self.env.style.citation;
        let collapse = self.section().collapse;
        let by_suffix = matches!(collapse, Some(Collapse::YearSuffix | Collapse::YearSuffixRanged));
        if self.bare || !citation.add_year_suffix || !by_suffix {
            return value;
        }
        self.years_used.push(date.start.year);
        let at = self.years_used.len() - 1;
        let known = self.last_years_used.get(at) == Some(&date.start.year);
        if known && self.have_collapsed {
            return value.map(|_| (String::new(), String::new()));
        }
        value
    }

    fn date_value_out(
        &mut self,
        part: &DatePart,
        text: &str,
        era: &str,
        end: Option<(String, String)>,
        walk: &mut Walk,
    ) {
        let plain = Formatting::default();
        self.open(&plain);
        let ready = !walk.differing.is_empty()
            && walk.differing.iter().all(|part| walk.done.contains(part));
        let has_end = end.as_ref().is_some_and(|(text, _)| text != "0");
        // "50–45 BC": an era that both ends have is said once.
        let differs = walk.differing.contains(&part.part);
        let shared = differs && end.as_ref().is_some_and(|(_, end_era)| end_era == era);
        let era = if shared { "" } else { era };
        if ready {
            if let Some((value, end_era)) = end.filter(|(text, _)| text != "0") {
                let value = self.short_year(part, text, value, walk.date);
                let mut blob = self.make(&value, &part.formatting);
                if let Some(first) = walk.end.first_mut() {
                    clear_prefix(first);
                } else {
                    blob.prefix.clear();
                }
                walk.end.push(blob);
                if !end_era.is_empty() {
                    walk.end.push(self.make(&end_era, &plain));
                }
            }
            let formatting =
                Formatting { suffix: CompactString::default(), ..part.formatting.clone() };
            self.append(text, &formatting);
            self.date_era(era);
            let locale = self.env.locale;
            let delimiter = part.range_delimiter.clone().unwrap_or_else(|| {
                locale.term("year-range-delimiter", Form::Long, false).unwrap_or("–").to_owned()
            });
            self.append(&delimiter, &plain);
            let mut end = Blob::list(std::mem::take(&mut walk.end));
            end.delimiter.clone_from(&walk.delimiter);
            self.push(end);
            walk.differing.clear();
        } else {
            self.append(text, &part.formatting);
            self.date_era(era);
            if differs
                && has_end
                && let Some((value, end_era)) = end
            {
                let mut blob = self.make(&value, &part.formatting);
                blob.prefix.clear();
                let mut list = Blob::list(vec![blob]);
                if !end_era.is_empty() {
                    list.push(self.make(&end_era, &plain));
                }
                walk.end.push(list);
            }
        }
        self.close();
    }

    fn date_era(&mut self, era: &str) {
        if !era.is_empty() {
            self.append(era, &Formatting::default());
        }
    }

    /// The end of a range of years without the digits that it shares, where the style wants that.
    fn short_year(&self, part: &DatePart, from: &str, to: String, date: &Date) -> String {
        let format = self.env.style.year_range_format.as_str();
        let years_only = part.part == Part::Year
            && date.start.month.is_none()
            && date.start.day.is_none()
            && date.season.is_empty();
        if !years_only || matches!(format, "" | "expanded") {
            return to;
        }
        super::page_range::write(("", from), ("", &to), format).map_or(to, |(_, short)| short)
    }
}

fn clear_prefix(blob: &mut Blob) {
    blob.prefix.clear();
    if let Content::List(parts) = &mut blob.content
        && let Some(first) = parts.first_mut()
    {
        first.prefix.clear();
    }
}

/// The parts in which the ends of a range differ, from the first such part on.
fn differing(date: &Date, kinds: &[Part]) -> Vec<Part> {
    let Some(end) = &date.end else { return Vec::new() };
    let value = |day: &DateParts, part: Part| match part {
        Part::Year => day.year,
        Part::Month => day.month.map(i32::from),
        Part::Day => day.day.map(i32::from),
    };
    let order = [Part::Year, Part::Month, Part::Day];
    let parts: Vec<Part> = order
        .into_iter()
        .filter(|part| kinds.contains(part) && value(end, *part).is_some())
        .collect();
    let first = parts.iter().position(|part| value(&date.start, *part) != value(end, *part));
    parts[first.unwrap_or(2).min(parts.len())..].to_vec()
}

impl DatePart {
    /// Lays what a style says over what the locale says.
    fn lay_over(&mut self, own: &DatePart) {
        for attribute in &own.given {
            match *attribute {
                "form" => self.form.clone_from(&own.form),
                "prefix" => self.formatting.prefix.clone_from(&own.formatting.prefix),
                "suffix" => self.formatting.suffix.clone_from(&own.formatting.suffix),
                "range-delimiter" => self.range_delimiter.clone_from(&own.range_delimiter),
                "text-case" => self.formatting.text_case = own.formatting.text_case,
                _ => self.formatting.strip_periods = own.formatting.strip_periods,
            }
        }
        if !own.formatting.decorations.is_empty() {
            self.formatting.decorations.clone_from(&own.formatting.decorations);
        }
    }
}
