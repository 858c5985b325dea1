//! Works in other programs' formats, each whole in itself: what an entry inherits stands in it, and
//! nothing points to an entry that may not be there.

use crate::exchange::{self, Options, Record};
use crate::overview::site::Format;
use crate::overview::work::Work;

/// The works in `format`, in this order.
pub(super) fn write(works: &[&Work], format: Format) -> Vec<u8> {
    let format = match format {
        Format::BibLatex => exchange::Format::Biblatex,
        Format::Ris => exchange::Format::Ris,
        Format::CslJson => exchange::Format::CslJson,
        Format::Csv => exchange::Format::Csv,
    };
    let mut records = works.iter().map(|work| {
        let mut record = Record::from_entry(&work.entry);
        for field in ["crossref", "xref"] {
            record.remove(field);
        }
        record
    });
    let mut out = Vec::new();
    // Writing to memory cannot fail, and all four formats can be written.
    let _losses = exchange::write(format, &mut records, &mut out, &Options::default());
    out
}
