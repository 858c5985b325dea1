//! Filters: JabRef's modifiers and Better BibTeX's, by one name each.

use super::titles::{capital, telling, words};
use super::{Dialect, Filter, Wrong, letters};
use regex::Regex;

/// The filters there are, lower case.
const NAMES: &[&str] = &[
    "lower",
    "upper",
    "fold",
    "ascii",
    "alphanum",
    "clean",
    "nopunct",
    "nopunctordash",
    "skipwords",
    "select",
    "substring",
    "condense",
    "abbr",
    "capitalize",
    "titlecase",
    "title_case",
    "sentencecase",
    "sentence_case",
    "truncate",
    "prefix",
    "postfix",
    "replace",
    "regex",
    "match",
    "len",
    "default",
    "transliterate",
    "unsafechars",
    "initials",
];

/// A filter of this name.
pub(super) fn filter(name: &str, args: Vec<String>) -> Result<Filter, Wrong> {
    let lower = name.to_lowercase();
    let lower = lower.trim_start_matches('_').to_owned();
    if !NAMES.contains(&lower.as_str()) {
        return Err(Wrong::NoFilter(name.to_owned()));
    }
    let regex = match (lower.as_str(), args.first()) {
        ("regex" | "match", Some(pattern)) => {
            Some(Regex::new(pattern).map_err(|_| Wrong::NoRegex(pattern.clone()))?)
        }
        _ => None,
    };
    Ok(Filter { name: lower, args, regex })
}

/// Sends `value` through `filters`; `None` where a condition does not hold.
pub(super) fn run(dialect: Dialect, value: String, filters: &[Filter]) -> Option<String> {
    filters.iter().try_fold(value, |value, filter| one(dialect, value, filter))
}

fn one(dialect: Dialect, value: String, filter: &Filter) -> Option<String> {
    let arg = |at: usize| filter.args.get(at).map(|it| it.rsplit('=').next().unwrap_or(it));
    let number = |at: usize| arg(at).and_then(|it| it.parse::<i64>().ok());
    Some(match filter.name.as_str() {
        "lower" => value.to_lowercase(),
        "upper" => value.to_uppercase(),
        "fold" | "ascii" | "transliterate" => letters::ascii(&value, dialect == Dialect::JabRef),
        "alphanum" => value.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace()).collect(),
        "clean" | "unsafechars" => letters::clean(&value, dialect),
        "nopunct" => value
            .chars()
            .filter(|c| c.is_alphanumeric() || c.is_whitespace() || *c == '-')
            .collect(),
        "nopunctordash" => {
            value.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace()).collect()
        }
        "skipwords" => telling(&value).join(" "),
        "select" => {
            let all = words(&value);
            let from = usize::try_from(number(0).unwrap_or(1).max(1) - 1).ok()?;
            let count = number(1).and_then(|it| usize::try_from(it).ok()).unwrap_or(usize::MAX);
            all.into_iter().skip(from).take(count).collect::<Vec<_>>().join(" ")
        }
        "substring" => {
            let from = usize::try_from(number(0).unwrap_or(1).max(1) - 1).ok()?;
            let count = number(1).and_then(|it| usize::try_from(it).ok()).unwrap_or(usize::MAX);
            value.chars().skip(from).take(count).collect()
        }
        "truncate" => {
            let count = number(0).and_then(|it| usize::try_from(it).ok()).unwrap_or(usize::MAX);
            value.chars().take(count).collect::<String>().trim_end().to_owned()
        }
        "condense" => value
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(filter.args.first().map_or("", String::as_str)),
        "abbr" | "initials" => {
            words(&value).iter().filter_map(|word| word.chars().next()).collect()
        }
        "capitalize" => each(&value, capital),
        "titlecase" | "title_case" => {
            let small = |word: &str| telling(&format!("{word} x")).len() < 2;
            let mut first = true;
            each(&value, |word| {
                let keep = small(word) && !std::mem::take(&mut first);
                first = false;
                if keep { word.to_lowercase() } else { capital(word) }
            })
        }
        "sentencecase" | "sentence_case" => capital(&value.to_lowercase()),
        "prefix" if value.is_empty() => value,
        "prefix" => format!("{}{value}", filter.args.first().map_or("", String::as_str)),
        "postfix" if value.is_empty() => value,
        "postfix" => format!("{value}{}", filter.args.first().map_or("", String::as_str)),
        "replace" => {
            let from = filter.args.first().map_or("", String::as_str);
            let to = filter.args.get(1).map_or("", String::as_str);
            if from.is_empty() { value } else { value.replace(from, to) }
        }
        "regex" => {
            let to = filter.args.get(1).map_or("", String::as_str);
            filter
                .regex
                .as_ref()
                .map_or(value.clone(), |it| it.replace_all(&value, to).into_owned())
        }
        "match" => match filter.regex.as_ref() {
            Some(regex) => regex.find(&value)?.as_str().to_owned(),
            None => value,
        },
        "len" => {
            // `len('>', 3)`: the alternative holds only for a value of such a length.
            let length = i64::try_from(value.chars().count()).ok()?;
            let (sign, wanted) = match (filter.args.first(), number(1)) {
                (Some(sign), Some(wanted)) => (sign.as_str(), wanted),
                _ => (">", 0),
            };
            let holds = match sign {
                "<" => length < wanted,
                "<=" => length <= wanted,
                ">=" => length >= wanted,
                "=" | "==" => length == wanted,
                "!=" => length != wanted,
                _ => length > wanted,
            };
            return holds.then_some(value);
        }
        "default" if value.is_empty() => filter.args.first().cloned().unwrap_or_default(),
        _ => value,
    })
}

fn each(text: &str, mut change: impl FnMut(&str) -> String) -> String {
    text.split(' ').map(&mut change).collect::<Vec<_>>().join(" ")
}
