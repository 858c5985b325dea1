//! From the elements of a locale file, or of `cs:locale` in a style, to [`Locale`].

use super::Gender;
use super::Locale;
use super::LocaleDate;
use super::Ordinals;
use super::Text;
use super::ordinals::Matching;
use super::slot;
use crate::cite::style::StyleError;
use crate::cite::style::date_part;
use crate::cite::style::form_named;
use crate::cite::style::formatting;
use crate::cite::style::term_name;
use crate::cite::style::xml;
use crate::cite::style::xml::Element;

pub(super) fn read(text: &str) -> Result<Locale, StyleError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let root = xml::read(text).map_err(|(line, what)| StyleError::NotXml { line, what })?;
    if root.name == "locale" {
        Ok(Locale::from_element(&root))
    } else {
        Err(StyleError::NotLocale(root.name))
    }
}

impl Locale {
    /// Reads `cs:locale`; what is not known in it is left out.
    pub(in crate::cite) fn from_element(element: &Element) -> Locale {
        let lang = element.get("xml:lang").unwrap_or_default().replace('_', "-");
        let mut locale = Locale { lang, ..Locale::default() };
        for child in &element.children {
            match child.name.as_str() {
                "terms" => locale.read_terms(child),
                "date" => locale.read_date(child),
                "style-options" => {
                    let flag = |name: &str| child.get(name).map(|value| value == "true");
                    locale.punctuation_in_quote = flag("punctuation-in-quote");
                    locale.ordinals_on_first_day_only = flag("limit-day-ordinals-to-day-1");
                }
                _ => {}
            }
        }
        locale
    }

    fn read_terms(&mut self, element: &Element) {
        let mut ordinals = Ordinals::default();
        let mut has_ordinal = false;
        for term in element.all("term") {
            let name = term_name(term.get("name").unwrap_or_default());
            let gender = |attribute: &str| match term.get(attribute) {
                Some("feminine") => Some(Gender::Feminine),
                Some("masculine") => Some(Gender::Masculine),
                _ => None,
            };
            if let Some(gender) = gender("gender") {
                self.genders.insert(name.clone(), gender);
            }
            let form_gender = gender("gender-form");
            if name == "ordinal" {
                has_ordinal = true;
            } else if let Some(number) = name.strip_prefix("ordinal-") {
                let matching = match term.get("match") {
                    Some("whole-number") => Matching::WholeNumber,
                    Some("last-two-digits") => Matching::LastTwoDigits,
                    Some("last-digit") => Matching::LastDigit,
                    _ if number.starts_with('0') => Matching::LastDigit,
                    _ => Matching::LastTwoDigits,
                };
                if let Ok(number) = number.parse() {
                    ordinals.terms.insert((matching, number, form_gender), name.clone());
                }
            }
            let own = |element: &Element| {
                // Only white space, line breaks among it, is how an editor indents nothing.
                let blank = element.text.trim().is_empty() && element.text.contains('\n');
                if blank { String::new() } else { element.text.clone() }
            };
            let text = match term.child("multiple") {
                Some(multiple) => Text {
                    single: term.child("single").map(own).unwrap_or_default(),
                    multiple: Some(own(multiple)),
                },
                None => {
                    let single = own(term.child("single").unwrap_or(term));
                    Text { single, multiple: None }
                }
            };
            let form = term.get("form").map(form_named).unwrap_or_default();
            let own = self.terms.entry(name).or_default();
            let forms = match form_gender {
                None => &mut own.neuter,
                Some(Gender::Feminine) => &mut own.feminine,
                Some(Gender::Masculine) => &mut own.masculine,
            };
            forms[slot(form)] = Some(text);
        }
        if has_ordinal {
            self.ordinals = Some(ordinals);
        }
    }

    fn read_date(&mut self, element: &Element) {
        let date = LocaleDate {
            parts: element.all("date-part").filter_map(date_part).collect(),
            formatting: formatting(element),
        };
        match element.get("form") {
            Some("numeric") => self.numeric_date = Some(date),
            _ => self.text_date = Some(date),
        }
    }
}
