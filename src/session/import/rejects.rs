//! Records that were looked at before and not wanted, remembered so that the next search in the
//! same database does not show them again.
//!
//! The file is text, a record a line: what it is known by, a tab, its title for people. The lines
//! are sorted, so that two people's files merge line by line; a line that begins with `#` is a
//! comment and is kept.

use crate::exchange::{Record, identifier};
use crate::text::fold;
use std::collections::BTreeMap;

/// Records that are not wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rejects {
    comments: Vec<String>,
    known: BTreeMap<String, String>,
}

impl Rejects {
    /// Reads the file's text.
    pub fn parse(text: &str) -> Self {
        let mut out = Self::default();
        for line in text.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
            match line.split_once('\t') {
                Some((by, title)) if !line.starts_with('#') => {
                    out.known.insert(by.to_owned(), title.to_owned());
                }
                _ => out.comments.push(line.to_owned()),
            }
        }
        out
    }

    /// The file's text: comments first, then the records in order.
    pub fn text(&self) -> String {
        let comments = self.comments.iter().map(|line| format!("{line}\n"));
        let known = self.known.iter().map(|(by, title)| format!("{by}\t{title}\n"));
        comments.chain(known).collect()
    }

    /// Whether the record is known by any of its identifiers, or by title and year.
    pub fn has(&self, record: &Record) -> bool {
        !self.known.is_empty() && names(record).iter().any(|by| self.known.contains_key(by))
    }

    /// Remembers a record.
    pub fn add(&mut self, record: &Record) {
        let title = record.whole_title("title").replace(['\t', '\n', '\r'], " ");
        for by in names(record) {
            self.known.insert(by, title.clone());
        }
    }
}

/// What a record is known by: `doi:…`, `pmid:…`, and title with year.
fn names(record: &Record) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(doi) = record.text("doi") {
        let doi = identifier::doi(&doi).unwrap_or(&doi).to_lowercase();
        out.push(format!("doi:{doi}"));
    }
    if let Some(pmid) = record.text("pmid") {
        out.push(format!("pmid:{pmid}"));
    }
    let title = fold::base(&record.whole_title("title"));
    let words: Vec<&str> =
        title.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let year = record.text("date").and_then(|text| crate::model::date::parse(&text)?.year());
    if words.len() > 2
        && let Some(year) = year
    {
        out.push(format!("title:{} {year}", words.join(" ")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_known_again_by_any_of_its_names() {
        let mut record = Record::new("article");
        record.add("title", "Selvhjelp: på norsk – igjen");
        record.add("date", "2010-03");
        let mut rejects = Rejects::parse("# ours\n");
        assert!(!rejects.has(&record));
        rejects.add(&record);
        let text = "# ours\ntitle:selvhjelp pa norsk igjen 2010\tSelvhjelp: på norsk – igjen\n";
        assert_eq!(rejects.text(), text);
        assert_eq!(Rejects::parse(text), rejects);
        record.add("doi", "10.1000/X");
        assert!(rejects.has(&record));
        record.set("title", crate::exchange::record::Value::Text("Another".into()));
        assert!(!rejects.has(&record));
    }
}
