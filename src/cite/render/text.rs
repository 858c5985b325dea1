//! `cs:text` (CSL 1.0.2, "Text"): variables, terms and given text.

use super::Area;
use super::Render;
use super::append::stripped;
use super::text_case;
use crate::cite::item::Date;
use crate::cite::item::Variable;
use crate::cite::item::VariableKind;
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
        if can
            && self.area == Area::Bibliography
            && is_text
            && let Some(text) = self.item.text(variable)
        {
            let text = text.to_owned();
            self.rendered_names.get_or_insert_with(Vec::new).push(text);
            self.node.top = self.mark_level();
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
                Variable::URL | Variable::DOI => self.address(variable, form, formatting),
                _ => self.text_variable(variable, form, formatting),
            }
        }
        self.strip_periods -= usize::from(formatting.strip_periods);
    }

    fn text_variable(&mut self, variable: Variable, form: Form, formatting: &'a Formatting) {
        if variable != Variable::LOCATOR {
            self.have_collapsed = false;
        }
        if is_numbers(variable) {
            self.number(variable, NumberForm::Numeric, formatting);
            if variable == Variable::LOCATOR && !self.looking {
                self.done.push(variable);
            }
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
    fn address(&mut self, variable: Variable, form: Form, formatting: &'a Formatting) {
        let Some(value) = self.item.text(variable) else { return };
        let is_web = value.starts_with("http://") || value.starts_with("https://");
        let mut text = value.to_owned();
        if variable == Variable::URL && form == Form::Short {
            text = short_address(value);
        }
        let link = if variable == Variable::URL || is_web {
            value.to_owned()
        } else {
            format!("https://doi.org/{}", encode_doi(value))
        };
        if self.append_with(&text, formatting, false, true)
            && let Some(part) =
                self.levels.last_mut().and_then(|level| level.parts_mut().last_mut())
        {
            part.link = Some(link);
        }
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

/// The host of an address; one that begins with `www.` without its scheme.
fn short_address(address: &str) -> String {
    let end = address.rmatch_indices('/').map(|(at, _)| at).find(|at| {
        let before = &address[..*at];
        before
            .rfind('.')
            .is_some_and(|dot| dot + 1 < before.len() && !before[dot + 1..].contains('/'))
    });
    let host = &address[..end.unwrap_or(address.len())];
    match host.find("//www.") {
        Some(_) => host.replacen("https://", "", 1).replacen("http://", "", 1),
        None => host.to_owned(),
    }
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
    fn a_doi_is_made_fit_for_an_address() {
        assert_eq!(encode_doi("10.1/a<b>"), "10.1/a%3Cb%3E");
    }
}
