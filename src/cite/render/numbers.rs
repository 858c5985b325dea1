//! `cs:number`, and variables that hold numbers (CSL 1.0.2, "Number").

use super::Render;
use super::list_variables::plain_number;
use super::number_parse;
use super::number_parse::Numbers;
use super::number_parse::Piece;
use super::number_parse::term_of;
use super::text_case;
use crate::cite::item::Variable;
use crate::cite::locale::Locale;
use crate::cite::output::blob::Blob;
use crate::cite::output::blob::Content;
use crate::cite::output::blob::Decoration;
use crate::cite::output::blob::Formatter;
use crate::cite::output::blob::Number;
use crate::cite::style::tree::Form;
use crate::cite::style::tree::Formatting;
use crate::cite::style::tree::NumberForm;
use compact_str::CompactString;
use compact_str::format_compact;

impl<'a> Render<'a> {
    /// The numbers of a variable, read once; `None` where it holds nothing.
    pub(super) fn numbers(&mut self, variable: Variable) -> Option<&mut Numbers> {
        let known = self.numbers.iter().position(|(known, _)| *known == variable);
        if known.is_none() {
            let (text, label) = match variable {
                Variable::LOCATOR => {
                    let cite = self.cite.filter(|cite| !cite.locator.is_empty())?;
                    (cite.locator.clone(), cite.label.as_str())
                }
                Variable::FIRST_REFERENCE_NOTE_NUMBER => (self.cite?.first_note?.to_string(), ""),
                Variable::PAGE_FIRST => (self.page_first()?, ""),
                _ => (self.item.text(variable)?.to_owned(), ""),
            };
            let text = if variable.name() == "number" && self.item.kind == "legal_case" {
                text.replace("\\-", "-").replace('-', "\\-")
            } else {
                text
            };
            let numbers = number_parse::read(variable, &text, label, self.env.locale);
            self.numbers.push((variable, numbers));
        }
        let at = known.unwrap_or(self.numbers.len() - 1);
        self.numbers.get_mut(at).map(|(_, numbers)| numbers)
    }

    /// The first page, where the item does not say it itself.
    pub(super) fn page_first(&self) -> Option<String> {
        let pages = self.item.text(Variable::PAGE);
        let Some(pages) = pages else {
            return self.item.text(Variable::PAGE_FIRST).map(str::to_owned);
        };
        let cut = |separator: &str| pages.find(separator);
        let at = ["&", ", ", "-", "–"].into_iter().filter_map(cut).min();
        let first = pages[..at.unwrap_or(pages.len())].trim_end();
        Some(if first.ends_with('\\') { pages.to_owned() } else { first.to_owned() })
    }

    /// `cs:number`, and `cs:text` of a variable that holds numbers.
    pub(super) fn number(
        &mut self,
        variable: Variable,
        form: NumberForm,
        formatting: &'a Formatting,
    ) {
        self.strip_periods += usize::from(formatting.strip_periods);
        self.numbers_out(variable, form, formatting);
        self.strip_periods -= usize::from(formatting.strip_periods);
    }

    /// `cs:number`: asks for its variable first.
    pub(super) fn number_element(
        &mut self,
        variable: Variable,
        form: NumberForm,
        formatting: &'a Formatting,
    ) {
        let asked = match variable {
            Variable::PAGE_FIRST => Variable::PAGE_FIRST,
            other => other,
        };
        if self.ask(asked, Form::Long, &[]) {
            match variable {
                Variable::CITATION_NUMBER | Variable::CITATION_LABEL | Variable::YEAR_SUFFIX => {
                    self.variable_unasked(variable, formatting);
                }
                _ => self.number(variable, form, formatting),
            }
        }
    }

    fn numbers_out(&mut self, variable: Variable, form: NumberForm, formatting: &'a Formatting) {
        if variable == Variable::LOCATOR && self.looking && !self.sorting {
            return;
        }
        let (style, locale) = (self.env.style, self.env.locale);
        let Some(numbers) = self.numbers(variable) else { return };
        numbers.write_ranges(variable, &style.page_range_format, locale);
        let mut pieces = numbers.pieces.clone();
        let label_form = numbers.label_form;
        let Some(first) = pieces.first() else { return };
        let master = first.label.clone();
        let mut outer = Formatting {
            prefix: formatting.prefix.clone(),
            suffix: formatting.suffix.clone(),
            decorations: formatting.decorations.clone(),
            ..Formatting::default()
        };
        let last = pieces.len() - 1;
        let quoted = pieces[0].value.starts_with('"')
            && pieces[last].value.ends_with('"')
            && (last > 0 || pieces[0].value.len() > 1);
        if quoted {
            pieces[0].value.remove(0);
            pieces[last].value.pop();
            outer.decorations.push(Decoration::Quotes);
        }
        if self.is_suppressed() || self.only_dates {
            return;
        }
        self.open(&outer);
        let plain = Formatting { text_case: formatting.text_case, ..Formatting::default() };
        for piece in &pieces {
            let form = if piece.label == master { form } else { NumberForm::Numeric };
            let label_form =
                label_form.unwrap_or(if piece.label == master { Form::Long } else { Form::Short });
            self.piece(variable, piece, form, label_form, &plain);
            self.term_predecessor = true;
        }
        self.close();
    }

    fn piece(
        &mut self,
        variable: Variable,
        piece: &Piece,
        form: NumberForm,
        label_form: Form,
        plain: &Formatting,
    ) {
        let term =
            if piece.label.is_empty() { Some(variable.name()) } else { term_of(&piece.label) };
        let label = term
            .and_then(|term| self.env.locale.term(term, label_form, piece.is_plural))
            .unwrap_or_default()
            .to_owned();
        let mut formatting = plain.clone();
        formatting.suffix = piece.joining.replace("\\-", "-").into();
        let holder = label.find("%s");
        match holder {
            Some(at) if at > 0 && at + 2 < label.len() => {
                formatting.prefix = CompactString::from(&label[..at]);
                formatting.suffix = format_compact!("{}{}", &label[at + 2..], formatting.suffix);
            }
            _ if piece.shows_label => {
                let text = match holder {
                    _ if label.is_empty() => format!("{}{}", piece.label, piece.label_suffix),
                    Some(at) if at > 0 => label[..at].to_owned(),
                    Some(_) => String::new(),
                    None => format!("{label}{}", piece.label_suffix),
                };
                if !text.is_empty() {
                    self.append(&text, &Formatting::default());
                }
            }
            _ => {}
        }
        if !piece.is_collapsible {
            let text = format!("{}{}", piece.particle, piece.value);
            self.append(&text, &formatting);
        } else if is_plain_number(&piece.value) {
            let number = Number {
                particle: piece.particle.clone(),
                formatter: Formatter::Number(form),
                gender: self.env.locale.gender(variable.name()),
                ..plain_number(piece.value.parse().unwrap_or(0))
            };
            self.push_number(number, &formatting);
        } else {
            let mut text = format!("{}{}", piece.particle, piece.value);
            if let Some(case) = formatting.text_case {
                text = text_case::apply(&text, case, self.language());
            }
            let mut blob = Blob::with(Content::Text(text.into()));
            blob.suffix = formatting.suffix;
            blob.prefix = formatting.prefix;
            self.push(blob);
        }
        if let Some(0) = holder
            && label.len() > 2
        {
            self.append(&label[2..], &Formatting::default());
        }
    }
}

fn is_plain_number(text: &str) -> bool {
    !text.starts_with('0')
        && (1..=15).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_digit())
}

impl Number {
    /// The number as it is written.
    pub(in crate::cite) fn written(&self, locale: &Locale) -> String {
        let text = match self.formatter {
            Formatter::Suffix => {
                super::list_variables::letters(usize::try_from(self.value).unwrap_or(0))
            }
            Formatter::Number(_) if !self.particle.is_empty() => {
                format!("{}{}", self.particle, self.value)
            }
            Formatter::Number(NumberForm::Numeric) => self.value.to_string(),
            Formatter::Number(NumberForm::Ordinal) => locale.ordinal(self.value, self.gender),
            Formatter::Number(NumberForm::LongOrdinal) => {
                locale.long_ordinal(self.value, self.gender)
            }
            Formatter::Number(NumberForm::Roman) => roman(self.value),
        };
        match self.text_case {
            Some(case) => text_case::apply(&text, case, locale.language()),
            None => text,
        }
    }
}

/// Small roman numerals; nothing from 6000 on, as the reference implementation has it.
fn roman(number: i64) -> String {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut out = String::new();
    if !(1..6000).contains(&number) {
        return out;
    }
    let mut rest = number;
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals_are_small() {
        assert_eq!([4, 1999, 6000].map(roman), ["iv", "mcmxcix", ""]);
    }
}
