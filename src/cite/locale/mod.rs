//! Locales: terms, dates and options of a language, and what a style lays over them
//! (CSL 1.0.2, "Locale Files" and "Locale").

mod ordinals;
mod reader;
mod resolve;

use super::style::Style;
use super::style::StyleError;
use super::style::tree::DatePart;
use super::style::tree::Form;
use super::style::tree::Formatting;
use ordinals::Ordinals;
use std::collections::HashMap;

pub use resolve::resolve;

/// The gender of a noun, or of the form of an ordinal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// Feminine.
    Feminine,
    /// Masculine.
    Masculine,
}

/// The text of a term in one form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Text {
    single: String,
    multiple: Option<String>,
}

type Forms = [Option<Text>; 5];

#[derive(Clone, Debug, Default)]
struct Term {
    neuter: Forms,
    feminine: Forms,
    masculine: Forms,
}

/// How a locale writes dates.
#[derive(Clone, Debug, Default)]
pub struct LocaleDate {
    /// The parts in order.
    pub parts: Vec<DatePart>,
    /// Affixes and delimiter of the whole.
    pub formatting: Formatting,
}

/// The terms, dates and options of a language.
#[derive(Clone, Debug, Default)]
pub struct Locale {
    /// The language as in `nb-NO`.
    pub lang: String,
    terms: HashMap<String, Term>,
    genders: HashMap<String, Gender>,
    ordinals: Option<Ordinals>,
    text_date: Option<LocaleDate>,
    numeric_date: Option<LocaleDate>,
    punctuation_in_quote: Option<bool>,
    ordinals_on_first_day_only: Option<bool>,
    /// Quotation marks, outer and inner, opening and closing: asked for with every part.
    quotes: [String; 4],
}

fn slot(form: Form) -> usize {
    match form {
        Form::Long | Form::Count => 0,
        Form::Short => 1,
        Form::Verb => 2,
        Form::VerbShort => 3,
        Form::Symbol => 4,
    }
}

impl Locale {
    /// Reads a locale file.
    ///
    /// # Errors
    /// It is not XML, or not a locale.
    pub fn read(xml: &str) -> Result<Locale, StyleError> {
        reader::read(xml)
    }

    /// The locale of a language with everything that a style lays over it: first what the style
    /// says for all languages, then for the language, then for its region. `file` gives the text
    /// of a locale file by its language; a language without one gets American English.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn of_style(
        style: &Style,
        lang: &str,
        file: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Locale, StyleError> {
        let read = |tag: &str| file(tag).map(|text| Locale::read(&text)).transpose();
        let lang = resolve(lang);
        let mut base = read(&lang.base)?;
        if lang.best != lang.base {
            match (&mut base, read(&lang.best)?) {
                (Some(base), Some(best)) => base.lay_over(&best),
                (None, best) => base = best,
                (Some(_), None) => {}
            }
        }
        let locale = match base {
            Some(locale) => Some(locale),
            None => read("en-US")?,
        };
        Ok(locale.unwrap_or_default().for_style(style, &lang.best))
    }

    /// This locale with what a style lays over it, as the locale of a language.
    pub fn for_style(mut self, style: &Style, lang: &str) -> Locale {
        let lang = resolve(lang);
        let mut laid: Vec<&str> = Vec::new();
        for name in ["", lang.bare.as_str(), &lang.base, &lang.best] {
            if !laid.contains(&name) {
                laid.push(name);
                for (_, own) in style.locales.iter().filter(|(known, _)| known == name) {
                    self.lay_over(own);
                }
            }
        }
        self.lang = lang.best;
        self.fill();
        self
    }

    /// Lays another locale over this one.
    fn lay_over(&mut self, other: &Locale) {
        if other.ordinals.is_some() {
            self.terms.retain(|name, _| name != "ordinal" && !name.starts_with("ordinal-"));
            self.ordinals.clone_from(&other.ordinals);
        }
        for (name, term) in &other.terms {
            let own = self.terms.entry(name.clone()).or_default();
            for (into, from) in [
                (&mut own.neuter, &term.neuter),
                (&mut own.feminine, &term.feminine),
                (&mut own.masculine, &term.masculine),
            ] {
                for (into, from) in into.iter_mut().zip(from) {
                    if from.is_some() {
                        into.clone_from(from);
                    }
                }
            }
        }
        self.genders.extend(other.genders.iter().map(|(name, gender)| (name.clone(), *gender)));
        if other.text_date.is_some() {
            self.text_date.clone_from(&other.text_date);
        }
        if other.numeric_date.is_some() {
            self.numeric_date.clone_from(&other.numeric_date);
        }
        self.punctuation_in_quote = other.punctuation_in_quote.or(self.punctuation_in_quote);
        self.ordinals_on_first_day_only =
            other.ordinals_on_first_day_only.or(self.ordinals_on_first_day_only);
    }

    /// What every locale has, even where its file does not say it.
    fn fill(&mut self) {
        self.quotes = ["open-quote", "close-quote", "open-inner-quote", "close-inner-quote"]
            .map(|name| self.term(name, Form::Long, false).unwrap_or_default().to_owned());
        let pages =
            if self.lang.starts_with("fr") || self.lang.starts_with("pt") { "-" } else { "–" };
        for (name, text) in [
            ("page-range-delimiter", pages),
            ("year-range-delimiter", "–"),
            ("citation-range-delimiter", "–"),
        ] {
            self.terms.entry(name.to_owned()).or_insert_with(|| {
                let mut term = Term::default();
                term.neuter[0] = Some(Text { single: text.into(), multiple: None });
                term
            });
        }
    }

    /// The text of a term, in another form where it lacks this one ("Terms", "form" attribute);
    /// `None` where there is no such term, or none in that form or a fuller one.
    pub fn term(&self, name: &str, form: Form, plural: bool) -> Option<&str> {
        self.gendered(name, form, plural, None)
    }

    /// The text of a term in the form of a gender.
    pub fn gendered(
        &self,
        name: &str,
        form: Form,
        plural: bool,
        gender: Option<Gender>,
    ) -> Option<&str> {
        let term = self.terms.get(name)?;
        let forms: &[Form] = match form {
            Form::Symbol => &[Form::Symbol, Form::Short, Form::Long],
            Form::VerbShort => &[Form::VerbShort, Form::Verb, Form::Long],
            Form::Verb => &[Form::Verb, Form::Long],
            Form::Short => &[Form::Short, Form::Long],
            Form::Long | Form::Count => &[Form::Long],
        };
        let own = match gender {
            Some(Gender::Feminine) => Some(&term.feminine),
            Some(Gender::Masculine) => Some(&term.masculine),
            None => None,
        };
        let text = forms.iter().find_map(|form| {
            let at = slot(*form);
            let neuter = term.neuter[at].as_ref();
            let other = || term.feminine[at].as_ref().or(term.masculine[at].as_ref());
            own.and_then(|own| own[at].as_ref()).or(neuter).or_else(other)
        })?;
        Some(match &text.multiple {
            Some(multiple) if plural => multiple,
            _ => &text.single,
        })
    }

    /// Whether there is a term of that name at all.
    pub fn has_term(&self, name: &str) -> bool {
        self.terms.contains_key(name)
    }

    /// The gender of the noun that a term is.
    pub fn gender(&self, term: &str) -> Option<Gender> {
        self.genders.get(term).copied()
    }

    /// How dates are written in the form `text` or `numeric`.
    pub fn date(&self, form: &str) -> Option<&LocaleDate> {
        if form == "numeric" { self.numeric_date.as_ref() } else { self.text_date.as_ref() }
    }

    /// Whether full stops and commas go inside quotation marks.
    pub fn punctuation_in_quote(&self) -> bool {
        self.punctuation_in_quote.unwrap_or(false)
    }

    /// Whether only the first day of a month is an ordinal.
    pub fn ordinals_on_first_day_only(&self) -> bool {
        self.ordinals_on_first_day_only.unwrap_or(false)
    }

    /// The opening and closing quotation marks, outer or inner.
    pub fn quotes(&self, inner: bool) -> (&str, &str) {
        let [outer_open, outer_close, inner_open, inner_close] = &self.quotes;
        if inner { (inner_open, inner_close) } else { (outer_open, outer_close) }
    }

    /// The language alone, as in `nb`.
    pub fn language(&self) -> &str {
        self.lang.split('-').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(inner: &str) -> Locale {
        Locale::read(&format!("<locale xml:lang='en-US'>{inner}</locale>")).expect("a locale")
    }

    #[test]
    fn a_missing_form_falls_back_to_a_fuller_one() {
        let it = locale(
            "<terms><term name='editor'><single>editor</single><multiple>editors</multiple></term>\
             <term name='editor' form='verb'>edited by</term></terms>",
        );
        assert_eq!(it.term("editor", Form::Short, true), Some("editors"));
        assert_eq!(it.term("editor", Form::VerbShort, true), Some("edited by"));
        assert_eq!(it.term("translator", Form::Long, false), None);
    }

    #[test]
    fn ordinals_follow_the_whole_number_then_its_last_digits() {
        let it = locale(
            "<terms><term name='ordinal'>th</term><term name='ordinal-01'>st</term>\
             <term name='ordinal-11'>th</term></terms>",
        );
        assert_eq!(it.ordinal(21, None), "21st");
        assert_eq!(it.ordinal(111, None), "111th");
        assert_eq!(it.ordinal(4, None), "4th");
    }
}
