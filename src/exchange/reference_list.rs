//! Reference lists in plain text: best effort, and always said to be. Whatever is not understood
//! stays in `annotation`, and every record asks to be looked at.

use super::lines::Lines;
use super::record::{Record, Unknown};
use super::{Item, Records, Unreadable, date, identifier, person};
use crate::text::said::Said;
use std::io::BufRead;

/// The longest reference, in bytes: more is prose.
const MAX_REFERENCE: usize = 4096;

/// The references of a text: a paragraph each, or a line each where no blank line parts them.
pub(super) fn read<'a>(input: Box<dyn BufRead + 'a>) -> Records<'a> {
    let mut lines = Lines::new(input);
    let mut line = Vec::new();
    let mut kept: Option<(usize, String)> = None;
    let mut is_done = false;
    Box::new(std::iter::from_fn(move || {
        while !is_done {
            match lines.read(&mut line) {
                Ok(Some(_)) => {}
                Ok(None) => is_done = true,
                Err(error) => {
                    is_done = true;
                    return Some(Item::Unreadable(Unreadable::of_error(lines.number(), &error)));
                }
            }
            let text = String::from_utf8_lossy(&line).trim().to_owned();
            let text = if is_done { String::new() } else { text };
            match &mut kept {
                Some((_, before)) if !text.is_empty() && !begins(&text, before) => {
                    // A word parted at the end of the line is put together.
                    if before.ends_with('-') && text.starts_with(char::is_lowercase) {
                        before.pop();
                    } else {
                        before.push(' ');
                    }
                    before.push_str(&text);
                }
                _ => {
                    let next = (!text.is_empty()).then(|| (lines.number(), text));
                    if let Some((at, whole)) = std::mem::replace(&mut kept, next) {
                        return Some(item(&whole, at));
                    }
                }
            }
        }
        None
    }))
}

/// Whether a line begins a reference: a number, or a name and soon a year, after one that is whole.
fn begins(line: &str, before: &str) -> bool {
    if number(line).is_some() {
        return true;
    }
    let head: String = line.chars().take(160).collect();
    let is_whole = before.ends_with(['.', '>', ')']) || identifier_at_end(before);
    is_whole && line.starts_with(char::is_uppercase) && year(&head).is_some()
}

fn identifier_at_end(text: &str) -> bool {
    text.rsplit(' ').next().is_some_and(|last| last.starts_with("http") || last.starts_with("10."))
}

/// `[12]`, `12.`, `12)`, `•` at the beginning: where the text goes on.
fn number(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix(['•', '*', '–']) {
        return Some(rest.trim_start());
    }
    let bare = line.strip_prefix('[').unwrap_or(line);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let rest = bare[digits..].strip_prefix([']', '.', ')'])?;
    ((1..=4).contains(&digits) && rest.starts_with([' ', '\t'])).then(|| rest.trim_start())
}

/// Where a year in parentheses begins and ends, and the year; else a bare year between points.
fn year(text: &str) -> Option<(usize, usize, String)> {
    for (open, _) in text.match_indices('(') {
        let Some(length) = text[open..].find(')') else { continue };
        let inside = &text[open + 1..open + length];
        let bare = inside.trim_end_matches(|c: char| c.is_ascii_lowercase());
        if matches!(inside, "n.d." | "u.å." | "in press" | "i trykk") {
            return Some((open, open + length + 1, String::new()));
        }
        if let Some(date) = date::read(bare).or_else(|| date::read(inside)) {
            return Some((open, open + length + 1, date));
        }
    }
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (1..bytes.len().saturating_sub(3)).find_map(|at| {
        let four = (at..at + 4).all(is_digit) && !is_digit(at - 1) && !is_digit(at + 4);
        let fits = four && matches!(bytes.get(at + 4), None | Some(b'.' | b',' | b';' | b':'));
        let year = text.get(at..at + 4).filter(|it| fits && (&"1500"..=&"2100").contains(&it))?;
        Some((at, at + 4, year.to_owned()))
    })
}

fn item(text: &str, line: usize) -> Item {
    let said = Said::new("import.no-reference");
    let bare = number(text).unwrap_or(text);
    if bare.len() > MAX_REFERENCE || bare.len() < 12 {
        return Item::Unreadable(Unreadable { line, text: text.to_owned(), said });
    }
    match record(bare, line) {
        Some(record) => Item::Record(record),
        None => Item::Unreadable(Unreadable { line, text: text.to_owned(), said }),
    }
}

fn record(text: &str, line: usize) -> Option<Record> {
    let mut record = Record { line, ..Record::new("misc") };
    let mut rest = text.to_owned();
    links(&mut record, &mut rest);
    let (from, to, date) = year(&rest)?;
    let names = rest[..from].trim().trim_end_matches([',', '(']).trim_end().to_owned();
    let after = rest[to..].trim_start_matches(['.', ',', ':', ' ', ')']).to_owned();
    // Vancouver: names. title. journal. year;volume(number):pages
    let (names, title_and_more, tail) =
        if rest[..from].ends_with('(') || rest[from..].starts_with('(') {
            (names, after, String::new())
        } else {
            let mut parts = names.splitn(2, ". ");
            let head = parts.next().unwrap_or_default().to_owned();
            (head, parts.next().unwrap_or_default().to_owned(), after)
        };
    people(&mut record, &names);
    record.add("date", &date);
    let (title, more) = sentence(&title_and_more);
    record.add("title", title.trim_matches(['«', '»', '"', '“', '”']));
    container(&mut record, more.trim(), tail.trim());
    record.field("title")?;
    record.annotate("source", text);
    record.unknown.push(Unknown { line, said: Said::new("import.guessed") });
    Some(record)
}

/// Takes links and identifiers out of the text.
fn links(record: &mut Record, rest: &mut String) {
    let words: Vec<String> = rest.split(' ').map(str::to_owned).collect();
    let mut left = Vec::new();
    for word in words {
        let bare = word.trim_matches(['<', '>', '(', ')', ',', ';']);
        if let Some(doi) =
            identifier::doi(bare.trim_start_matches("doi:").trim_start_matches("DOI:"))
        {
            record.add("doi", doi);
        } else if bare.starts_with("http") {
            record.add("url", bare.trim_end_matches('.'));
        } else {
            left.push(word);
        }
    }
    *rest = left.join(" ");
    for label in ["doi:", "DOI:", "Hentet fra", "Henta frå", "Retrieved from", "Available from:"] {
        if let Some(at) = rest.find(label) {
            rest.replace_range(at..at + label.len(), "");
        }
    }
    *rest = crate::text::escape::clean(rest).into_owned();
}

/// `Gotaas, N., Berg, A. & Dahl, O.`, `Smith JA, Doe B`, `Helsedirektoratet`
fn people(record: &mut Record, text: &str) {
    let is_editors = ["(red", "(ed", "(hrsg"].iter().any(|it| text.to_lowercase().contains(it));
    let field = if is_editors { "editor" } else { "author" };
    let text = text.split(" (").next().unwrap_or_default();
    let text = text.replace(" & ", ", ").replace(" og ", ", ").replace(" and ", ", ");
    let parts: Vec<&str> = text
        .split(',')
        .map(|it| it.trim().trim_start_matches("… "))
        .filter(|it| !it.is_empty())
        .collect();
    let is_given = |part: &str| {
        part.split([' ', '-']).all(|word| {
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            word.ends_with('.') && letters <= 3 || letters == 1
        })
    };
    let mut at = 0;
    while at < parts.len() {
        match parts.get(at + 1).filter(|next| is_given(next)) {
            Some(given) => {
                record.add_name(field, person::person(parts[at], given, ""));
                at += 2;
            }
            // `Gotaas, Nora`: one person with a given name in full.
            None if parts.len() == 2 && at == 0 && !parts[1].contains(' ') => {
                record.add_name(field, person::person(parts[0], parts[1], ""));
                at += 2;
            }
            None => {
                // The point after a body ends the list of names.
                let word = parts[at].rsplit(' ').next().unwrap_or_default();
                let is_short = word.chars().count() < 4;
                let part = if is_short { parts[at] } else { parts[at].trim_end_matches('.') };
                record.add(field, part);
                at += 1;
            }
        }
    }
}

/// The text up to the point that ends its first sentence, and the rest.
fn sentence(text: &str) -> (&str, &str) {
    let ends = text.match_indices(['.', '?', '!']).find(|(at, mark)| {
        let after = &text[at + mark.len()..];
        let word = text[..*at].rsplit(' ').next().unwrap_or_default();
        let is_initial = word.chars().count() < 2;
        let next = after.trim_start();
        (after.is_empty() || after.starts_with(' '))
            && !is_initial
            && next.starts_with(|c: char| c.is_uppercase() || "«\"(".contains(c) || next.is_empty())
    });
    match ends {
        Some((at, ".")) => (&text[..at], &text[at + 1..]),
        Some((at, mark)) => (&text[..at + mark.len()], &text[at + mark.len()..]),
        None => (text.trim_end_matches('.'), ""),
    }
}

/// What stands after the title: a journal with its numbers, a book, or a publisher.
fn container(record: &mut Record, text: &str, tail: &str) {
    let text = text.trim_end_matches('.');
    for opening in ["I ", "In ", "In: ", "I: "] {
        if let Some(book) = text.strip_prefix(opening) {
            record.entry_type = "incollection".into();
            let book = match book.split_once("), ").filter(|(head, _)| head.contains('(')) {
                Some((editors, book)) => {
                    let editors = editors.split(" (").next().unwrap_or_default();
                    for one in editors.split([',', '&']).map(str::trim).filter(|it| it.len() > 3) {
                        record.add("editor", one);
                    }
                    book
                }
                None => book,
            };
            let (title, publisher) = sentence(book);
            let (title, pages) = title.split_once(" (").unwrap_or((title, ""));
            record.add("booktitle", title.trim_end_matches('.'));
            let pages: String =
                pages.chars().filter(|c| c.is_ascii_digit() || matches!(c, '-' | '–')).collect();
            record.add("pages", &pages);
            publishing(record, publisher);
            return;
        }
    }
    let numbers = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    if !tail.is_empty() {
        record.entry_type = "article".into();
        record.add("journaltitle", text.trim_end_matches(['.', ' ']));
        journal(record, tail);
    } else if let Some((name, rest)) = text.split_once(", ").filter(|(_, rest)| numbers(rest)) {
        record.entry_type = "article".into();
        record.add("journaltitle", name);
        journal(record, rest);
    } else {
        if !text.is_empty() {
            record.entry_type = "book".into();
        }
        publishing(record, text);
    }
}

/// `12(3), 45–67`, `12(3):45-67`, `12, 45–67`
fn journal(record: &mut Record, text: &str) {
    let text = text.trim().trim_start_matches(';').trim_end_matches('.');
    let end = text.find(['(', ',', ':']).unwrap_or(text.len());
    record.add("volume", text[..end].trim());
    let mut rest = &text[end..];
    if let Some((number, after)) = rest.strip_prefix('(').and_then(|it| it.split_once(')')) {
        record.add("number", number);
        rest = after;
    }
    let pages = rest.trim_matches([',', ':', ' ', '.']).trim_start_matches("s. ");
    record.add("pages", &super::date::full_pages(pages));
}

fn publishing(record: &mut Record, text: &str) {
    let text = text.trim().trim_end_matches('.');
    match text.split_once(": ") {
        Some((place, publisher)) => {
            record.add("location", place);
            record.add("publisher", publisher);
        }
        None => record.add("publisher", text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<Record> {
        read(Box::new(text.as_bytes()))
            .filter_map(|item| match item {
                Item::Record(record) => Some(record),
                Item::Unreadable(_) => None,
            })
            .collect()
    }

    #[test]
    fn references_in_apa() {
        let found = records(
            "Gotaas, N., Berg, A. & Dahl, O. (2010). Selvhjelp på norsk: En studie. Sosiologi i \
             dag, 12(3), 45–67. https://doi.org/10.1000/182\nHelsedirektoratet. (2014). Nasjonal \
             plan for selvhjelp. Oslo: Helsedirektoratet.\n\nLie, K. (2011). Et kapittel. I B. Moe \
             (Red.), En bok (s. 1–9). Universitetsforlaget.\n",
        );
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].entry_type, "article");
        assert_eq!(found[0].text("author").unwrap(), "Gotaas, N.; Berg, A.; Dahl, O.");
        assert_eq!(found[0].text("title").unwrap(), "Selvhjelp på norsk: En studie");
        assert_eq!(found[0].text("journaltitle").unwrap(), "Sosiologi i dag");
        assert_eq!(found[0].text("pages").unwrap(), "45–67");
        assert_eq!(found[0].text("doi").unwrap(), "10.1000/182");
        assert_eq!(found[1].text("location").unwrap(), "Oslo");
        assert!(found[1].names("author")[0].is_body);
        assert_eq!(found[2].text("booktitle").unwrap(), "En bok");
        assert!(found.iter().all(|it| it.unknown.iter().any(|it| it.said.id == "import.guessed")));
    }

    #[test]
    fn references_with_numbers_in_vancouver() {
        let found = records(
            "1. Smith JA, Doe B. Self-help groups in care. J Adv Nurs. 2001;35(6):909-17.\n2. Lee \
             C. Another\n   title. BMJ. 2003;1:2.",
        );
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].text("author").unwrap(), "Smith, J. A.; Doe, B.");
        assert_eq!(found[0].text("title").unwrap(), "Self-help groups in care");
        assert_eq!(found[0].text("journaltitle").unwrap(), "J Adv Nurs");
        assert_eq!(found[0].text("volume").unwrap(), "35");
        assert_eq!(found[1].text("title").unwrap(), "Another title");
    }
}
