//! The Atom feed of arXiv's API ("arXiv API User's Manual", 3.3), one entry a paper.

use super::record::Record;
use super::xml::Elements;
use super::{Item, Records, date, person};
use std::io::BufRead;

/// The papers of a feed.
pub(super) fn read<'a>(input: Box<dyn BufRead + 'a>) -> Records<'a> {
    Box::new(Elements::new(input, &["entry"]).filter_map(|element| {
        let entry = match element {
            Ok(entry) => entry,
            Err(unreadable) => return Some(Item::Unreadable(unreadable)),
        };
        // An error is told as an entry of its own.
        let id = entry.text_at("id");
        let number = id.split("/abs/").nth(1)?;
        let mut record = Record { line: entry.line, ..Record::new("online") };
        for author in entry.all("author") {
            if let Some(name) = person::read(&author.text_at("name")) {
                record.add_name("author", name);
            }
        }
        record.add("title", &entry.text_at("title"));
        let published = entry.text_at("published");
        record.add("date", &date::read(&published).unwrap_or(published));
        let bare = number.rsplit_once('v').filter(|(_, it)| it.bytes().all(|b| b.is_ascii_digit()));
        record.add("eprint", bare.map_or(number, |(bare, _)| bare));
        record.add("eprinttype", "arxiv");
        if let Some(term) = entry.find("primary_category").and_then(|it| it.attribute("term")) {
            record.add("eprintclass", term);
        }
        record.add("doi", &entry.text_at("doi"));
        record.add("note", &entry.text_at("journal_ref"));
        record.add("url", &format!("https://arxiv.org/abs/{number}"));
        record.add("abstract", &entry.text_at("summary"));
        record.add("entrysubtype", "preprint");
        Some(Item::Record(record))
    }))
}
