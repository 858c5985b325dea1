//! What a plan would do, as a unified diff.

use super::change::Plan;
use crate::model::{Library, Source};
use crate::text::edit::{Edit, apply};
use similar::{ChangeTag, TextDiff};
use std::fmt::Write as _;

/// Lines shown before and after each change.
const CONTEXT: usize = 3;

/// The unified diff of all files that `plan` changes; empty where it changes nothing.
pub fn diff(library: &Library, plan: &Plan) -> String {
    let mut out = String::new();
    for (source, edits) in &plan.files {
        out.push_str(&file(&library.sources[*source], edits));
    }
    out
}

/// The unified diff of one file.
pub fn file(source: &Source, edits: &[Edit]) -> String {
    let name = source.path.display();
    let mut out = String::new();
    let mut grown = 0_isize;
    for group in groups(source, edits) {
        let (from, to) = (start(source, group.first), start(source, group.last + 1));
        let old = &source.bytes[from..to];
        let inside: Vec<Edit> = group
            .edits
            .iter()
            .map(|it| Edit::new(it.span.start - from..it.span.end - from, it.insert.clone()))
            .collect();
        let Ok(new) = apply(old, &inside) else { continue };
        let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(&new));
        let lines = TextDiff::from_lines(old.as_ref(), new.as_ref());
        let (mut body, mut removed, mut added) = (String::new(), 0, 0);
        for change in lines.iter_all_changes() {
            let sign = match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            };
            removed += usize::from(sign != '+');
            added += usize::from(sign != '-');
            let _written = write!(body, "{sign}{}", change.value());
            if change.missing_newline() {
                body.push_str("\n\\ No newline at end of file\n");
            }
        }
        if out.is_empty() {
            let _written = write!(out, "--- {name}\n+++ {name}\n");
        }
        let first = group.first;
        let new_first = first.saturating_add_signed(grown);
        grown += added as isize - removed as isize;
        let range = |first: usize, n: usize| match n {
            0 => format!("{},0", first - 1),
            1 => format!("{first}"),
            _ => format!("{first},{n}"),
        };
        let _written =
            write!(out, "@@ -{} +{} @@\n{body}", range(first, removed), range(new_first, added));
    }
    out
}

/// Lines (from 1, both included) that are shown together, and the edits in them.
struct Group {
    first: usize,
    last: usize,
    edits: Vec<Edit>,
}

fn groups(source: &Source, edits: &[Edit]) -> Vec<Group> {
    let mut sorted = edits.to_vec();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let line = |at: usize| source.lines.line(at);
    let n_lines = line(source.bytes.len());
    let mut out: Vec<Group> = Vec::new();
    for edit in sorted {
        let first = line(edit.span.start).saturating_sub(CONTEXT).max(1);
        let last = (line(edit.span.end) + CONTEXT).min(n_lines);
        match out.last_mut() {
            Some(group) if first <= group.last + 1 => {
                group.last = group.last.max(last);
                group.edits.push(edit);
            }
            _ => out.push(Group { first, last, edits: vec![edit] }),
        }
    }
    out
}

/// Where a line begins; the end of the text for one past the last.
fn start(source: &Source, line: usize) -> usize {
    source.lines.start(line).unwrap_or(source.bytes.len())
}
