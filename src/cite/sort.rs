//! Sorting (CSL 1.0.2, "Sorting"): keys are rendered once, then compared by the collation of the
//! locale, in which case, accents that are no letters of their own, spaces and punctuation count
//! for nothing.

use super::item::Item;
use super::item::Variable;
use super::item::VariableKind;
use super::output::flatten::Flattener;
use super::render::Area;
use super::render::Entry;
use super::render::Env;
use super::render::Render;
use super::render::date_parts;
use super::style::tree::Formatting;
use super::style::tree::Key;
use super::style::tree::KeyBy;
use super::style::tree::NameOptions;
use super::style::tree::Part;
use icu_collator::Collator;
use icu_collator::CollatorBorrowed;
use icu_collator::CollatorPreferences;
use icu_collator::options::AlternateHandling;
use icu_collator::options::CollatorOptions;
use icu_collator::options::Strength;
use icu_collator::preferences::CollationNumericOrdering;
use icu_locale::Locale;
use std::cmp::Ordering;

/// The key of an item by each `cs:key`; `None` where it has nothing to sort by, which puts it last.
pub(in crate::cite) type Keys = Vec<Option<Vec<u8>>>;

/// Compares keys by the rules of a locale.
pub(in crate::cite) struct Comparison {
    collator: Option<CollatorBorrowed<'static>>,
}

impl Comparison {
    /// The rules of a language; for one without rules those of the root.
    pub(in crate::cite) fn new(lang: &str) -> Comparison {
        let locale: Locale = lang.parse().unwrap_or(Locale::UNKNOWN);
        let mut preferences = CollatorPreferences::from(&locale);
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Primary);
        options.alternate_handling = Some(AlternateHandling::Shifted);
        Comparison { collator: Collator::try_new(preferences, options).ok() }
    }

    /// Bytes whose order is that of the texts.
    fn bytes(&self, text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        match &self.collator {
            Some(collator) => {
                let _never_fails = collator.write_sort_key_to(text, &mut bytes);
            }
            None => bytes.extend_from_slice(text.as_bytes()),
        }
        bytes
    }

    /// The order of two items by all their keys; equal ones stay as they were.
    pub(in crate::cite) fn order(keys: &[Key], a: &Keys, b: &Keys) -> Ordering {
        for (key, (a, b)) in keys.iter().zip(a.iter().zip(b)) {
            let order = match (a, b) {
                (None, None) => Ordering::Equal,
                (None, Some(_)) => return Ordering::Greater,
                (Some(_), None) => return Ordering::Less,
                (Some(a), Some(b)) => a.cmp(b),
            };
            if order != Ordering::Equal {
                return if key.descending { order.reverse() } else { order };
            }
        }
        Ordering::Equal
    }
}

/// The keys of an item. `entry` is what the list knows of it so far.
pub(in crate::cite) fn keys<'a>(
    comparison: &Comparison,
    env: Env<'a>,
    item: &'a Item,
    area: Area,
    keys: &'a [Key],
    entry: &Entry<'a>,
) -> Keys {
    keys.iter()
        .map(|key| one(env, item, area, key, entry).map(|text| comparison.bytes(&text)))
        .collect()
}

fn one<'a>(
    env: Env<'a>,
    item: &'a Item,
    area: Area,
    key: &'a Key,
    entry: &Entry<'a>,
) -> Option<String> {
    let text = match &key.by {
        KeyBy::Variable(variable) => {
            let text = variable_key(item, *variable, entry);
            if text.contains(['<', '"', '\'']) { bare_text(env, item, area, &text) } else { text }
        }
        KeyBy::Macro(_) | KeyBy::Names(_) => {
            let mut render = Render::new(env, item, area);
            render.sorting = true;
            render.bare = true;
            render.entry = entry.clone();
            let section = render.section();
            render.key_options = inherited(&key.options, &section.names, &env.style.names);
            match &key.by {
                KeyBy::Macro(at) => render.call_key(*at),
                KeyBy::Names(names) => render.names_key(names),
                KeyBy::Variable(_) => {}
            }
            let tree = render.finish();
            let flattener = Flattener { locale: env.locale, bare: true, around: &[], links: false };
            flattener.all(std::slice::from_ref(&tree))
        }
    };
    if text.is_empty() {
        return None;
    }
    let mut text = text.replace(' ', "|").to_lowercase();
    text.push('|');
    let has_date = match &key.by {
        KeyBy::Variable(variable) => variable.kind() == VariableKind::Date,
        KeyBy::Macro(at) => env.style.macros[*at].has_date,
        KeyBy::Names(_) => false,
    };
    if has_date && area == Area::Citation {
        // Of two citations with one date the letter behind the year decides.
        text.push_str(&format!("{:020}|", entry.disambiguation.year_suffix.unwrap_or(0)));
    }
    Some(text)
}

/// A value without its markup.
fn bare_text<'a>(env: Env<'a>, item: &'a Item, area: Area, text: &str) -> String {
    let mut render = Render::new(env, item, area);
    render.sorting = true;
    render.append(text, &Formatting::default());
    let tree = render.finish();
    let flattener = Flattener { locale: env.locale, bare: true, around: &[], links: false };
    flattener.all(std::slice::from_ref(&tree))
}

/// A key may cut lists of names, and what the style says for all holds where it says nothing.
fn inherited(key: &NameOptions, section: &NameOptions, style: &NameOptions) -> NameOptions {
    NameOptions {
        et_al_min: key.et_al_min.or(section.et_al_min).or(style.et_al_min),
        et_al_use_first: key.et_al_use_first.or(section.et_al_use_first).or(style.et_al_use_first),
        et_al_use_last: key.et_al_use_last.or(section.et_al_use_last).or(style.et_al_use_last),
        ..NameOptions::default()
    }
}

fn variable_key(item: &Item, variable: Variable, entry: &Entry) -> String {
    match variable {
        Variable::CITATION_NUMBER => format!("{:020}", entry.sort_number),
        Variable::CITATION_LABEL => item.text(variable).unwrap_or(entry.label).to_owned(),
        _ => match variable.kind() {
            VariableKind::Date => item
                .date(variable)
                .map(|date| date_parts::key(date, &[Part::Year, Part::Month, Part::Day]))
                .unwrap_or_default(),
            VariableKind::Number => item.text(variable).map(padded).unwrap_or_default(),
            _ => item.text(variable).unwrap_or_default().to_owned(),
        },
    }
}

/// The first number in a text, so that it sorts by its value.
fn padded(text: &str) -> String {
    let Some(start) = text.find(|c: char| c.is_ascii_digit()) else { return text.to_owned() };
    let digits: String = text[start..].chars().take_while(char::is_ascii_digit).collect();
    let negative = text[..start].ends_with('-');
    let digits = digits.trim_start_matches('0');
    if negative {
        let number: u128 = digits.parse().unwrap_or(0);
        format!("{}", 99_999_999_999_999_999_999_u128.saturating_sub(number))
    } else {
        format!("{digits:0>20}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(lang: &str, mut words: Vec<&str>) -> Vec<String> {
        let comparison = Comparison::new(lang);
        words.sort_by_key(|word| comparison.bytes(&word.to_lowercase()));
        words.into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn norwegian_letters_end_the_alphabet_and_aa_is_one() {
        assert_eq!(
            sorted("nb-NO", vec!["Aas", "Østby", "Zz", "Ærøe", "Å", "Berg"]),
            ["Berg", "Zz", "Ærøe", "Østby", "Å", "Aas"]
        );
    }

    #[test]
    fn leading_punctuation_counts_for_nothing() {
        assert_eq!(sorted("nb-NO", vec!["«Bok»", "Arv", "Cirkus"]), ["Arv", "«Bok»", "Cirkus"]);
    }
}
