//! What the list knows of an item and not the item itself: its number, its label, the letter after
//! its year.

use super::Render;
use crate::cite::item::Variable;
use crate::cite::output::blob::Blob;
use crate::cite::output::blob::Content;
use crate::cite::output::blob::Formatter;
use crate::cite::output::blob::Number;
use crate::cite::output::blob::Status;
use crate::cite::style::tree::Collapse;
use crate::cite::style::tree::Form;
use crate::cite::style::tree::Formatting;
use crate::cite::style::tree::NumberForm;

impl<'a> Render<'a> {
    /// The variables that the list gives and not the item.
    pub(super) fn variable_unasked(&mut self, variable: Variable, formatting: &'a Formatting) {
        match variable {
            Variable::CITATION_NUMBER => self.citation_number(formatting),
            Variable::YEAR_SUFFIX => self.year_suffix_variable(formatting),
            _ => self.citation_label(formatting),
        }
    }

    fn citation_number(&mut self, formatting: &'a Formatting) {
        if self.looking {
            return;
        }
        if self.sorting {
            let number = format!("{:020}", self.entry.sort_number);
            self.append(&number, formatting);
            return;
        }
        if self.cite.is_some_and(|cite| cite.author_only) {
            return;
        }
        let section = self.section();
        let delimiter = section.formatting.delimiter.to_string();
        let ranged = section.collapse == Some(Collapse::CitationNumber);
        let number = Number {
            successor_prefix: delimiter.clone(),
            splice_prefix: delimiter,
            range_prefix: ranged.then(|| self.word("citation-range-delimiter")),
            no_splice: self.in_cite_predecessor,
            ..plain_number(self.entry.number as i64)
        };
        self.push_number(number, formatting);
    }

    /// Puts a number in, unless only dates count.
    pub(super) fn push_number(&mut self, number: Number, formatting: &Formatting) {
        if self.only_dates || self.is_suppressed() {
            return;
        }
        let mut blob = Blob::with(Content::Number(Box::new(number)));
        blob.prefix.clone_from(&formatting.prefix);
        blob.suffix.clone_from(&formatting.suffix);
        blob.decorations.clone_from(&formatting.decorations);
        if let Content::Number(number) = &mut blob.content {
            number.text_case = formatting.text_case;
        }
        self.push(blob);
    }

    fn word(&self, term: &str) -> String {
        self.env.locale.term(term, Form::Long, false).unwrap_or_default().to_owned()
    }

    fn year_suffix_variable(&mut self, formatting: &'a Formatting) {
        let Some(suffix) = self.entry.disambiguation.year_suffix.filter(|_| !self.looking) else {
            return;
        };
        let section = self.section();
        let delimiter = section
            .cite_group_delimiter
            .as_ref()
            .or(section.year_suffix_delimiter.as_ref())
            .map_or_else(|| section.formatting.delimiter.to_string(), String::clone);
        let ranged = section.collapse == Some(Collapse::YearSuffixRanged);
        let number = Number {
            formatter: Formatter::Suffix,
            successor_prefix: delimiter,
            range_prefix: ranged.then(|| self.word("citation-range-delimiter")),
            ..plain_number(suffix as i64)
        };
        self.push_number(number, formatting);
        let nothing_else = self.flags.iter().any(|flags| {
            !flags.variable_success && (flags.variable_attempt || !flags.term_intended)
        });
        if nothing_else && section.year_suffix_delimiter.is_some() && !self.sorting {
            self.splice_year_suffix = true;
        }
    }

    /// The letter behind the first year, where the style does not place it itself.
    pub(super) fn implicit_year_suffix(&mut self) {
        let Some(suffix) = self.entry.disambiguation.year_suffix else { return };
        if self.env.style.places_year_suffix || self.looking || self.has_year_suffix {
            return;
        }
        self.has_year_suffix = true;
        let section = self.section();
        let delimiter = section
            .cite_group_delimiter
            .as_ref()
            .or(section.year_suffix_delimiter.as_ref())
            .map_or_else(|| section.formatting.delimiter.to_string(), String::clone);
        let ranged = section.collapse == Some(Collapse::YearSuffixRanged);
        let number = Number {
            formatter: Formatter::Suffix,
            successor_prefix: delimiter,
            range_prefix: ranged.then(|| self.word("citation-range-delimiter")),
            no_delimiter: true,
            ..plain_number(suffix as i64)
        };
        self.push_number(number, &Formatting::default());
    }

    fn citation_label(&mut self, formatting: &'a Formatting) {
        let mut label = match self.item.text(Variable::CITATION_LABEL) {
            Some(label) => label.to_owned(),
            None => self.entry.label.to_owned(),
        };
        if let Some(suffix) = self.entry.disambiguation.year_suffix.filter(|_| !self.looking) {
            label.push_str(&letters(suffix));
        }
        self.append(&label, formatting);
    }
}

/// A number as it is.
pub(super) fn plain_number(value: i64) -> Number {
    Number {
        value,
        particle: String::new(),
        formatter: Formatter::Number(NumberForm::Numeric),
        gender: None,
        text_case: None,
        successor_prefix: String::new(),
        range_prefix: None,
        splice_prefix: String::new(),
        no_splice: false,
        status: Status::Start,
        no_delimiter: false,
    }
}

/// 0 is a, 25 is z, 26 is aa.
pub(in crate::cite) fn letters(number: usize) -> String {
    let mut rest = number + 1;
    let mut out = Vec::new();
    while rest > 0 {
        rest -= 1;
        out.push(b'a' + (rest % 26) as u8);
        rest /= 26;
    }
    out.reverse();
    String::from_utf8(out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["a", "z", "aa", "zz", "aaa"]);
    }
}
