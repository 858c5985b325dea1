//! `cs:text` (CSL 1.0.2, "Text"): variables, terms and given text.

use super::Area;
use super::Render;
use super::append::stripped;
use super::text_case;
use crate::cite::item::Date;
use crate::cite::item::Variable;
use crate::cite::item::VariableKind;
use crate::cite::output::blob::Blob;
use crate::cite::output::blob::Content;
use crate::cite::output::blob::Formatter;
use crate::cite::output::blob::Number;
use crate::cite::output::blob::Status;
use crate::cite::style::tree::Collapse;
use crate::cite::style::tree::Form;
use crate::cite::style::tree::Formatting;
use crate::cite::style::tree::NumberForm;
use crate::cite::style::tree::Part;
use crate::cite::style::tree::TextCase;

/// Variables that have a title's rules for capitals: only English ones are capitalised.
fn has_language(variable: Variable) -> bool {
    matches!(
        variable.name(),
        "archive"
            | "archive_collection"
            | "archive_location"
            | "archive-place"
            | "authority"
            | "collection-title"
            | "container-title"
            | "country"
            | "division"
            | "edition"
            | "event"
            | "event-place"
            | "event-title"
            | "genre"
            | "jurisdiction"
            | "medium"
            | "original-publisher"
            | "original-publisher-place"
            | "original-title"
            | "part-title"
            | "publisher"
            | "publisher-place"
            | "reviewed-genre"
            | "reviewed-title"
            | "section"
            | "source"
            | "title"
            | "title-short"
            | "volume-title"
    )
}

/// Variables that are read as numbers where a style prints them as text.
fn is_numbers(variable: Variable) -> bool {
    matches!(
        variable.name(),
        "page"
            | "page-first"
            | "chapter-number"
            | "collection-number"
            | "issue"
            | "number"
            | "number-of-pages"
            | "number-of-volumes"
            | "volume"
            | "locator"
            | "first-reference-note-number"
    )
}

impl<'a> Render<'a> {
    /// Notes that an element asks for a variable, and whether that holds anything. `None` where a
    /// substitution has used it up. `parts` are those that a date shows.
    pub(super) fn ask(&mut self, variable: Variable, form: Form, parts: &[Part]) -> bool {
        let used = self.done.contains(&variable);
        if self.can_block_substitute {
            self.done.push(variable);
        }
        let holds = !used && self.holds(variable, form, parts);
        if !holds {
            self.flags().variable_attempt = true;
            return !used;
        }
        if variable != Variable::CITATION_NUMBER || self.area != Area::Bibliography {
            self.renders_content = true;
        }
        self.flags().variable_success = true;
        let can = self.can_substitute.last().copied().unwrap_or(false);
        let is_text = !matches!(variable.kind(), VariableKind::Names | VariableKind::Date);
        if can && self.area == Area::Bibliography && is_text {
            if let Some(text) = self.item.text(variable) {
                let text = text.to_owned();
                self.rendered_names.get_or_insert_with(Vec::new).push(text);
                self.node.top = self.mark_level();
            }
        }
        self.no_substitute();
        true
    }

    fn mark_level(&mut self) -> u32 {
        self.next_mark += 1;
        let mark = self.next_mark;
        match self.levels.last_mut() {
            Some(level) if level.mark != 0 => level.mark,
            Some(level) => {
                level.mark = mark;
                mark
            }
            None => 0,
        }
    }

    fn holds(&self, variable: Variable, form: Form, parts: &[Part]) -> bool {
        match variable {
            Variable::YEAR_SUFFIX | Variable::CITATION_NUMBER | Variable::CITATION_LABEL => true,
            Variable::LOCATOR => self.cite.is_some_and(|cite| !cite.locator.is_empty()),
            Variable::FIRST_REFERENCE_NOTE_NUMBER => {
                self.cite.is_some_and(|cite| cite.first_note.is_some())
            }
            _ if variable.kind() == VariableKind::Date => {
                self.item.date(variable).is_some_and(|date| shows(date, parts))
            }
            _ if variable.kind() == VariableKind::Names => false,
            Variable::PAGE_FIRST => self.page_first().is_some(),
            _ => self.item.text(self.short_of(variable, form)).is_some(),
        }
    }

    /// The variable for the short form where there is only that.
    fn short_of(&self, variable: Variable, form: Form) -> Variable {
        if form != Form::Short || self.item.has(variable) {
            return variable;
        }
        match variable {
            Variable::TITLE => Variable::TITLE_SHORT,
            Variable::CONTAINER_TITLE => Variable::CONTAINER_TITLE_SHORT,
            other => other,
        }
    }

    /// `cs:text variable=…`.
    pub(super) fn variable(&mut self, variable: Variable, form: Form, formatting: &'a Formatting) {
        self.strip_periods += usize::from(formatting.strip_periods);
        if self.ask(variable, form, &[]) {
            match variable {
                Variable::CITATION_NUMBER | Variable::YEAR_SUFFIX | Variable::CITATION_LABEL => {
                    self.variable_unasked(variable, formatting);
                }
                Variable::URL | Variable::DOI => self.address(variable, formatting),
                _ => self.text_variable(variable, form, formatting),
            }
        }
        self.strip_periods -= usize::from(formatting.strip_periods);
    }

    /// The variables that the list gives and not the item.
    pub(super) fn variable_unasked(&mut self, variable: Variable, formatting: &'a Formatting) {
        match variable {
            Variable::CITATION_NUMBER => self.citation_number(formatting),
            Variable::YEAR_SUFFIX => self.year_suffix_variable(formatting),
            _ => self.citation_label(formatting),
        }
    }

    fn text_variable(&mut self, variable: Variable, form: Form, formatting: &'a Formatting) {
        if variable != Variable::LOCATOR {
            self.have_collapsed = false;
        }
        if is_numbers(variable) {
            self.number(variable, NumberForm::Numeric, formatting);
            return;
        }
        let short = match (form, variable) {
            (Form::Short, Variable::TITLE) => Some(Variable::TITLE_SHORT),
            (Form::Short, Variable::CONTAINER_TITLE) => Some(Variable::CONTAINER_TITLE_SHORT),
            (Form::Short, _) => Variable::named(&format!("{}-short", variable.name())),
            _ => None,
        };
        let short = short.and_then(|short| self.item.text(short));
        let Some(text) = short.or_else(|| self.item.text(variable)) else { return };
        if has_language(variable) {
            if self.is_author_suppressed_here() {
                return;
            }
            if formatting.text_case == Some(TextCase::Title) && !self.is_english() {
                let plain = Formatting { text_case: None, ..formatting.clone() };
                self.append(text, &plain);
            } else {
                self.append(text, formatting);
            }
            self.rendered_something = true;
            if self.can_block_substitute {
                let mark = self.mark_level();
                self.node.children.push(mark);
            }
        } else {
            let text = text.replace('\\', "");
            self.append(&text, formatting);
        }
    }

    fn is_author_suppressed_here(&self) -> bool {
        !self.looking
            && self.cite.is_some_and(|cite| cite.suppress_author)
            && !self.rendered_something
            && self.can_substitute.len() > 1
    }

    /// Whether the item is in English, or says nothing and the locale is.
    fn is_english(&self) -> bool {
        let own = self.item.language.as_str();
        let lang = if own.is_empty() { &self.env.locale.lang } else { own };
        let mut chars = lang.chars();
        let head: String = chars.by_ref().take(2).collect();
        head.eq_ignore_ascii_case("en")
    }

    /// Addresses: a DOI without its resolver where the style gives that as a prefix.
    fn address(&mut self, variable: Variable, formatting: &'a Formatting) {
        let Some(value) = self.item.text(variable) else { return };
        let is_web = value.starts_with("http://") || value.starts_with("https://");
        let resolves = formatting.prefix.ends_with("https://doi.org/");
        let mut text = value.to_owned();
        let link = if variable == Variable::URL {
            value.to_owned()
        } else if is_web {
            value.to_owned()
        } else {
            format!("https://doi.org/{}", encode_doi(value))
        };
        if variable == Variable::DOI && !is_web && resolves {
            text = encode_doi(value);
        }
        if self.append_with(&text, formatting, false, true) {
            if let Some(part) =
                self.levels.last_mut().and_then(|level| level.parts_mut().last_mut())
            {
                part.link = Some(link);
            }
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
        let delimiter = section.formatting.delimiter.clone();
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
            .unwrap_or(&section.formatting.delimiter)
            .clone();
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
            .unwrap_or(&section.formatting.delimiter)
            .clone();
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

    /// `cs:text term=…`.
    pub(super) fn term(
        &mut self,
        term: &str,
        form: Form,
        plural: bool,
        formatting: &'a Formatting,
    ) {
        let text = self.env.locale.term(term, form, plural).unwrap_or_default();
        if !text.is_empty() {
            self.flags().term_intended = true;
            self.renders_content = true;
        }
        let mut text = text.to_owned();
        let within_text = !self.env.style.is_note && self.area == Area::Citation;
        if !self.term_predecessor && !within_text {
            text = text_case::apply(&text, TextCase::CapitalizeFirst, self.language());
        }
        if self.strip_periods > 0 || formatting.strip_periods {
            text = text.replace('.', "");
        }
        self.append(&text, formatting);
        if self.can_block_substitute {
            self.no_substitute();
        }
    }

    /// `cs:text value=…`.
    pub(super) fn value(&mut self, value: &str, formatting: &'a Formatting) {
        self.flags().term_intended = true;
        let text = if formatting.strip_periods { stripped(value) } else { value.to_owned() };
        self.append(&text, formatting);
        if self.can_block_substitute {
            self.no_substitute();
        }
    }
}

fn shows(date: &Date, parts: &[Part]) -> bool {
    !date.literal.is_empty()
        || [Some(date.start), date.end].into_iter().flatten().any(|day| {
            parts.iter().any(|part| match part {
                Part::Year => day.year.is_some_and(|year| year != 0),
                Part::Month => day.month.is_some(),
                Part::Day => day.day.is_some(),
            })
        })
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

/// The characters of a DOI that an address may not have, percent-encoded.
fn encode_doi(doi: &str) -> String {
    let mut out = String::with_capacity(doi.len());
    for c in doi.chars() {
        let code = c as u32;
        let bad = code <= 0x20
            || matches!(
                c,
                '"' | '#' | '%' | '<' | '>' | '?' | '[' | '\\' | ']' | '^' | '`' | '{' | '|' | '}'
            )
            || (0x7f..=0x9f).contains(&code);
        if bad {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Text without the tags that values may hold.
pub(super) fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        match rest[at..].find('>') {
            Some(end) => rest = &rest[at + end + 1..],
            None => {
                out.push_str(&rest[at..]);
                return out;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["a", "z", "aa", "zz", "aaa"]);
    }

    #[test]
    fn a_doi_is_made_fit_for_an_address() {
        assert_eq!(encode_doi("10.1/a<b>"), "10.1/a%3Cb%3E");
    }
}
