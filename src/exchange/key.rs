//! A citation key for a record that comes without one.

use super::Record;
use crate::text::fold;

/// Words that say nothing of a title, in the languages of the interface and some more.
const SMALL: &[&str] = &[
    "a", "an", "and", "as", "at", "av", "da", "das", "de", "dei", "den", "der", "det", "die", "do",
    "du", "eg", "ei", "ein", "eit", "en", "et", "for", "fra", "from", "hva", "hvordan", "how", "i",
    "in", "is", "jeg", "kva", "la", "le", "les", "med", "om", "on", "og", "of", "på", "som", "the",
    "til", "to", "und", "ved", "what", "with",
];

/// Family name, year, and the first word of the title that says something: `gotaas2010selvhjelp`.
/// Empty where the record has none of them.
pub fn plain(record: &Record) -> String {
    let names = [record.names("author"), record.names("editor")];
    let family = names.iter().find_map(|it| it.first()).map(|it| it.family.as_str());
    let family = family.unwrap_or_default().split(' ').next().unwrap_or_default();
    let year = record.text("date").and_then(|text| crate::model::date::parse(&text));
    let year = year.and_then(|date| date.year()).map_or(String::new(), |year| year.to_string());
    let title = record.text("title").unwrap_or_default();
    let word = title
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .find(|word| word.chars().count() > 1 && !SMALL.contains(&word.as_str()))
        .unwrap_or_default();
    letters(&format!("{family}{year}{word}"))
}

/// The letters and digits of a text, as ASCII.
fn letters(text: &str) -> String {
    fold::base(text).chars().filter(char::is_ascii_alphanumeric).take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_who_when_and_what() {
        let mut record = Record::new("book");
        assert_eq!(plain(&record), "");
        record.add("author", "Ødegård, Åse");
        record.add("title", "Det å hjelpe: en studie");
        record.add("date", "2010-03");
        assert_eq!(plain(&record), "odegard2010hjelpe");
    }
}
