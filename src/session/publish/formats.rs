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

/// What [`write`] gives for all works, put together from what it gives for each alone; not for
/// tables, whose columns depend on all.
pub(super) fn join(exports: &mut dyn Iterator<Item = &[u8]>, format: Format) -> Vec<u8> {
    let (before, between, after): (&[u8], &[u8], &[u8]) = match format {
        Format::CslJson => (b"[\n", b",\n", b"\n]\n"),
        _ => (b"", b"", b""),
    };
    let mut out = before.to_vec();
    for (at, export) in exports.enumerate() {
        if at > 0 {
            out.extend(between);
        }
        let export = export.strip_prefix(before).unwrap_or(export);
        out.extend(export.strip_suffix(after).unwrap_or(export));
    }
    out.extend(after);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Library;

    #[test]
    fn the_whole_is_what_the_parts_are_together() {
        let text = b"@book{a, title={A}, author={Berg, Ada}} @misc{b} @article{c, title={[,]}}";
        let library = Library::new(vec![("a.bib".into(), text.as_slice().into())]);
        let works: Vec<Work> = library
            .entries
            .into_iter()
            .map(|entry| Work::new(entry.clone(), entry.key.clone(), None, Vec::new()))
            .collect();
        for format in [Format::BibLatex, Format::Ris, Format::CslJson] {
            let alone: Vec<Vec<u8>> = works.iter().map(|it| write(&[it], format)).collect();
            let whole = write(&works.iter().collect::<Vec<_>>(), format);
            assert_eq!(join(&mut alone.iter().map(Vec::as_slice), format), whole, "{format:?}");
        }
    }
}
