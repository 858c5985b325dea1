//! Books as Open Library's books API gives them (`jscmd=data`): an object with a book for each
//! number that was asked for.

use super::json::Objects;
use super::record::Record;
use super::{Item, Records, Unreadable, person};
use crate::text::said::Said;
use serde_json::Value;
use std::io::BufRead;

/// The books of an answer.
pub(super) fn read<'a>(input: Box<dyn BufRead + 'a>) -> Records<'a> {
    Box::new(Objects::new(input).flat_map(|object| match object {
        Err(unreadable) => vec![Item::Unreadable(unreadable)],
        Ok((line, value)) => match value.as_object() {
            Some(books) => books.values().map(|book| item(book, line)).collect(),
            None => Vec::new(),
        },
    }))
}

fn item(book: &Value, line: usize) -> Item {
    let text = |path: &str| book.pointer(path).and_then(Value::as_str).unwrap_or_default();
    let all = |path: &str| book.pointer(path).and_then(Value::as_array).into_iter().flatten();
    if text("/title").is_empty() {
        let said = Said::new("import.json.no-item");
        return Item::Unreadable(Unreadable { line, text: book.to_string(), said });
    }
    let mut record = Record { line, ..Record::new("book") };
    record.add("title", text("/title"));
    record.add("subtitle", text("/subtitle"));
    for one in all("/authors").filter_map(|it| it["name"].as_str()) {
        if let Some(name) = person::read(one) {
            record.add_name("author", name);
        }
    }
    for one in all("/publishers").filter_map(|it| it["name"].as_str()) {
        record.add("publisher", one);
    }
    for one in all("/publish_places").filter_map(|it| it["name"].as_str()) {
        record.add("location", one);
    }
    record.add("date", text("/publish_date"));
    if let Some(pages) = book["number_of_pages"].as_u64() {
        record.add("pagetotal", &pages.to_string());
    }
    for path in ["/identifiers/isbn_13/0", "/identifiers/isbn_10/0"] {
        if record.field("isbn").is_none() {
            record.add("isbn", text(path));
        }
    }
    for one in all("/subjects").filter_map(|it| it["name"].as_str()).take(12) {
        record.add_part("keywords", one.to_owned());
    }
    record.add("url", text("/url"));
    Item::Record(record)
}
