//! Web of Science's tab-delimited files: the columns are the tags of its plain text.

use crate::exchange::{Item, wos};

/// Whether a table with these headers is one of Web of Science.
pub(super) fn is_one(headers: &csv::StringRecord) -> bool {
    let is_tag = |text: &str| {
        text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    headers.get(0).is_some_and(|it| it.trim_start_matches('\u{feff}') == "PT")
        && headers.len() > 4
        && headers.iter().skip(1).all(is_tag)
}

/// The record of one row, read as the plain text it could have been.
pub(super) fn item(
    headers: &csv::StringRecord,
    row: &csv::StringRecord,
    line: usize,
) -> Option<Item> {
    let mut text = String::new();
    for (tag, value) in headers.iter().zip(row).filter(|(_, value)| !value.trim().is_empty()) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_names = matches!(tag, "AU" | "AF" | "BA" | "BE" | "BF" | "CA" | "ED" | "GP");
        let value = if is_names { value.replace("; ", "\n   ") } else { value };
        text.push_str(tag.trim_start_matches('\u{feff}'));
        text.push(' ');
        text.push_str(&value);
        text.push('\n');
    }
    text.push_str("ER\n");
    let mut item = wos::read(Box::new(text.as_bytes())).next()?;
    match &mut item {
        Item::Record(record) => {
            record.line = line;
            record.unknown.iter_mut().for_each(|it| it.line = line);
        }
        Item::Unreadable(unreadable) => unreadable.line = line,
    }
    Some(item)
}
