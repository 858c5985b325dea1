//! Web of Science's field-tagged plain text (`savedrecs.txt`).

use super::record::{Record, Unknown, Value};
use super::tagged::{Block, Blocks, Style};
use super::{Item, Records, date, person, table};
use crate::text::said::Said;
use std::io::BufRead;

/// The records of a text of Web of Science.
pub(super) fn read<'a>(input: Box<dyn BufRead + 'a>) -> Records<'a> {
    super::blocks(Blocks::new(input, Style::WebOfScience), |block| Item::Record(record(block)))
}

fn record(block: &Block) -> Record {
    let table = table::wos();
    let mut record = Record { line: block.line, ..Record::new("article") };
    let kinds = [block.first("PT"), block.first("DT")];
    for kind in kinds.into_iter().flatten() {
        table.entry_type(kind.trim(), &mut record);
    }
    let has = |tag: &str| block.first(tag).is_some();
    let (full_names, full_book_names) = (has("AF"), has("BF"));
    let (mut year, mut day, mut first, mut last) = ("", "", "", "");
    for (tag, value, line) in block.parts() {
        let joined = value.replace('\n', " ");
        match tag {
            "PT" | "DT" => {}
            "AF" | "AU" if tag == "AF" || !full_names => names(&mut record, "author", value),
            "BF" | "BA" if tag == "BF" || !full_book_names => {
                names(&mut record, "bookauthor", value);
            }
            "BE" | "ED" => names(&mut record, "editor", value),
            "CA" | "GP" => {
                for one in value.split('\n') {
                    record.add_name("author", person::body(one));
                }
            }
            "PY" => year = value,
            "PD" => day = value,
            "BP" => first = value,
            "EP" => last = value,
            "LA" => super::language::add(&mut record, &joined),
            "DE" | "ID" => record.add("keywords", &joined),
            // Known, and nothing that a reference has: counts, addresses, cited works.
            "AF" | "AU" | "BF" | "BA" | "CR" | "NR" | "TC" | "Z9" | "U1" | "U2" | "PG" | "WC"
            | "SC" | "GA" | "RP" | "EM" | "RI" | "OI" | "FU" | "FX" | "DA" | "PA" | "C3" | "WE"
            | "HC" | "HP" | "OA" | "J9" | "HO" | "SP" | "SI" | "SU" | "MA" | "EA" | "EY" | "ZB"
            | "ZR" | "ZS" | "ZA" | "CN" => {}
            _ => match table.field(tag, &record.entry_type.clone()) {
                Some(field) => record.add(field, &joined),
                None => {
                    record.annotate(tag, &joined);
                    let said = Said::new("import.unknown-tag").with("tag", tag);
                    record.unknown.push(Unknown { line, said });
                }
            },
        }
    }
    let date = date::read(&format!("{day} {year}")).or_else(|| date::read(year));
    if let Some(date) = date {
        record.set("date", Value::Text(date));
    }
    if !first.is_empty() {
        let pages = if last.is_empty() { first.to_owned() } else { format!("{first}–{last}") };
        record.add("pages", &pages);
    }
    quieten(&mut record);
    super::note_cut(&mut record, block);
    record
}

fn names(record: &mut Record, field: &'static str, value: &str) {
    for one in value.split('\n') {
        record.add(field, one);
    }
}

/// Names of journals and publishers come in capitals.
pub(super) fn quieten(record: &mut Record) {
    const SMALL: &[&str] = &[
        "a", "and", "at", "by", "de", "for", "from", "i", "in", "of", "og", "on", "the", "to",
        "und", "with",
    ];
    const LARGE: &[&str] =
        &["ACM", "BMC", "BMJ", "EU", "IEEE", "II", "III", "JAMA", "UK", "USA", "WHO"];
    for name in ["journaltitle", "booktitle", "publisher", "location", "series"] {
        let Some(text) = record.text(name).map(std::borrow::Cow::into_owned) else { continue };
        let is_place = matches!(name, "publisher" | "location");
        // `2012 CONFERENCE ON e-HEALTH` is in capitals all the same.
        let low = text.chars().filter(|c| c.is_lowercase()).count();
        if low * 10 < text.chars().count() && (text.contains(' ') || is_place) {
            let words: Vec<String> = text
                .split(' ')
                .enumerate()
                .map(|(at, word)| {
                    let lower = word.to_lowercase();
                    if LARGE.contains(&word) || word.starts_with("e-") {
                        return word.to_owned();
                    }
                    if at > 0 && SMALL.contains(&lower.as_str()) {
                        return lower;
                    }
                    let mut chars = lower.chars();
                    chars
                        .next()
                        .map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
                })
                .collect();
            let text = words.join(" ");
            let value = if is_place { Value::List(vec![text]) } else { Value::Text(text) };
            record.set(name, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_record_is_read_whole() {
        let text = "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Munn-Giddings, C\n   \
             Borkman, T\nAF Munn-Giddings, Carol\n   Borkman, Thomasina\nTI Self-help/mutual aid\n   \
             as a field\nSO JOURNAL OF NURSING\nDE self-help; mutual aid\nPD MAR\nPY 2017\nVL 3\n\
             BP 12\nEP 19\nDI 10.1000/1\nUT WOS:000\nER\n\nEF\n";
        let records: Vec<Item> = read(Box::new(text.as_bytes())).collect();
        let [Item::Record(record)] = records.as_slice() else { panic!("{records:?}") };
        assert_eq!(record.text("author").unwrap(), "Munn-Giddings, Carol; Borkman, Thomasina");
        assert_eq!(record.text("title").unwrap(), "Self-help/mutual aid as a field");
        assert_eq!(record.text("journaltitle").unwrap(), "Journal of Nursing");
        assert_eq!(record.text("date").unwrap(), "2017-03");
        assert_eq!(record.text("pages").unwrap(), "12–19");
        assert!(record.unknown.is_empty());
    }
}
