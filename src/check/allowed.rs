//! Findings that the file itself allows.
//!
//! Either in the text before an entry (a comment to BibTeX, so LaTeX never sees it):
//! `% kilde: allow title-shouted, pages-dash`, or in a field that BibLaTeX ignores:
//! `allow = {title-shouted}`. `% kilde: allow-file RULE` holds for the whole file. `all` allows
//! everything.

use super::finding::Finding;
use crate::bibtex::{self, Kind};
use crate::model::Library;
use std::collections::HashMap;

/// Takes away what the files allow.
pub(super) fn suppress(library: &Library, findings: &mut Vec<Finding>) {
    let mut whole: Vec<Vec<String>> = Vec::new();
    let mut of_block: HashMap<(usize, usize), Vec<String>> = HashMap::new();
    for (source, it) in library.sources.iter().enumerate() {
        let mut file = Vec::new();
        // Most files allow nothing: one look at the bytes tells.
        if memchr::memmem::find(&it.bytes, b"kilde: allow").is_some() {
            for pair in it.file.blocks.windows(2) {
                if pair[0].kind != Kind::Text {
                    continue;
                }
                let rules = named(&bibtex::text(&it.bytes, &pair[0].span), "allow");
                if !rules.is_empty() {
                    of_block.insert((source, pair[1].span.start), rules);
                }
            }
            for block in it.file.blocks.iter().filter(|block| block.kind == Kind::Text) {
                file.extend(named(&bibtex::text(&it.bytes, &block.span), "allow-file"));
            }
        }
        whole.push(file);
    }
    for entry in &library.entries {
        if let Some(raw) = entry.raw("allow") {
            let rules = raw.split([',', ' ']).filter(|it| !it.is_empty()).map(str::to_owned);
            of_block.entry((entry.place.source, entry.place.span.start)).or_default().extend(rules);
        }
    }
    if of_block.is_empty() && whole.iter().all(Vec::is_empty) {
        return;
    }
    findings.retain(|finding| {
        let allows = |rules: &[String]| rules.iter().any(|it| it == finding.id || it == "all");
        let blocks = &library.sources[finding.source].file.blocks;
        let at = blocks.partition_point(|block| block.span.end <= finding.span.start);
        let start = blocks.get(at).map_or(0, |block| block.span.start);
        !allows(&whole[finding.source])
            && !of_block.get(&(finding.source, start)).is_some_and(|rules| allows(rules))
    });
}

/// The rules after `kilde: WORD` on any line of `text`.
fn named(text: &str, word: &str) -> Vec<String> {
    text.lines()
        .filter_map(|line| line.split_once("kilde: ")?.1.strip_prefix(word)?.strip_prefix(' '))
        .flat_map(|rest| rest.split([',', ' ']))
        .filter(|rule| !rule.is_empty())
        .map(str::to_owned)
        .collect()
}
