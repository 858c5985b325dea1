//! A word without braces is a `@string`; this one is defined nowhere before it is used.

use super::{Look, Rule, rule};
use crate::bibtex::value::{Piece, pieces};
use crate::bibtex::{self, Kind};
use crate::check::{LibraryView, Report, Severity};
use std::collections::HashSet;

rule!(
    "macro-undefined",
    Some(Severity::Error),
    None,
    Look::Library(look),
    "@article{lie2021, journaltitle = nat}",
    None
);

const MONTHS: &[&str] =
    &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn look(view: &LibraryView<'_>, report: &mut Report) {
    let mut defined: HashSet<String> = MONTHS.iter().map(|it| (*it).to_owned()).collect();
    for (source, it) in view.library.sources.iter().enumerate() {
        for block in &it.file.blocks {
            match &block.kind {
                Kind::Strings(fields) => {
                    defined.extend(
                        fields
                            .iter()
                            .map(|field| bibtex::text(&it.bytes, &field.name).to_lowercase()),
                    );
                }
                Kind::Entry(entry) => {
                    for field in &entry.fields {
                        if matches!(it.bytes.get(field.value.start), Some(b'{' | b'"'))
                            && !it.bytes[field.value.clone()].contains(&b'#')
                        {
                            continue;
                        }
                        for piece in pieces(&it.bytes, &field.value) {
                            let Piece::Bare(span) = piece else { continue };
                            let word = bibtex::text(&it.bytes, &span);
                            let number = word.bytes().all(|byte| byte.is_ascii_digit());
                            if !number && !defined.contains(&word.to_lowercase()) {
                                report.source(source, span.clone(), &[("name", &word)]);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
    }
}
