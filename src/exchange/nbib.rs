//! MEDLINE's tagged format (`.nbib`), as PubMed gives it.

use super::record::{Record, Unknown, Value};
use super::tagged::{Block, Blocks, Style};
use super::{Item, Records, Unreadable, date, identifier, person, table};
use crate::text::said::Said;
use std::io::BufRead;

/// The records of a MEDLINE text.
pub(super) fn read<'a>(input: Box<dyn BufRead + 'a>) -> Records<'a> {
    super::blocks(Blocks::new(input, Style::Medline), |block| {
        let has_title = ["TI", "BTI", "TT"].iter().any(|tag| block.first(tag).is_some());
        if has_title || block.is_begun {
            Item::Record(record(block))
        } else {
            Item::Unreadable(Unreadable::of_block(block, Style::Medline, "import.no-title"))
        }
    })
}

fn record(block: &Block) -> Record {
    let table = table::nbib();
    let mut record = Record { line: block.line, ..Record::new("article") };
    for kind in block.parts().filter(|(tag, _, _)| *tag == "PT").map(|(_, value, _)| value) {
        if table.entry_type(kind, &mut record) {
            break;
        }
    }
    let full_names = block.first("FAU").is_some();
    let full_editors = block.first("FED").is_some();
    for (tag, value, line) in block.parts() {
        let value = value.replace('\n', " ");
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        match tag {
            "FAU" => record.add("author", value),
            "AU" if !full_names => record.add_name("author", person::medline(value)),
            "FED" => record.add("editor", value),
            "ED" if !full_editors => record.add_name("editor", person::medline(value)),
            "CN" => record.add_name("author", person::body(value)),
            "LID" | "AID" => located(&mut record, value),
            "LA" => super::language::add(&mut record, value),
            "PG" => record.add("pages", &date::full_pages(value)),
            "MH" | "OT" => record.add("keywords", value.trim_matches('*')),
            "IS" => super::ris::numbers(&mut record, value),
            "TI" | "BTI" | "TT" => {
                let title = value.trim_end_matches('.');
                // MEDLINE puts a translated title in brackets.
                let title = title.strip_prefix('[').map_or(title, |it| it.trim_end_matches(']'));
                if let Some(field) = table.field(tag, &record.entry_type.clone()) {
                    record.add(field, title);
                }
            }
            // Known, and nothing that a reference has: dates and states of MEDLINE's own.
            "AU" | "ED" | "PT" | "OWN" | "STAT" | "DCOM" | "LR" | "DA" | "DEP" | "EDAT"
            | "MHDA" | "CRDT" | "PHST" | "PST" | "SO" | "JID" | "SB" | "RN" | "NM" | "IR"
            | "FIR" | "AUID" | "OTO" | "GR" | "COIS" | "CIN" | "CON" | "CI" | "RF" | "PUBM"
            | "OID" | "SI" | "EA" | "IRAD" | "LAD" | "RIN" | "EIN" | "EFR" | "CRI" | "CRF"
            | "UOF" | "UIN" | "SPIN" => {}
            _ => match table.field(tag, &record.entry_type.clone()) {
                Some(field) => record.add(field, value),
                None => {
                    record.annotate(tag, value);
                    let said = Said::new("import.unknown-tag").with("tag", tag);
                    record.unknown.push(Unknown { line, said });
                }
            },
        }
    }
    // A translated title is kept beside the title in the work's own language.
    if record.field("title").is_none()
        && let Some(title) = record.remove("titleaddon")
    {
        record.set("title", title);
    }
    super::note_cut(&mut record, block);
    record
}

/// `10.1000/182 [doi]`, `S0140 [pii]`, `e123 [eid]`
fn located(record: &mut Record, value: &str) {
    let (id, kind) = value.rsplit_once('[').unwrap_or((value, ""));
    let id = id.trim();
    match kind.trim_end_matches(']') {
        "doi" => {
            let doi = identifier::doi(id).unwrap_or(id);
            if record.text("doi").is_none_or(|known| !known.eq_ignore_ascii_case(doi)) {
                record.add("doi", doi);
            }
        }
        "pii" if record.field("pii").is_none() => {
            record.set("pii", Value::Text(id.to_owned()));
        }
        "pii" => {}
        _ => record.add("eid", id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_of_pubmed_is_read_whole() {
        let text = "\nPMID- 12345\nDP  - 2010 Mar-Apr\nTI  - Self-help groups in\n      a Nordic context.\n\
             PG  - 1234-9\nLID - 10.1177/0898 [doi]\nFAU - de la Cruz, Ana M\nAU  - de la Cruz AM\n\
             CN  - The Group\nLA  - nor\nPT  - Comparative Study\nPT  - Journal Article\n\
             TA  - J X\nJT  - Journal of X\nMH  - *Depression, Postpartum\n";
        let Some(Item::Record(record)) = read(Box::new(text.as_bytes())).next() else { panic!() };
        assert_eq!(record.entry_type, "article");
        assert_eq!(record.text("title").unwrap(), "Self-help groups in a Nordic context");
        assert_eq!(record.text("date").unwrap(), "2010-03/2010-04");
        assert_eq!(record.text("pages").unwrap(), "1234–1239");
        assert_eq!(record.text("author").unwrap(), "de la Cruz, Ana M; The Group");
        assert_eq!(record.text("langid").unwrap(), "norsk");
        assert_eq!(record.text("keywords").unwrap(), "Depression, Postpartum");
        assert!(record.unknown.is_empty(), "{:?}", record.unknown);
    }
}
